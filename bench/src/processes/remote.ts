import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** One call of a method of another process's service, and its answer; passed as Node's IPC messages. */
interface Call {
  readonly callId: number;
  readonly method: string;
  readonly argument: unknown;
}

interface Answer {
  readonly callId: number;
  readonly result?: unknown;
  readonly problem?: string;
}

type ArgumentOf<Service, Name extends keyof Service> = Service[Name] extends (argument: infer Argument) => unknown
  ? Argument
  : never;

type ResultOf<Service, Name extends keyof Service> = Service[Name] extends (argument: never) => infer Result
  ? Awaited<Result>
  : never;

/** Answers the parent's calls with this service for as long as the parent lives. Methods take one argument. */
export const serveParent = (service: object): void => {
  process.on('message', (call: Call) => {
    void answer(service, call).then((reply) => process.send?.(reply));
  });
};

const answer = async (service: object, { callId, method, argument }: Call): Promise<Answer> => {
  try {
    const implementation: unknown = Reflect.get(service, method);
    if (typeof implementation !== 'function') throw new Error(`this process has no method ${method}`);
    const result: unknown = await Reflect.apply(implementation, service, [argument]);
    return { callId, result };
  } catch (error) {
    return { callId, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

export interface ForkOptions {
  readonly module: URL;
  readonly env?: Readonly<Record<string, string>>;
}

/** How long a process may take to end after it was asked to, ms; then it is killed. */
const END_DEADLINE_MS = 15_000;

/** How much of what a process prints is kept, characters: for its address, and for the message when it fails. */
const MAX_OUTPUT_LENGTH = 20_000;

/** A process of our own, with a service that this one can call. It is ended by id, and never outlives this process. */
export class Remote<Service extends object> {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>();
  #calls = 0;
  #output = '';

  constructor({ module, env = {} }: ForkOptions) {
    this.#child = fork(fileURLToPath(module), [], {
      env: { ...process.env, ...env },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true, // Ctrl-C reaches the bench alone, which then ends its processes in order
    });
    this.pid = this.#child.pid ?? 0;
    this.#ended = once(this.#child, 'exit').then(() => {
      this.#failAll();
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-MAX_OUTPUT_LENGTH);
      });
    this.#child.on('message', (reply: Answer) => {
      this.#settle(reply);
    });
    this.#child.on('error', () => {
      this.#failAll();
    });
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Null while it runs, and for one that was killed. */
  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  /** What the process printed last. */
  get output(): string {
    return this.#output;
  }

  /**
   * Calls a method of the service.
   * @throws Error with the words of the other side, or with what the process printed when it ended meanwhile
   */
  async call<Name extends keyof Service & string>(
    method: Name,
    argument: ArgumentOf<Service, Name>,
  ): Promise<ResultOf<Service, Name>> {
    if (!this.isRunning) throw this.#gone();
    const callId = (this.#calls += 1);
    const result = await new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(callId, { resolve, reject });
      const call: Call = { callId, method, argument };
      this.#child.send(call);
    });
    return result as ResultOf<Service, Name>;
  }

  /** Asks the process to end, and kills it when it does not. */
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    this.#child.kill('SIGTERM');
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), END_DEADLINE_MS);
    await this.#ended;
    clearTimeout(killer);
  }

  /** Ends the process at once, as a power cut would. */
  async kill(): Promise<void> {
    if (!this.isRunning) return;
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #settle({ callId, result, problem }: Answer): void {
    const waiting = this.#waiting.get(callId);
    this.#waiting.delete(callId);
    if (problem === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(problem));
  }

  #failAll(): void {
    for (const { reject } of this.#waiting.values()) reject(this.#gone());
    this.#waiting.clear();
  }

  #gone(): Error {
    return new Error(`a process of the bench ended too soon; it said last:\n${this.#output.trim()}`);
  }
}
