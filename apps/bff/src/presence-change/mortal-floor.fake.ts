import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type RunningSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl, type JournalEntryWire } from '@floorwatch/genesys-simulator/client';
import { putEmptyDatabase } from '@floorwatch/store/testing';
import { expect, vi } from 'vitest';
import { hastyClock } from '../hasty-clock.fake.ts';
import { Browser, type PersonaName } from '../sessions/signed-in-floor.fake.ts';
import { systemClock } from '../system-clock.ts';

const MAIN = new URL('../main.ts', import.meta.url);

const PATIENT = { timeout: 60_000, interval: 100 };

export interface MortalFloorOptions {
  readonly agents: number;
  /** How many times as fast as in reality all clocks run. */
  readonly times: number;
  readonly requestsPerMinute: number;
}

/** A simulated organisation, and a Floorwatch on it that is a process of its own: it can be killed and started again. */
export class MortalFloor {
  readonly control: SimulatorControl;
  readonly simulator: RunningSimulator;
  readonly #env: Readonly<Record<string, string>>;
  readonly #dataDir: string;
  readonly #hastyTime = new URL('../hasty-time.fake.ts', import.meta.url);
  #process: ChildProcess | null = null;
  #url = '';
  /** All that was logged, by every process. */
  logged = '';

  private constructor(simulator: RunningSimulator, env: Readonly<Record<string, string>>) {
    this.simulator = simulator;
    this.control = new SimulatorControl(simulator.url);
    this.#dataDir = mkdtempSync(join(tmpdir(), 'floorwatch-mortal-'));
    this.#env = { ...env, DATA_DIR: this.#dataDir };
  }

  /** The floor stands still: what changes is what is changed. */
  static async open({ agents, times, requestsPerMinute }: MortalFloorOptions): Promise<MortalFloor> {
    const from = systemClock.now();
    const realClock = hastyClock(times, from);
    const simulator = await startSimulator({ agents, speed: 0, realClock, requestsPerMinute });
    const { clientId, clientSecret, signInClient, url } = simulator;
    const floor = new MortalFloor(simulator, {
      PORT: '0',
      RECORDING: 'off',
      GENESYS_CLOUD_REGION: url,
      GENESYS_CLOUD_CLIENT_ID: clientId,
      GENESYS_CLOUD_CLIENT_SECRET: clientSecret,
      GENESYS_CLOUD_SIGN_IN_CLIENT_ID: signInClient.id,
      GENESYS_CLOUD_SIGN_IN_CLIENT_SECRET: signInClient.secret,
      SWEEP_SECONDS: '3600',
    });
    floor.#hastyTime.search = new URLSearchParams({ times: String(times), from: String(from) }).toString();
    await putEmptyDatabase(floor.#dataDir);
    await floor.start();
    return floor;
  }

  get url(): string {
    return this.#url;
  }

  async start(): Promise<void> {
    const env = { ...this.#env };
    const child = spawn(process.execPath, ['--import', this.#hastyTime.href, MAIN.pathname], {
      env,
      cwd: this.#dataDir,
    });
    this.#process = child;
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      this.logged += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (this.logged += chunk.toString()));
    await vi.waitFor(() => {
      this.#url = /^Floorwatch watches .*: (http\S+)$/m.exec(said)?.[1] ?? expect.fail(this.logged.slice(-2000));
    }, PATIENT);
    await vi.waitFor(async () => expect((await fetch(`${this.#url}/readyz`)).status).toBe(200), PATIENT);
  }

  /** As `kill -9`: it has no time to write anything down. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  async signedIn(persona: PersonaName): Promise<Browser> {
    const browser = new Browser(this);
    await browser.signIn(persona);
    return browser;
  }

  /** Everything that truly happened after an entry. */
  async journal(after: number): Promise<JournalEntryWire[]> {
    const page = await this.control.journal({ after, limit: 5000 });
    return [...page.entries];
  }

  eventually(check: () => void | Promise<void>, interval = PATIENT.interval): Promise<void> {
    return vi.waitFor(check, { ...PATIENT, interval });
  }

  async close(): Promise<void> {
    await this.kill();
    await this.simulator.close();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}
