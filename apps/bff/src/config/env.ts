import { existsSync } from 'node:fs';
import { UNKNOWN_POLICIES } from '@floorwatch/domain';
import { z } from 'zod';

/** A whole number from a variable's text; the default where it is absent or empty. */
const whole = (fallback: number, { min, max }: { min: number; max: number }) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be from ${String(min)} to ${String(max)}`)
    .default(fallback);

/** Words separated by commas; none where it is absent or empty. */
const list = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((word) => word.trim()))].filter((word) => word !== ''))
  .default([]);

/** Ids separated by commas; none where it is absent or empty. */
const ids = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((id) => id.trim()))].filter((id) => id !== ''))
  .refine((list) => list.every((id) => /^[\w-]{1,64}$/.test(id)), 'must be ids separated by commas')
  .default([]);

/** A name for a log level that pino knows. */
const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

/** Every variable the BFF reads, with its default. `.env.example` lists the same ones; a test holds the two together. */
export const envSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(8080, { min: 0, max: 65_535 }),
  LOG_LEVEL: logLevel.default('info'),
  GENESYS_CLOUD_REGION: z.string().optional(),
  GENESYS_CLOUD_CLIENT_ID: z.string().optional(),
  GENESYS_CLOUD_CLIENT_SECRET: z.string().optional(),
  SIGN_IN: z.enum(['on', 'off']).optional(),
  GENESYS_CLOUD_SIGN_IN_CLIENT_ID: z.string().optional(),
  GENESYS_CLOUD_SIGN_IN_CLIENT_SECRET: z.string().optional(),
  PUBLIC_URL: z.string().optional(),
  TRUSTED_PROXY: list,
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters').max(1000).optional(),
  SESSION_IDLE_MINUTES: whole(60, { min: 5, max: 1440 }),
  SESSION_HOURS: whole(12, { min: 1, max: 168 }),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').max(1000).optional(),
  SWEEP_SECONDS: whole(300, { min: 1, max: 3600 }),
  REGISTRY_REFRESH_SECONDS: whole(900, { min: 1, max: 86_400 }),
  TARGET_USER_IDS: ids,
  TARGET_DIVISION_IDS: ids,
  TARGET_GROUP_IDS: ids,
  TARGET_QUEUE_IDS: ids,
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\//,
      'must be the address of a PostgreSQL server, postgresql://user:password@host/database',
    )
    .optional(),
  RECORDING: z.enum(['on', 'off']).default('on'),
  RETENTION_DAYS: whole(92, { min: 1, max: 3660 }),
  BACKFILL_HOURS: whole(24, { min: 0, max: 744 }),
  WEBHOOK_ENDPOINT: z.string().optional(),
  WEBHOOK_SECRET: z.string().optional(),
  WEBHOOK_ALLOWED_HOSTS: list,
  ACCESSIBILITY_FILE: z.string().optional(),
  SCHEDULE_UNKNOWN: z.enum(UNKNOWN_POLICIES).default('warn'),
  SIMULATOR_PORT: whole(8090, { min: 0, max: 65_535 }),
  SIMULATOR_AGENTS: whole(500, { min: 10, max: 20_000 }),
  SIMULATOR_SPEED: whole(1, { min: 0, max: 60 }),
  SIMULATOR_SEED: z.string().min(1).max(100).default('floorwatch'),
});

export type Env = z.infer<typeof envSchema>;

/** What is wrong with the environment, a line for each variable. Holds no values: one of them is a secret. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Floorwatch cannot start with this configuration:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Parses the environment once. An empty variable counts as absent.
 * @throws ConfigError with every problem, not only the first
 */
export const readEnv = (raw: NodeJS.ProcessEnv = process.env): Env => {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== ''));
  const parsed = envSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
};

/** Adds what a `.env` file in the working directory says; what the environment already has stays. */
export const loadEnvFile = (): void => {
  if (existsSync('.env')) process.loadEnvFile('.env');
};
