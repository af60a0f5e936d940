import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Board, type Clock } from '@floorwatch/domain';
import {
  createGenesysCloud,
  type ChannelStore,
  type GenesysCloud,
  type RegionHosts,
  type Secret,
} from '@floorwatch/genesys';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import { AgentListRenderer } from './features/agents/agent-list.ts';
import { AgentReader } from './features/agents/agent-reader.ts';
import { FloorHealthReporter } from './features/floor-health/floor-health.ts';
import { Metrics } from './features/metrics/metrics.ts';
import type { Targets } from './ingest/agent-scope.ts';
import { BoardFeed } from './ingest/board-feed.ts';
import { SAMPLE_EVERY_MS } from './ingest/quality/hourly-sample.ts';
import { BoardHub, HEARTBEAT_MS } from './live/board-hub.ts';
import { FrameEncoder } from './live/frame-encoder.ts';
import { systemClock } from './system-clock.ts';

const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url));

const EVERYBODY: Targets = { userIds: [], divisionIds: [], groupIds: [], queueIds: [] };

export interface Composition {
  readonly log: Logger;
  readonly release: string;
  /** The real time where it is left out. */
  readonly clock?: Clock;
  readonly sweepMs: number;
  readonly registryRefreshMs: number;
  /** How often a sample is compared with the platform, ms; an hour where it is left out. */
  readonly sampleEveryMs?: number;
  /** Whom to show; the whole organisation where it is left out. */
  readonly targets?: Targets;
  /** Where notification channels outlive this process; nowhere where it is left out. */
  readonly channelStore?: ChannelStore | null;
  readonly organisation: { readonly name: string; readonly isDemo: boolean };
  readonly platform: { readonly hosts: RegionHosts; readonly clientId: string; readonly clientSecret: Secret };
}

export interface Floorwatch {
  readonly app: FastifyInstance;
  readonly feed: BoardFeed;
  readonly board: Board;
}

const cloudOf = ({ platform, channelStore = null, log }: Composition, clock: Clock): GenesysCloud =>
  createGenesysCloud({
    ...platform.hosts,
    clientId: platform.clientId,
    clientSecret: platform.clientSecret,
    clock,
    channelStore,
    log: log.child({ part: 'genesys' }),
  });

/** The composition root: the one place where the real parts meet. Nothing runs yet. */
export const compose = async (composition: Composition): Promise<Floorwatch> => {
  const { log, release, organisation, clock = systemClock } = composition;
  const board = new Board(randomUUID());
  const cloud = cloudOf(composition, clock);
  const feed = new BoardFeed({
    cloud,
    board,
    clock,
    log: log.child({ part: 'ingest' }),
    sweepMs: composition.sweepMs,
    registryRefreshMs: composition.registryRefreshMs,
    sampleEveryMs: composition.sampleEveryMs ?? SAMPLE_EVERY_MS,
    targets: composition.targets ?? EVERYBODY,
  });
  const upstream = () => feed.health();
  const names = () => feed.names();
  const frames = new FrameEncoder({
    board,
    clock,
    upstream,
    release,
    platformNow: () => cloud.platformNow(),
    heartbeatMs: HEARTBEAT_MS,
  });
  const hub = new BoardHub({ board, clock, frames, upstream });
  const floorHealth = new FloorHealthReporter({
    board,
    clock,
    cloud,
    upstream,
    channels: () => feed.channels(),
    feed: () => feed.status(),
    browsers: () => hub.browsers,
  });
  const app = await buildApp({
    log,
    clock,
    release,
    names,
    upstream,
    frames,
    hub,
    floorHealth,
    metrics: new Metrics({ board, floorHealth: () => floorHealth.report() }),
    list: new AgentListRenderer({
      board,
      clock,
      organisation: () => ({ ...organisation, narrowedFrom: feed.narrowedFrom }),
      names,
    }),
    reader: new AgentReader({ board, clock, cloud, isLive: (id) => feed.isLive(id) }),
    isBoardComplete: () => feed.isBoardComplete,
    webRoot: existsSync(WEB_ROOT) ? WEB_ROOT : null,
  });
  return { app, feed, board };
};
