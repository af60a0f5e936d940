import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Board } from '@floorwatch/domain';
import { createGenesysCloud, type RegionHosts, type Secret } from '@floorwatch/genesys';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import { AgentListRenderer } from './features/agents/agent-list.ts';
import { AgentReader } from './features/agents/agent-reader.ts';
import { BoardFeed } from './ingest/board-feed.ts';
import { BoardHub, HEARTBEAT_MS } from './live/board-hub.ts';
import { FrameEncoder } from './live/frame-encoder.ts';
import { systemClock } from './system-clock.ts';

const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url));

export interface Composition {
  readonly log: Logger;
  readonly release: string;
  readonly sweepMs: number;
  readonly registryRefreshMs: number;
  readonly organisation: { readonly name: string; readonly isDemo: boolean };
  readonly platform: { readonly hosts: RegionHosts; readonly clientId: string; readonly clientSecret: Secret };
}

export interface Floorwatch {
  readonly app: FastifyInstance;
  readonly feed: BoardFeed;
  readonly board: Board;
}

/** The composition root: the one place where the real parts meet. Nothing runs yet. */
export const compose = async (composition: Composition): Promise<Floorwatch> => {
  const { log, release, platform, organisation } = composition;
  const clock = systemClock;
  const board = new Board(randomUUID());
  const cloud = createGenesysCloud({
    ...platform.hosts,
    clientId: platform.clientId,
    clientSecret: platform.clientSecret,
    clock,
    log: log.child({ part: 'genesys' }),
  });
  const feed = new BoardFeed({
    cloud,
    board,
    clock,
    log: log.child({ part: 'ingest' }),
    sweepMs: composition.sweepMs,
    registryRefreshMs: composition.registryRefreshMs,
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
  const app = await buildApp({
    log,
    clock,
    release,
    names,
    upstream,
    frames,
    hub: new BoardHub({ board, clock, frames, upstream }),
    list: new AgentListRenderer({ board, clock, organisation, names }),
    reader: new AgentReader({ board, clock, cloud, isLive: (id) => feed.isLive(id) }),
    isBoardComplete: () => feed.isBoardComplete,
    webRoot: existsSync(WEB_ROOT) ? WEB_ROOT : null,
  });
  return { app, feed, board };
};
