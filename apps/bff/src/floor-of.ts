import { randomUUID } from 'node:crypto';
import { Board, type Clock, type DivisionScope } from '@floorwatch/domain';
import { createGenesysCloud, type GenesysCloud, type GenesysCloudOptions } from '@floorwatch/genesys';
import { DEFAULT_RETENTION_DAYS, type Composition } from './composition.ts';
import { FloorHealthReporter } from './features/floor-health/floor-health.ts';
import type { Targets } from './ingest/agent-scope.ts';
import { BoardFeed, type BoardFeedOptions } from './ingest/board-feed.ts';
import { Intake } from './ingest/intake.ts';
import { SAMPLE_EVERY_MS } from './ingest/quality/hourly-sample.ts';
import { BoardHub, HEARTBEAT_MS } from './live/board-hub.ts';
import { FrameEncoder } from './live/frame-encoder.ts';
import { meterLive } from './observability/live-meters.ts';
import { OperationsWatch } from './observability/operations-watch.ts';
import { PresenceEchoes } from './presence-change/presence-echoes.ts';
import { Recorder, type RecorderOptions } from './recording/recorder.ts';
import { HealthWithin } from './scopes/health-within.ts';

const DEFAULT_BACKFILL_HOURS = 24;

const EVERYBODY: Targets = { userIds: [], divisionIds: [], groupIds: [], queueIds: [] };

type CloudParts = Required<Pick<GenesysCloudOptions, 'clock' | 'watch'>>;

const cloudOf = ({ platform, channelStore = null, log }: Composition, { clock, watch }: CloudParts): GenesysCloud =>
  createGenesysCloud({
    ...platform.hosts,
    clientId: platform.clientId,
    clientSecret: platform.clientSecret,
    clock,
    watch,
    channelStore,
    log: log.child({ part: 'genesys' }),
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

type FeedParts = Pick<BoardFeedOptions, 'board' | 'cloud' | 'clock' | 'intake' | 'onEvent'>;

const feedOf = (composition: Composition, parts: FeedParts): BoardFeed =>
  new BoardFeed({
    ...parts,
    log: composition.log.child({ part: 'ingest' }),
    sweepMs: composition.sweepMs,
    registryRefreshMs: composition.registryRefreshMs,
    sampleEveryMs: composition.sampleEveryMs ?? SAMPLE_EVERY_MS,
    targets: composition.targets ?? EVERYBODY,
    audit: composition.audit ?? null,
  });

/** Platform → board → browsers and record: the way of every event, put together. Nothing runs yet. */
export const floorOf = (composition: Composition, clock: Clock) => {
  const board = new Board(randomUUID());
  const watch = new OperationsWatch({ clock, store: composition.watchedStore ?? null });
  const { latency } = watch;
  const cloud = cloudOf(composition, { clock, watch: watch.calls });
  const recording = recorderOf(composition, { board, cloud, clock });
  const echoes = new PresenceEchoes();
  const intake = new Intake(board, recording, (seen) => echoes.taken(seen));
  const onEvent = latency.noteEvent.bind(latency);
  const feed = feedOf(composition, { cloud, board, clock, intake, onEvent });
  const upstreamNow = () => feed.health();
  const health = new HealthWithin({ board, clock, whole: upstreamNow, liveAgents: () => feed.liveAgents() });
  const upstream = (seen: DivisionScope) => health.of(seen);
  const names = () => feed.names();
  const frames = new FrameEncoder({
    board,
    clock,
    upstream,
    release: composition.release,
    platformNow: () => cloud.platformNow(),
    heartbeatMs: HEARTBEAT_MS,
  });
  const onBeat = latency.beatEnded.bind(latency);
  const hub = new BoardHub({ board, clock, frames, upstream: upstreamNow, onBeat });
  meterLive(watch.registry, { hub, latency, isStoreUp: () => watch.isStoreUp() });
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
  return { board, watch, cloud, recording, echoes, feed, upstream, names, frames, hub, floorHealth };
};
