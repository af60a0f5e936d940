import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SIGN_IN_TAKES_AT_MOST_MS } from '../../sessions/sign-in.ts';

/** The two cookies of a browser. Scripts never see them; with https they carry the prefix that ties them to this host. */
export class SessionCookies {
  readonly #isSecure: boolean;

  constructor(publicUrl: URL | null) {
    this.#isSecure = publicUrl?.protocol === 'https:';
  }

  /** The session's name; null where the browser sent none. */
  session({ cookies }: FastifyRequest): string | null {
    return cookies[this.#name('floorwatch_session')] ?? null;
  }

  setSession(reply: FastifyReply, id: string): void {
    void reply.setCookie(this.#name('floorwatch_session'), id, this.#options);
  }

  clearSession(reply: FastifyReply): void {
    void reply.clearCookie(this.#name('floorwatch_session'), this.#options);
  }

  /** What ties a sign-in to the browser it was begun in; null where the browser sent none. */
  browser({ cookies }: FastifyRequest): string | null {
    return cookies[this.#name('floorwatch_sign_in')] ?? null;
  }

  setBrowser(reply: FastifyReply, browser: string): void {
    const maxAge = SIGN_IN_TAKES_AT_MOST_MS / 1000;
    void reply.setCookie(this.#name('floorwatch_sign_in'), browser, { ...this.#options, maxAge });
  }

  /** `Lax`, because the way back from the platform's page is another site's link. */
  get #options(): CookieSerializeOptions {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.#isSecure };
  }

  #name(name: string): string {
    return this.#isSecure ? `__Host-${name}` : name;
  }
}
