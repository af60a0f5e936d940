import { getFloorHealth, type RecordingReport } from '@floorwatch/contracts';
import { findFreePort } from '../processes/free-port.ts';
import { Remote } from '../processes/remote.ts';
import { readStartCommand } from '../../../.config/start-command.ts';
import { untilStopped } from '../processes/teardown.ts';
import { until } from '../processes/until.ts';

const BFF = new URL('../../../apps/bff/src/main.ts', import.meta.url);

const START_DEADLINE_MS = 60_000;

/** The product's own process, which can be killed and started again on what it left behind. */
export class MortalFloorwatch {
  readonly url: string;
  /** Ends it for good. */
  readonly stop: () => Promise<void>;
  readonly #env: Readonly<Record<string, string>>;
  #process: Remote<object>;

  private constructor(env: Readonly<Record<string, string>>) {
    this.#env = env;
    this.url = `http://127.0.0.1:${String(env['PORT'])}`;
    this.#process = new Remote({ module: BFF, env });
    this.stop = untilStopped(() => this.#process.stop());
  }

  /** @param env credentials, where data is kept, and whatever else is not as usual */
  static async start(env: Readonly<Record<string, string>>): Promise<MortalFloorwatch> {
    const { nodeOptions, compileCache } = readStartCommand();
    const port = await findFreePort();
    return new MortalFloorwatch({
      NODE_OPTIONS: nodeOptions.join(' '),
      NODE_COMPILE_CACHE: compileCache,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      ...env,
      PORT: String(port),
    });
  }

  get output(): string {
    return this.#process.output;
  }

  get isRunning(): boolean {
    return this.#process.isRunning;
  }

  get exitCode(): number | null {
    return this.#process.exitCode;
  }

  /** `kill -9`, and at once the next one on the same data. */
  async die(): Promise<void> {
    await this.#process.kill();
    this.#process = new Remote({ module: BFF, env: this.#env });
  }

  /** What it says of its recording. */
  async recordingReport(): Promise<RecordingReport> {
    const reply = await fetch(`${this.url}${getFloorHealth.path}`);
    const { recording } = getFloorHealth.reply.parse(await reply.json());
    if (recording === null) throw new Error('nothing is recorded');
    return recording;
  }

  /** Messages to webhooks that have been taken up and not been delivered yet: those that wait for their next try, too. */
  async messagesWaiting(): Promise<number> {
    const metrics = await (await fetch(`${this.url}/metrics`)).text();
    return Number(/^floorwatch_webhook_messages_waiting (\d+)$/m.exec(metrics)?.[1]);
  }

  /** Waits until every agent's events arrive. */
  async isLive(): Promise<void> {
    await until('every event to arrive', START_DEADLINE_MS, async () => {
      if (!this.isRunning) throw new Error(`Floorwatch ended; it said last:\n${this.output.slice(-2000)}`);
      const reply = await fetch(`${this.url}/readyz`).catch(() => null);
      const text = (await reply?.text()) ?? '';
      return text.includes('"state":"live"') ? true : null;
    });
  }
}
