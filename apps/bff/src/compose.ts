import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  ACCESSIBILITY,
  Board,
  type AccessibilityMapping,
  type AuditLog,
  type Clock,
  type DivisionScope,
} from '@floorwatch/domain';
import {
  createGenesysCloud,
  type ChannelStore,
  type GenesysCloud,
  type RegionHosts,
  type Secret,
} from '@floorwatch/genesys';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { accessOf, type SignInSettings } from './access.ts';
import { buildApp } from './app.ts';
import { AuditTrail } from './audit/audit-trail.ts';
import { HeadWitness } from './audit/head-witness.ts';
import { AgentListRenderer, type AgentListOptions } from './features/agents/agent-list.ts';
import { AgentReader } from './features/agents/agent-reader.ts';
import { AuditReader, type AuditReaderOptions } from './features/audit/audit-reader.ts';
import { FloorHealthReporter } from './features/floor-health/floor-health.ts';
import { createHistoryServices, type HistoryServicesOptions } from './features/history/history-services.ts';
import { Metrics } from './features/metrics/metrics.ts';
import type { Targets } from './ingest/agent-scope.ts';
import { BoardFeed, type BoardFeedOptions } from './ingest/board-feed.ts';
import { Intake } from './ingest/intake.ts';
import { SAMPLE_EVERY_MS } from './ingest/quality/hourly-sample.ts';
import { BoardHub, HEARTBEAT_MS } from './live/board-hub.ts';
import { FrameEncoder } from './live/frame-encoder.ts';
import { Recorder, type KeptStore, type RecorderOptions } from './recording/recorder.ts';
import { HealthWithin } from './scopes/health-within.ts';
import { systemClock } from './system-clock.ts';

const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url));

const DEFAULT_RETENTION_DAYS = 92;

const DEFAULT_BACKFILL_HOURS = 24;

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
  /** Where the past is kept; without it the past is what the platform tells of it. */
  readonly store?: KeptStore | null;
  /** Where it is kept who did what; without it nothing can be changed. */
  readonly audit?: AuditLog | null;
  /** How what happens is recorded there; nothing is where it is left out. */
  readonly recording?: Pick<RecorderOptions, 'jobs' | 'dataDir' | 'memoryBound'> & { readonly backfillHours?: number };
  /** How long it is kept, days; `DEFAULT_RETENTION_DAYS` where it is left out. */
  readonly retentionDays?: number;
  /** How people sign in; nobody is asked to where it is left out. */
  readonly signIn?: SignInSettings | null;
  /** What counts as accessible; the default of the domain where it is left out. */
  readonly accessibility?: AccessibilityMapping;
  readonly organisation: { readonly name: string; readonly isDemo: boolean };
  readonly platform: { readonly hosts: RegionHosts; readonly clientId: string; readonly clientSecret: Secret };
}

