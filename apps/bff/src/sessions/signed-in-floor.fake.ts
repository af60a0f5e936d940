import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CSRF_HEADER, errorBody, getSession, PROTOCOL_VERSION, type SessionInfo } from '@floorwatch/contracts';
import { FakeAuditLog, FakeClock } from '@floorwatch/domain/testing';
import { Secret } from '@floorwatch/genesys';
import { startSimulator, type RunningSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { openStore, type Store } from '@floorwatch/store';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { compose, type Floorwatch } from '../compose.ts';
import { systemClock } from '../system-clock.ts';
import { openTokens } from './kept-tokens.ts';
import { hashOf, TokenSeal } from './token-seal.ts';

const NEVER_MS = 3_600_000;

export type PersonaName = 'supervisor' | 'team-lead' | 'viewer' | 'agent' | 'admin';

/** How long that may take, ms. */
export const SET_UP_MS = 90_000;

const KEY = 'a key of a test, with 32 characters';

/** Shorter than in earnest: each minute of them is a dozen rounds of care. */
export const IDLE_MS = 10 * 60_000;
export const LONGEST_MS = 30 * 60_000;

export interface SignedInFloorOptions {
  readonly publicUrl?: URL;
  /** How long tokens of the platform last, seconds. */
  readonly tokenLifetimeSeconds?: number;
}

let opened: Promise<{ readonly store: Store; readonly dataDir: string }> | null = null;

/** One store for all floors of a file: opening it takes longer than a test, and seconds on a busy machine. */
export const openTheStore = async (): Promise<Store> => {
  opened ??= (async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'floorwatch-sign-in-'));
    const log = pino({ level: 'silent' });
    return { dataDir, store: await openStore({ databaseUrl: null, dataDir, clock: systemClock, log }) };
  })();
  return (await opened).store;
};

/** To be called when the tests of a file are over. */
export const closeTheStore = async (): Promise<void> => {
  if (opened === null) return;
  const { store, dataDir } = await opened;
  opened = null;
  await store.close();
  await rm(dataDir, { recursive: true });
};

/** A simulated organisation and a Floorwatch that people sign in to, on a clock that the test moves. */
export class SignedInFloor {
  readonly clock: FakeClock;
  readonly audit = new FakeAuditLog();
  /** All that was logged, to look for what must not be there. */
  readonly logged: string[] = [];
  readonly simulator: RunningSimulator;
  readonly control: SimulatorControl;
  readonly #store: Store;
  readonly #options: SignedInFloorOptions;
  #floorwatch: Floorwatch | null = null;
  #url = '';

  private constructor(
    parts: { readonly simulator: RunningSimulator; readonly store: Store; readonly clock: FakeClock },
    options: SignedInFloorOptions,
  ) {
    this.simulator = parts.simulator;
    this.clock = parts.clock;
    this.control = new SimulatorControl(parts.simulator.url);
    this.#store = parts.store;
    this.#options = options;
  }

  static async open(options: SignedInFloorOptions = {}): Promise<SignedInFloor> {
    const clock = new FakeClock(systemClock.now());
    const { tokenLifetimeSeconds = 86_400 } = options;
    const simulator = await startSimulator({ agents: 40, speed: 0, realClock: clock, tokenLifetimeSeconds });
    const floor = new SignedInFloor({ simulator, store: await openTheStore(), clock }, options);
    await floor.start();
    return floor;
  }

  get url(): string {
    return this.#url;
  }

  /** Starts Floorwatch, at first or again. Nothing feeds its board: who may ask is what is looked at here. */
  async start(): Promise<void> {
    const { simulator, clock, audit } = this;
    const write = (line: string): void => void this.logged.push(line);
    this.#floorwatch = await compose({
      log: pino({ level: 'debug' }, { write }),
      release: 'test',
      clock,
      sweepMs: NEVER_MS,
      registryRefreshMs: NEVER_MS,
      audit,
      organisation: { name: 'Test', isDemo: true },
      platform: {
        hosts: { loginUrl: simulator.url, apiUrl: simulator.url },
        clientId: simulator.clientId,
        clientSecret: new Secret(simulator.clientSecret),
      },
      signIn: {
        client: { clientId: simulator.signInClient.id, clientSecret: new Secret(simulator.signInClient.secret) },
        store: this.#store.sessions,
        key: KEY,
        publicUrl: this.#options.publicUrl ?? null,
        trustedProxies: [],
        idleMs: IDLE_MS,
        longestMs: LONGEST_MS,
      },
    });
    this.#url = await this.#floorwatch.app.listen({ host: '127.0.0.1', port: 0 });
  }

  async stop(): Promise<void> {
    await this.#floorwatch?.app.close();
    this.#floorwatch = null;
  }

  /** What the store has of sessions, as somebody who steals the database would see it. */
  get sessionStore(): Store['sessions'] {
    return this.#store.sessions;
  }

  /** Logs a person out everywhere, as an administrator of the platform would (API §2.6). */
  async revokeAtThePlatform(userId: string): Promise<void> {
    const { url, clientId, clientSecret } = this.simulator;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    const granted = await fetch(`${url}/oauth/token`, { method: 'POST', body });
    const { access_token: token } = z.object({ access_token: z.string() }).parse(await granted.json());
    const headers = { authorization: `Bearer ${token}` };
    const { status } = await fetch(`${url}/api/v2/tokens/${userId}`, { method: 'DELETE', headers });
    if (status !== 204) throw new Error(`the platform answered ${status}`);
  }

  /** Everything secret about a browser's session that is anywhere now, and the secrets of Floorwatch itself. */
  async secretsOf(browser: Browser): Promise<string[]> {
    const idHash = hashOf(browser.cookies.get('floorwatch_session') ?? '');
    const stored = await this.#store.sessions.find(idHash);
    const tokens = stored === null ? null : openTokens(new TokenSeal(KEY), stored.tokens, idHash);
    if (stored === null || tokens === null) throw new Error('this browser has no session');
    const ofTokens = [tokens.access.reveal(), tokens.refresh?.reveal() ?? '', stored.tokens];
    return [...ofTokens, idHash, KEY, this.simulator.clientSecret, this.simulator.signInClient.secret];
  }

  get app(): FastifyInstance {
    if (this.#floorwatch === null) throw new Error('Floorwatch is not running');
    return this.#floorwatch.app;
  }

  browser(): Browser {
    return new Browser(this);
  }

  async signedIn(persona: PersonaName): Promise<Browser> {
    const browser = this.browser();
    await browser.signIn(persona);
    return browser;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.simulator.close();
    const { MAX_SAFE_INTEGER: never } = Number;
    await this.#store.sessions.removeEnded({ now: never, seenBefore: never });
  }
}

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
