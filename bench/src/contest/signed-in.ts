import { setTimeout as sleep } from 'node:timers/promises';
import { CSRF_HEADER, getSession } from '@floorwatch/contracts';

export interface Reply {
  readonly status: number;
  readonly text: string;
}

interface Init {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Somebody of the demo organisation who is signed in, with as much of a browser as that takes. */
export class SignedIn {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();
  #csrfToken = '';

  private constructor(url: string) {
    this.#url = url;
  }

  /** Goes the whole way over the platform's page. @param persona `supervisor`, `admin`, … */
  static async as(persona: string, url: string): Promise<SignedIn> {
    const person = new SignedIn(url);
    const begun = await person.#fetch('GET', '/api/session/sign-in');
    const page = new URL(begun.headers.get('location') ?? '', url);
    const body = new URLSearchParams(page.searchParams);
    body.set('persona', persona);
    const consent = await fetch(new URL('/oauth/authorize', page), { method: 'POST', body, redirect: 'manual' });
    const callback = new URL(consent.headers.get('location') ?? '');
    await person.#fetch('GET', callback.pathname + callback.search);
    const session = await person.send('GET', getSession.path);
    if (session.status !== 200) throw new Error(`the ${persona} could not sign in: ${session.text}`);
    person.#csrfToken = getSession.reply.parse(JSON.parse(session.text)).csrfToken ?? '';
    return person;
  }

  /** One request as our page makes it; where there were too many within a minute it is made again a moment later. */
  async send(
    method: string,
    path: string,
    { headers = {}, body }: { headers?: Readonly<Record<string, string>>; body?: object } = {},
  ): Promise<Reply> {
    for (;;) {
      const response = await this.#fetch(method, path, {
        headers: {
          origin: this.#url,
          [CSRF_HEADER]: this.#csrfToken,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.status !== 429) return { status: response.status, text };
      await sleep(1000 * Number(response.headers.get('retry-after') ?? 1));
    }
  }

  async #fetch(method: string, path: string, init: Init = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie !== '' && { cookie }), ...init.headers };
    const response = await fetch(new URL(path, this.#url), { ...init, method, redirect: 'manual', headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }
}
