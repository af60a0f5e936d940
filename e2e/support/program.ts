import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { readStartCommand } from '../../.config/start-command.ts';

/** The root of the repository. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** The next program starts in half the time; what has changed is compiled again. */
const COMPILE_CACHE = readStartCommand().compileCache;

/** How long a program may take to say or do what a story waits for, ms. */
const PATIENCE_MS = 20_000;

/** How a program ended: with a code of its own, or by a signal. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ProgramOptions {
  /** For messages. */
  readonly name: string;
  /** The file Node runs, from the root of the repository. */
  readonly file: string;
  /** Options of Node, before the file; none where left out. */
  readonly nodeOptions?: readonly string[];
  /** The whole environment: what the developer has set does not reach the program. */
  readonly env: Readonly<Record<string, string>>;
  /** The last chance to ask the program something, before it is ended; what fails is passed over. */
  readonly beforeEnd?: () => Promise<void>;
}

/** What still runs. A story that fails half-way must not leave its programs behind. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A program a story has started, as a person at a terminal sees it: what it prints, how it ends, the signals it gets. */
export class Program {
  /** For messages. */
  readonly name: string;
  readonly #beforeEnd: () => Promise<void>;
  readonly #child: ChildProcess;
  readonly #onOutput = new Set<() => void>();
  #output = '';
  /** Resolves when the process is gone and has said all it had to say. */
  readonly ended: Promise<Ending>;

  constructor({ name, file, nodeOptions = [], env, beforeEnd = () => Promise.resolve() }: ProgramOptions) {
    this.name = name;
    this.#beforeEnd = beforeEnd;
    this.#child = spawn(process.execPath, [...nodeOptions, resolve(ROOT, file)], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a process group of its own, like a job of an interactive shell
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        for (const listener of this.#onOutput) listener();
      });
    this.ended = new Promise((done) => {
      running.add(this.#child);
      this.#child.once('close', (code, signal) => {
        running.delete(this.#child);
        done({ code, signal });
      });
    });
  }

  /** Everything printed so far, on both streams. */
  get output(): string {
    return this.#output;
  }

  /** @throws Error where the program could not be started at all */
  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`${this.name} could not be started`);
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /**
   * Waits until the output matches.
   * @throws Error with the whole output when the program ends first or takes too long
   */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const { promise, resolve: found, reject } = Promise.withResolvers<RegExpExecArray>();
    const look = (): void => {
      const match = pattern.exec(this.#output);
      if (match !== null) found(match);
    };
    this.#onOutput.add(look);
    void this.ended.then((ending) => {
      look();
      reject(this.#disappointment(`ended (${nameOf(ending)}) instead of saying ${String(pattern)}`));
    });
    look();
    try {
      return await this.#inTime(promise, `saying ${String(pattern)}`);
    } finally {
      this.#onOutput.delete(look);
    }
  }

  /**
   * Waits until the program has ended by itself.
   * @throws Error with the whole output when it takes too long
   */
  endsByItself(): Promise<Ending> {
    return this.#inTime(this.ended, 'ending');
  }

  /** Sends a signal to the program alone. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** What Ctrl-C in a terminal does: the whole process group gets the signal. */
  interrupt(): void {
    process.kill(-this.pid, 'SIGINT');
  }

  /** The power cut: no drain, no farewell. */
  async kill(): Promise<void> {
    await this.#sayFarewell();
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  /**
   * The orderly end. A program that does not obey is killed.
   * @throws Error with the whole output when it had to be killed
   */
  async stop(): Promise<Ending> {
    await this.#sayFarewell();
    this.#child.kill('SIGTERM');
    try {
      return await this.#inTime(this.ended, 'ending when asked to');
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  async #sayFarewell(): Promise<void> {
    if (this.isRunning) await this.#beforeEnd().catch(() => undefined);
  }

  async #inTime<Result>(awaited: Promise<Result>, what: string): Promise<Result> {
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(this.#disappointment(`went on instead of ${what}`));
    }, PATIENCE_MS);
    try {
      return await Promise.race([awaited, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  #disappointment(what: string): Error {
    return new Error(`${this.name} ${what}. It said:\n${this.#output}`);
  }
}

const nameOf = ({ code, signal }: Ending): string => signal ?? `code ${String(code)}`;
