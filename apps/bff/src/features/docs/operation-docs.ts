import type { z } from 'zod';

/** The parts of the page, in its order. */
export const TAGS = {
  Feed: 'Everything that was recorded, for other systems, with an API key.',
  Webhooks: 'Other systems that are told of every change.',
  Agents: 'The wall: who is doing what now.',
  'Presence changes': 'Setting other people’s presence: one, many, held, when the contact is over.',
  History: 'What happened, and how the time adds up.',
  Automation: 'What is done by itself, and what the schedule suggests.',
  Exports: 'Every view as a file. Each stands in the audit.',
  Access: 'Sign-in, the session, API keys.',
  Audit: 'Who did what.',
  Operations: 'Whether Floorwatch itself is well.',
} as const;

export type Tag = keyof typeof TAGS;

/** What is said of an operation beside what its contract says. The contract says the shapes. */
export interface OperationDocs {
  readonly tag: Tag;
  /** What it does, in a few words. */
  readonly summary: string;
  /** What else its caller must know. Plain sentences, with code between backticks. */
  readonly description?: string;
  /** Values of the path and the query for the example; what is not in here is left out of it. */
  readonly parameters?: Readonly<Record<string, string | number>>;
  /** Headers that a caller must send, of those in `HEADER_WORDS`. */
  readonly headers?: readonly string[];
  /** The body of the example. */
  readonly body?: unknown;
  readonly reply: ReplyDocs;
  /** The same in other forms, by content type. */
  readonly alsoAs?: Readonly<Record<string, string>>;
}

export type ReplyDocs =
  /** `schema` only where the route declares none, because it renders its bytes itself. `status` is 200 where left out. */
  | { readonly json: unknown; readonly status?: 200 | 201 | 202; readonly schema?: z.ZodType }
  /** Text of some type. */
  | { readonly text: string; readonly contentType: string }
  /** No body: a redirect, or a socket. */
  | { readonly status: 101 | 204 | 302; readonly words: string };

/** By method and path as the route has it: `GET /api/agents/:id`. */
export type OperationTable = Readonly<Record<string, OperationDocs>>;
