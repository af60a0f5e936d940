import { once } from 'node:events';
import { CSRF_HEADER, errorBody, getSession, PROTOCOL_VERSION, type SessionInfo } from '@floorwatch/contracts';
import { WebSocket } from 'ws';

export type PersonaName = 'supervisor' | 'team-lead' | 'viewer' | 'agent' | 'admin';

export interface Answer {
  readonly status: number;
  readonly location: string;
  readonly cookies: readonly string[];
  readonly headers: Headers;
  readonly text: string;
}

/** As much of a browser as signing in takes: it keeps cookies and follows where it is told to. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Everything Floorwatch ever sent it, headers too. */
  readonly seen: string[] = [];
  readonly #floor: { readonly url: string };

  constructor(floor: { readonly url: string }) {
    this.#floor = floor;
  }

  async send(
    method: string,
    path: string,
    { headers = {}, body }: { headers?: Readonly<Record<string, string>>; body?: string } = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.#floor.url), {
      method,
      redirect: 'manual',
      headers: { ...(cookie !== '' && { cookie }), ...headers },
      ...(body !== undefined && { body }),
    });
    const cookies = response.headers.getSetCookie();
    for (const line of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const text = await response.text();
    this.seen.push(JSON.stringify([...response.headers]), text);
    const location = response.headers.get('location') ?? '';
    return { status: response.status, location, cookies, headers: response.headers, text };
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  /** A write as our page makes it. */
  async write(path: string, body?: object): Promise<Answer> {
    const { csrfToken } = await this.session();
    const headers = { origin: this.#floor.url, [CSRF_HEADER]: csrfToken ?? '' };
    if (body === undefined) return this.send('POST', path, { headers });
    const json = { ...headers, 'content-type': 'application/json' };
    return this.send('POST', path, { headers: json, body: JSON.stringify(body) });
  }

  async session(): Promise<SessionInfo> {
    const { status, text } = await this.get(getSession.path);
    if (status !== 200) throw new Error(`no session: ${status} ${text}`);
    return getSession.reply.parse(JSON.parse(text));
  }

  /** Goes to the platform's page. @returns the address of that page */
  async begin(returnTo = '/'): Promise<URL> {
    const { location } = await this.get(`/api/session/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
    return new URL(location, this.#floor.url);
  }

  /** Says who it is on the platform's page. @returns the callback it is sent to */
  async consent(page: URL, persona: PersonaName | ''): Promise<URL> {
    const body = new URLSearchParams(page.searchParams);
    body.set('persona', persona);
    const answer = await fetch(new URL('/oauth/authorize', page), { method: 'POST', body, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '');
  }

  /** The whole way. @returns what the callback answers */
  async signIn(persona: PersonaName | '', returnTo = '/'): Promise<Answer> {
    const callback = await this.consent(await this.begin(returnTo), persona);
    return this.get(callback.pathname + callback.search);
  }

  /** Opens the live socket. @returns its first frame's type, or the code it was closed with, and how it ends */
  async openSocket(
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ socket: WebSocket; closed: Promise<number> }> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const address = `${this.#floor.url.replace('http', 'ws')}/api/live?protocol=${String(PROTOCOL_VERSION)}`;
    const socket = new WebSocket(address, { headers: { cookie, ...headers } });
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await once(socket, 'open');
    return { socket, closed };
  }
}

/** The code of an error answer. */
export const codeOf = ({ text }: Answer): string => errorBody.parse(JSON.parse(text)).code;