export interface Floorwatch {
  readonly app: FastifyInstance;
  readonly feed: BoardFeed;
  readonly board: Board;
  /** To be started before the feed and stopped after it; null where nothing is recorded. */
  readonly recording: Recorder | null;
  /** To be started when Floorwatch runs and stopped at its end; null where there is no audit. */
  readonly witness: HeadWitness | null;
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

type HistoryParts = Pick<HistoryServicesOptions, 'board' | 'cloud' | 'clock' | 'names'>;

const historyOf = (composition: Composition, parts: HistoryParts) =>
  createHistoryServices({
    ...parts,
    log: composition.log.child({ part: 'history' }),
    store: composition.store ?? null,
    retentionDays: composition.retentionDays ?? DEFAULT_RETENTION_DAYS,
    accessibility: composition.accessibility ?? ACCESSIBILITY,
    organisation: composition.organisation.name,
  });

type RecorderParts = Pick<RecorderOptions, 'board' | 'cloud' | 'clock'>;

const recorderOf = (
  { log, store = null, recording, retentionDays = DEFAULT_RETENTION_DAYS }: Composition,
  parts: RecorderParts,
): Recorder | null =>
  store === null || recording === undefined
    ? null
    : new Recorder({
        backfillHours: DEFAULT_BACKFILL_HOURS,
        ...recording,
        ...parts,
        store,
        retentionDays,
        log: log.child({ part: 'recording' }),
      });

type ListParts = Pick<AgentListOptions, 'board' | 'clock' | 'names'> & { readonly feed: BoardFeed };

const listOf = (organisation: Composition['organisation'], { feed, ...parts }: ListParts): AgentListRenderer =>
  new AgentListRenderer({ ...parts, organisation: () => ({ ...organisation, narrowedFrom: feed.narrowedFrom }) });

type AuditParts = Pick<AuditReaderOptions, 'board' | 'clock' | 'names'>;

const auditOf = ({ log, audit = null, organisation }: Composition, { board, clock, names }: AuditParts) => {
  const options = { audit, clock, log: log.child({ part: 'audit' }) };
  return {
    routes: {
      audit: new AuditReader({ audit, board, names, clock, organisation: organisation.name }),
      trail: new AuditTrail(options),
      board,
    },
    witness: audit === null ? null : new HeadWitness({ ...options, audit }),
  };
};

type FeedParts = Pick<BoardFeedOptions, 'board' | 'cloud' | 'clock' | 'intake'>;

const feedOf = (composition: Composition, parts: FeedParts): BoardFeed =>
  new BoardFeed({
    ...parts,
    log: composition.log.child({ part: 'ingest' }),
    sweepMs: composition.sweepMs,
    registryRefreshMs: composition.registryRefreshMs,
    sampleEveryMs: composition.sampleEveryMs ?? SAMPLE_EVERY_MS,
    targets: composition.targets ?? EVERYBODY,
  });

/** The composition root: the one place where the real parts meet. Nothing runs yet. */
export const compose = async (composition: Composition): Promise<Floorwatch> => {
  const { log, release, organisation, clock = systemClock } = composition;
  const board = new Board(randomUUID());
  const cloud = cloudOf(composition, clock);
  const recording = recorderOf(composition, { board, cloud, clock });
  const feed = feedOf(composition, { cloud, board, clock, intake: new Intake(board, recording) });
  const health = new HealthWithin({
    board,
    clock,
    whole: () => feed.health(),
    liveAgents: () => feed.liveAgents(),
  });
  const upstream = (seen: DivisionScope) => health.of(seen);
  const names = () => feed.names();
  const frames = new FrameEncoder({
    board,
    clock,
    upstream,
    release,
    platformNow: () => cloud.platformNow(),
    heartbeatMs: HEARTBEAT_MS,
  });
  const hub = new BoardHub({ board, clock, frames, upstream: () => feed.health() });
  const floorHealth = new FloorHealthReporter({
    board,
    clock,
    cloud,
    upstream,
    channels: () => feed.channels(),
    feed: () => feed.status(),
    browsers: () => hub.browsers,
    recording: () => recording?.status() ?? null,
  });
  const auditing = auditOf(composition, { board, clock, names });
  const { trail } = auditing.routes;
  const app = await buildApp({
    log,
    clock,
    release,
    names,
    upstream,
    frames,
    hub,
    floorHealth,
    metrics: new Metrics({ board, floorHealth: () => floorHealth.report('all') }),
    list: listOf(organisation, { board, clock, names, feed }),
    reader: new AgentReader({ board, clock, cloud, isLive: (id) => feed.isLive(id) }),
    history: historyOf(composition, { board, cloud, clock, names }),
    audit: auditing.routes,
    recordingState: () => recording?.storeState ?? 'off',
    access: accessOf(composition.signIn ?? null, { cloud, clock, log: log.child({ part: 'sessions' }), trail }),
    isBoardComplete: () => feed.isBoardComplete,
    webRoot: existsSync(WEB_ROOT) ? WEB_ROOT : null,
  });
  return { app, feed, board, recording, witness: auditing.witness };
};
