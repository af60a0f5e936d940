import { z } from 'zod';

/** How the API says no (API §3.1). */
export const errorBody = z.object({
  message: z.string().nullish(),
  code: z.string().nullish(),
  /** Values of the message; of a missing permission its name. */
  messageParams: z.record(z.string(), z.unknown()).nullish(),
  contextId: z.string().nullish(),
});

/** How the login host says no: RFC 6749, not an `ErrorBody` (API §2.2). */
export const oauthError = z.object({
  error: z.string().nullish(),
  error_description: z.string().nullish(),
});

/** A granted token; `expires_in` is seconds (API §2.2). A person's comes with the means to get the next one (API §2.3). */
export const tokenGrant = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).nullish(),
});
