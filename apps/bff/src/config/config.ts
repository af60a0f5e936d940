import { join } from 'node:path';
import type { AccessibilityMapping, UnknownPolicy } from '@floorwatch/domain';
import { regionHosts, Secret, type RegionHosts } from '@floorwatch/genesys';
import type { Targets } from '../ingest/agent-scope.ts';
import { readAccessibility } from './accessibility-file.ts';
import { ConfigError, type Env } from './env.ts';
import { signInFrom, type SignInConfig } from './sign-in-config.ts';
import { webhooksFrom, type WebhookConfig } from './webhook-config.ts';

/** Which organisation to watch: a real one, or the simulated one that is started beside the BFF. */
export type OrganisationConfig =
  | {
      readonly kind: 'genesys-cloud';
      readonly hosts: RegionHosts;
      readonly clientId: string;
      readonly clientSecret: Secret;
    }
  | {
      readonly kind: 'demo';
      readonly simulator: {
        readonly port: number;
        readonly agents: number;
        readonly speed: number;
        readonly seed: string;
      };
    };

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly logLevel: Env['LOG_LEVEL'];
  readonly organisation: OrganisationConfig;
  /** Null where nobody is asked to sign in. */
  readonly signIn: SignInConfig | null;
  /** How long one full re-reading of all agents takes, ms. */
  readonly sweepMs: number;
  /** How often the list of agents is read again for those who joined or left, ms. */
  readonly registryRefreshMs: number;
  /** Whom to show; everything empty shows the whole organisation. */
  readonly targets: Targets;
  /** Where this process keeps what outlives it. */
  readonly dataDir: string;
  /** A PostgreSQL server, with its password; null for the embedded database in `dataDir`. */
  readonly databaseUrl: Secret | null;
  /** Whether what happens is recorded at all. */
  /** What a collector of metrics has to bring; null where only programs on this machine are answered. */
  readonly metricsToken: Secret | null;
  readonly isRecording: boolean;
  /** How long it is kept, days. */
  readonly retentionDays: number;
  /** How far back the platform's history of agents without any record is fetched, hours. */
  readonly backfillHours: number;
  /** What it means for a change of presence that nobody can tell what is planned. */
  readonly scheduleUnknown: UnknownPolicy;
  /** What counts as accessible. */
  readonly accessibility: AccessibilityMapping;
  readonly webhooks: WebhookConfig;
}

const CREDENTIALS = ['GENESYS_CLOUD_REGION', 'GENESYS_CLOUD_CLIENT_ID', 'GENESYS_CLOUD_CLIENT_SECRET'] as const;

/**
 * Turns checked variables into settings with units.
 * @throws ConfigError when variables contradict each other; with every problem
 */
export const configFrom = (env: Env): Config => {
  const problems: string[] = [];
  const organisation = organisationFrom(env, problems);
  const isDemo = CREDENTIALS.every((name) => env[name] === undefined);
  const signIn = signInFrom({ env, isDemo, problems });
  const webhooks = webhooksFrom(env, problems);
  if (organisation === null || problems.length > 0) throw new ConfigError(problems);
  return {
    host: env.HOST,
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    organisation,
    signIn,
    sweepMs: env.SWEEP_SECONDS * 1000,
    registryRefreshMs: env.REGISTRY_REFRESH_SECONDS * 1000,
    targets: {
      userIds: env.TARGET_USER_IDS,
      divisionIds: env.TARGET_DIVISION_IDS,
      groupIds: env.TARGET_GROUP_IDS,
      queueIds: env.TARGET_QUEUE_IDS,
    },
    dataDir: organisation.kind === 'demo' ? join(env.DATA_DIR, 'demo') : env.DATA_DIR,
    databaseUrl: env.DATABASE_URL === undefined ? null : new Secret(env.DATABASE_URL),
    metricsToken: env.METRICS_TOKEN === undefined ? null : new Secret(env.METRICS_TOKEN),
    isRecording: env.RECORDING === 'on',
    retentionDays: env.RETENTION_DAYS,
    backfillHours: env.BACKFILL_HOURS,
    scheduleUnknown: env.SCHEDULE_UNKNOWN,
    accessibility: readAccessibility(env.ACCESSIBILITY_FILE ?? null),
    webhooks,
  };
};

const organisationFrom = (env: Env, problems: string[]): OrganisationConfig | null => {
  const missing = CREDENTIALS.filter((name) => env[name] === undefined);
  if (missing.length === CREDENTIALS.length)
    return {
      kind: 'demo',
      simulator: {
        port: env.SIMULATOR_PORT,
        agents: env.SIMULATOR_AGENTS,
        speed: env.SIMULATOR_SPEED,
        seed: env.SIMULATOR_SEED,
      },
    };
  for (const name of missing)
    problems.push(
      `${name} is missing: set all of ${CREDENTIALS.join(', ')}, or none of them for the demo organisation`,
    );
  const hosts = env.GENESYS_CLOUD_REGION === undefined ? null : hostsFrom(env.GENESYS_CLOUD_REGION, problems);
  if (hosts === null || env.GENESYS_CLOUD_CLIENT_ID === undefined || env.GENESYS_CLOUD_CLIENT_SECRET === undefined)
    return null;
  return {
    kind: 'genesys-cloud',
    hosts,
    clientId: env.GENESYS_CLOUD_CLIENT_ID,
    clientSecret: new Secret(env.GENESYS_CLOUD_CLIENT_SECRET),
  };
};

const hostsFrom = (region: string, problems: string[]): RegionHosts | null => {
  try {
    return regionHosts(region);
  } catch (error) {
    problems.push(`GENESYS_CLOUD_REGION: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
};
