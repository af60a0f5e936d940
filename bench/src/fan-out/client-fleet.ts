import { Remote } from '../processes/remote.ts';
import { untilStopped } from '../processes/teardown.ts';
import { LatencyHistogram } from '../report/latency-histogram.ts';
import type { ConnectRequest, LoadClient, Received, RecordedFrame } from './load-client.ts';

const LOAD_CLIENT = new URL('load-client.ts', import.meta.url);

/** What all processes of a fleet received in one window. */
export interface FleetWindow extends Pick<Received, 'wallMs' | 'frames' | 'bytes' | 'rows'> {
  /** Changes of agents in the window: what came in, not what was delivered. */
  readonly changes: number;
  readonly latency: LatencyHistogram;
  readonly recording: readonly RecordedFrame[];
}

/** Many sockets, spread over a few processes. */
export class ClientFleet {
  readonly stop: () => Promise<void>;
  readonly #clients: readonly Remote<LoadClient>[];

  constructor(processes: number) {
    this.#clients = Array.from({ length: processes }, () => new Remote<LoadClient>({ module: LOAD_CLIENT }));
    this.stop = untilStopped(() => Promise.all(this.#clients.map((client) => client.stop())));
  }

  async connect(request: ConnectRequest): Promise<void> {
    const share = Math.ceil(request.sockets / this.#clients.length);
    const last = request.sockets - share * (this.#clients.length - 1);
    await Promise.all(
      this.#clients.map((client, index) =>
        client.call('connect', { ...request, sockets: index === this.#clients.length - 1 ? last : share }),
      ),
    );
  }

  async startWindow(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.call('startWindow', null)));
  }

  async endWindow(): Promise<FleetWindow> {
    const parts = await Promise.all(this.#clients.map((client) => client.call('endWindow', null)));
    const latency = new LatencyHistogram();
    for (const part of parts) latency.add(part.latency);
    const sum = (pick: (part: Received) => number): number => parts.reduce((total, part) => total + pick(part), 0);
    const [first] = parts;
    return {
      wallMs: first?.wallMs ?? 0,
      frames: sum((part) => part.frames),
      bytes: sum((part) => part.bytes),
      rows: sum((part) => part.rows),
      changes: first?.changes ?? 0,
      latency,
      recording: first?.recording ?? [],
    };
  }

  async disconnect(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.call('disconnect', null)));
  }
}
