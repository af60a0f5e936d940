import { setTimeout as sleep } from 'node:timers/promises';
import type { Floorwatch } from '../processes/floorwatch.ts';
import { startForeignLoadMeter } from '../processes/foreign-load.ts';
import { readUsage, startCpuMeter } from '../processes/process-usage.ts';
import { Remote } from '../processes/remote.ts';
import { untilStopped } from '../processes/teardown.ts';
import type { BareWsServer } from './bare-ws-server.ts';
import { ClientFleet, type FleetWindow } from './client-fleet.ts';
import type { SocketIoServer } from './socket-io-server.ts';
import { timedEventsOf } from './timed-events.ts';

/** Sockets just opened, code just compiled: this long passes before a window begins, ms. */
const SETTLE_MS = 3000;

export interface FanOutScale {
  readonly agents: number;
  readonly sockets: number;
  readonly socketIoSockets: number;
  readonly changesPerSecond: number;
  readonly windowMs: number;
  readonly rounds: number;
}

/** A server under load: the share of one core it took, and what arrived. */
export interface LoadedWindow {
  readonly cpuShare: number;
  readonly received: FleetWindow;
}

export interface FanOutRound {
  readonly floorwatch: LoadedWindow & { readonly memoryBytes: number; readonly eventLoopDelayMs: number };
  /** The BFF at the same rate of events with nobody watching. */
  readonly ingestCpuShare: number;
  readonly bareWs: LoadedWindow;
  readonly socketIo: LoadedWindow & { readonly lateMs: number };
  /** What programs other than these took of all cores, 0 to 1. */
  readonly foreignShare: number;
}

/** The processes of the comparison. All live through all rounds, so that each is measured with the others around. */
export class FanOutRig {
  readonly #floorwatch: Floorwatch;
  readonly #scale: FanOutScale;
  readonly #fleet = new ClientFleet(2);
  readonly #bareWs = new Remote<BareWsServer>({ module: new URL('bare-ws-server.ts', import.meta.url) });
  readonly #socketIo = new Remote<SocketIoServer>({ module: new URL('socket-io-server.ts', import.meta.url) });
  readonly stop = untilStopped(async () => {
    await this.#fleet.stop();
    await this.#bareWs.stop();
    await this.#socketIo.stop();
  });
  #bareWsUrl = '';
  #socketIoUrl = '';

  constructor(floorwatch: Floorwatch, scale: FanOutScale) {
    this.#floorwatch = floorwatch;
    this.#scale = scale;
  }

  async start(): Promise<void> {
    this.#bareWsUrl = `ws://127.0.0.1:${String(await this.#bareWs.call('listen', null))}`;
    const socketIoPort = await this.#socketIo.call('listen', null);
    this.#socketIoUrl = `ws://127.0.0.1:${String(socketIoPort)}/socket.io/?EIO=4&transport=websocket`;
  }

  /** One window of each, one after the other: the peers send exactly what Floorwatch sent in this round. */
  async round(): Promise<FanOutRound> {
    const readForeignShare = await startForeignLoadMeter();
    const floorwatch = await this.#measureFloorwatch();
    const { recording } = floorwatch.received;
    const readIngestCpu = await startCpuMeter(this.#floorwatch.bff.pid);
    const bareWs = await this.#measure({
      pid: this.#bareWs.pid,
      request: { socketUrl: this.#bareWsUrl, sockets: this.#scale.sockets, speak: 'nothing', url: null },
      work: () => this.#bareWs.call('play', recording),
    });
    const ingestCpuShare = await readIngestCpu();
    let lateMs = 0;
    const socketIo = await this.#measure({
      pid: this.#socketIo.pid,
      request: {
        socketUrl: this.#socketIoUrl,
        sockets: this.#scale.socketIoSockets,
        speak: 'socket.io',
        url: null,
      },
      work: async () => {
        lateMs = await this.#socketIo.call('play', timedEventsOf(recording));
      },
    });
    return {
      floorwatch,
      ingestCpuShare,
      bareWs,
      socketIo: { ...socketIo, lateMs },
      foreignShare: await readForeignShare(),
    };
  }

  async #measureFloorwatch(): Promise<FanOutRound['floorwatch']> {
    const { bff, socketUrl, url } = this.#floorwatch;
    let eventLoopDelayMs = 0;
    let memoryBytes = 0;
    const loaded = await this.#measure({
      pid: bff.pid,
      request: { socketUrl, sockets: this.#scale.sockets, speak: 'floorwatch', url },
      work: async () => {
        await bff.call('takeEventLoopDelayMs', null);
        await sleep(this.#scale.windowMs);
        eventLoopDelayMs = await bff.call('takeEventLoopDelayMs', null);
        memoryBytes = (await readUsage(bff.pid)).memoryBytes;
      },
    });
    return { ...loaded, eventLoopDelayMs, memoryBytes };
  }

  async #measure({ pid, request, work }: Measurement): Promise<LoadedWindow> {
    await this.#fleet.connect(request);
    await sleep(SETTLE_MS);
    await this.#fleet.startWindow();
    const readCpuShare = await startCpuMeter(pid);
    await work();
    const cpuShare = await readCpuShare();
    const received = await this.#fleet.endWindow();
    await this.#fleet.disconnect();
    return { cpuShare, received };
  }
}

interface Measurement {
  readonly pid: number;
  readonly request: Parameters<ClientFleet['connect']>[0];
  readonly work: () => Promise<void>;
}
