import type {
  AccessibilityMapping,
  ApiKeyStore,
  AuditLog,
  Board,
  ChangeStore,
  Clock,
  RecordedStream,
  UnknownPolicy,
} from '@floorwatch/domain';
import type { ChannelStore, RegionHosts, Secret } from '@floorwatch/genesys';
import type { AutomationStore } from '@floorwatch/store';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { SignInSettings } from './access.ts';
import type { HeadWitness } from './audit/head-witness.ts';
import type { Targets } from './ingest/agent-scope.ts';
import type { BoardFeed } from './ingest/board-feed.ts';
import type { WatchedStore } from './observability/operations-watch.ts';
import type { PresenceOrderStore } from './presence-change/presence-order-services.ts';
import type { KeptStore, Recorder, RecorderOptions } from './recording/recorder.ts';
import type { Webhooks, WebhookSettings } from './webhooks/compose-webhooks.ts';

/** How long what happens is kept where nothing else is said, days. */
export const DEFAULT_RETENTION_DAYS = 92;

/** What Floorwatch is put together from. */
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
  /** The same in the order in which it was written, for other systems; without it they have no feed. */
  readonly stream?: RecordedStream | null;
  /** Where it is kept who did what; without it nothing can be changed. */
  readonly audit?: AuditLog | null;
  /** The keys of other systems; without it there are none. */
  readonly apiKeys?: ApiKeyStore | null;
  /** Where automations are kept; without it nothing is done by itself. */
  readonly automation?: AutomationStore | null;
  /** Where changes of presences are kept; without it none can be made. */
  readonly changes?: ChangeStore | null;
  /** Where it is kept what goes on without whoever asked for it; without it there are no bulks and no holds, and nothing waits. */
  readonly orders?: PresenceOrderStore | null;
  /** What it means for a change that nobody can tell what is planned; `warn` where it is left out. */
  readonly scheduleUnknown?: UnknownPolicy;
  /** How what happens is recorded there; nothing is where it is left out. */
  readonly recording?: Pick<RecorderOptions, 'jobs' | 'dataDir'> & { readonly backfillHours?: number };
  /** How long it is kept, days; `DEFAULT_RETENTION_DAYS` where it is left out. */
  readonly retentionDays?: number;
  /** Whom to tell of what is recorded; nobody where it is left out. */
  readonly webhooks?: WebhookSettings | null;
  /** What is watched of the store; nothing where it is left out. */
  readonly watchedStore?: WatchedStore | null;
  /** How people sign in; nobody is asked to where it is left out. */
  readonly signIn?: SignInSettings | null;
  /** What counts as accessible; the default of the domain where it is left out. */
  readonly accessibility?: AccessibilityMapping;
  /** What a collector of metrics has to bring; without it only programs on this machine are answered. */
  readonly metricsToken?: Secret | null;
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
  /** To be started when Floorwatch runs, and stopped before recording is; null where nobody is told. */
  readonly webhooks: Webhooks | null;
}
