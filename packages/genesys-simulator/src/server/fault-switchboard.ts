import type { WebSocket } from 'ws';
import { START_FAULT } from '../faults/all-faults.ts';
import { FAULT_NAMES, FAULTS, type FaultName, type FaultParams } from '../faults/fault-catalogue.ts';
import type { Budget, Delivery, Fault, FaultStage, StartFault } from '../faults/fault.ts';
import { Random } from '../time/random.ts';
import type { PlatformError } from './platform-error.ts';
import type { RateState } from './rate-window.ts';

type Stage = Omit<FaultStage, 'random' | 'struck'>;

interface Running {
  readonly params: object;
  readonly fault: Fault;
}

/** A fault as an operator sees it. */
export interface FaultState {
  readonly name: FaultName;
  readonly description: string;
  readonly isOn: boolean;
  /** What is set about it; null while it is off. */
  readonly params: object | null;
  /** How often it has struck since the simulator started. */
  readonly struck: number;
}

/** What the platform does wrong on purpose: every fault by name, any of them together. All quiet until somebody says otherwise. */
export class FaultSwitchboard {
  readonly #stage: Stage;
  readonly #seed: string;
  readonly #running = new Map<FaultName, Running>();
  readonly #struck = new Map<FaultName, number>();

  constructor(stage: Stage, seed: string) {
    this.#stage = stage;
    this.#seed = seed;
  }

  states(): FaultState[] {
    return FAULT_NAMES.map((name) => this.stateOf(name));
  }

  stateOf(name: FaultName): FaultState {
    const running = this.#running.get(name);
    return {
      name,
      description: FAULTS[name].description,
      isOn: running !== undefined,
      params: running?.params ?? null,
      struck: this.#struck.get(name) ?? 0,
    };
  }

  /** Switches a fault on; one that is on already starts anew with these settings. */
  switchOn<Name extends FaultName>(name: Name, params: FaultParams<Name>): FaultState {
    this.switchOff(name);
    const start: StartFault<Name> = START_FAULT[name];
    const fault = start(params, {
      ...this.#stage,
      random: new Random(`${this.#seed}/fault/${name}`),
      struck: (times = 1) => this.#struck.set(name, (this.#struck.get(name) ?? 0) + times),
    });
    if (fault !== null) this.#running.set(name, { params, fault });
    return this.stateOf(name);
  }

  switchOff(name: FaultName): FaultState {
    this.#running.get(name)?.fault.stop?.();
    this.#running.delete(name);
    return this.stateOf(name);
  }

  switchAllOff(): void {
    for (const name of this.#running.keys()) this.switchOff(name);
  }

  /** The error to answer a call with instead of the truth; null when the call may go on. */
  errorFor(side: 'api' | 'login'): PlatformError | null {
    for (const { refuseCall } of this.#faults()) {
      const refusal = refuseCall?.(side) ?? null;
      if (refusal !== null) return refusal;
    }
    return null;
  }

  /** Resolves after the time that slow answers take at present. */
  slowDown(): Promise<void> {
    return this.#wait(this.#faults().reduce((sum, { delayAnswer }) => sum + (delayAnswer?.() ?? 0), 0));
  }

  /** Resolves when an operation is carried out at present. @throws PlatformError where it is refused instead */
  async beforeOperation(operationId: string): Promise<void> {
    const faults = this.#faults();
    await this.#wait(faults.reduce((sum, { delayCall }) => sum + (delayCall?.(operationId) ?? 0), 0));
    for (const { refuseOperation } of faults) {
      const refusal = refuseOperation?.(operationId) ?? null;
      if (refusal !== null) throw refusal;
    }
  }

  /** Whether the answer to an operation that was carried out never arrives at present. */
  cutsAnswer(operationId: string): boolean {
    return this.#faults().some(({ cutsAnswer }) => cutsAnswer?.(operationId) ?? false);
  }

  #wait(delayMs: number): Promise<void> {
    if (delayMs === 0) return Promise.resolve();
    return new Promise((resolve) => this.#stage.realClock.after(delayMs, resolve));
  }

  /** What a request costs at present. */
  payFrom(state: RateState): Budget {
    const budget: Budget = { ...state, retryAfterSeconds: state.resetSeconds };
    return this.#faults().reduce((paid, { payFrom }) => payFrom?.(paid) ?? paid, budget);
  }

  /** The body of an answer, as it leaves at present. */
  alterAnswer(operationId: string, body: unknown): unknown {
    return this.#faults().reduce<unknown>(
      (altered, { alterAnswer }) => (alterAnswer === undefined ? altered : alterAnswer(operationId, altered)),
      body,
    );
  }

  /** What new tokens live for at present; null as usual. */
  get tokenLifetimeSeconds(): number | null {
    return this.#faults().find((fault) => fault.tokenLifetimeSeconds !== undefined)?.tokenLifetimeSeconds ?? null;
  }

  forbidsTopic(topicId: string): boolean {
    return this.#faults().some(({ forbidsTopic }) => forbidsTopic?.(topicId) ?? false);
  }

  refusesSockets(): boolean {
    return this.#faults().some(({ refusesSockets }) => refusesSockets?.() ?? false);
  }

  /** Sends a frame that is not an event (a heartbeat, a pong), unless the socket has fallen silent. */
  send(socket: WebSocket, text: string): void {
    if (!this.#isSilent(socket)) socket.send(text);
  }

  /** Delivers an event to one socket: at once, late, altered, several times, or never. */
  deliver(socket: WebSocket, text: string, send: (text: string) => void): void {
    if (this.#running.size === 0) {
      send(text);
      return;
    }
    let deliveries: readonly Delivery[] = this.#isSilent(socket) ? [] : [{ text, afterMs: 0 }];
    for (const { deliver } of this.#faults()) if (deliver !== undefined) deliveries = deliveries.flatMap(deliver);
    for (const { text: sent, afterMs } of deliveries)
      if (afterMs === 0) send(sent);
      else this.#stage.realClock.after(afterMs, () => send(sent));
  }

  #isSilent(socket: WebSocket): boolean {
    return this.#faults().some(({ silences }) => silences?.(socket) ?? false);
  }

  #faults(): Fault[] {
    return [...this.#running.values()].map(({ fault }) => fault);
  }
}
