import { CSRF_HEADER } from '@floorwatch/contracts';

let token: string | null = null;

/** Keeps what proves that a write comes from this page; null where nobody is signed in. */
export const rememberCsrfToken = (next: string | null): void => {
  token = next;
};

/** To be sent with every write. */
export const csrfHeaders = (): Readonly<Record<string, string>> => (token === null ? {} : { [CSRF_HEADER]: token });
