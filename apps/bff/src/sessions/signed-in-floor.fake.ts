import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeAuditLog, FakeClock } from '@floorwatch/domain/testing';
import { Secret } from '@floorwatch/genesys';
import { startSimulator, type RunningSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { openStore, type Store } from '@floorwatch/store';
import { putEmptyDatabase } from '@floorwatch/store/testing';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { z } from 'zod';
import type { SignInSettings } from '../access.ts';
import { compose, type Floorwatch } from '../compose.ts';
import { platformOf, signInAt, TEST_KEY } from '../simulated-platform.fake.ts';
import { systemClock } from '../system-clock.ts';
import { Browser, type PersonaName } from './browser.fake.ts';
import { openTokens } from './kept-tokens.ts';
import { hashOf, TokenSeal } from './token-seal.ts';

export { Browser, codeOf, type Answer, type PersonaName } from './browser.fake.ts';

const NEVER_MS = 3_600_000;

/** How long that may take, ms. */
export const SET_UP_MS = 90_000;

/** Shorter than in earnest: each minute of them is a dozen rounds of care. */
export const IDLE_MS = 10 * 60_000;
export const LONGEST_MS = 30 * 60_000;

export interface SignedInFloorOptions {
  readonly publicUrl?: URL;
  /** What a collector of metrics has to bring. */
  readonly metricsToken?: string;
  /** How long tokens of the platform last, seconds. */
  readonly tokenLifetimeSeconds?: number;
}

let opened: Promise<{ readonly store: Store; readonly dataDir: string }> | null = null;

/** One store for all floors of a file: opening it takes longer than a test, and seconds on a busy machine. */
export const openTheStore = async (): Promise<Store> => {
  opened ??= (async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'floorwatch-sign-in-'));
    await putEmptyDatabase(dataDir);
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
      automation: this.#store.automation,
      changes: this.#store.changes,
      orders: this.#store,
      metricsToken: this.#options.metricsToken === undefined ? null : new Secret(this.#options.metricsToken),
      organisation: { name: 'Test', isDemo: true },
      platform: platformOf(simulator),
      signIn: this.signIn,
    });
    this.#url = await this.#floorwatch.app.listen({ host: '127.0.0.1', port: 0 });
  }

  /** How people sign in here. */
  get signIn(): SignInSettings {
    return {
      ...signInAt(this.simulator, this.#store.sessions),
      publicUrl: this.#options.publicUrl ?? null,
      idleMs: IDLE_MS,
      longestMs: LONGEST_MS,
    };
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
    const tokens = stored === null ? null : openTokens(new TokenSeal(TEST_KEY), stored.tokens, idHash);
    if (stored === null || tokens === null) throw new Error('this browser has no session');
    const ofTokens = [tokens.access.reveal(), tokens.refresh?.reveal() ?? '', stored.tokens];
    return [...ofTokens, idHash, TEST_KEY, this.simulator.clientSecret, this.simulator.signInClient.secret];
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
