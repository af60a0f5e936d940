import { readFileSync } from 'node:fs';
import { Secret } from '@floorwatch/genesys';
import { openStore, StoreMisconfigured, type Store } from '@floorwatch/store';
import { pino, type Logger } from 'pino';
import { z } from 'zod';
import type { SignInSettings } from './access.ts';
import { compose, type Composition, type Floorwatch } from './compose.ts';
import { configFrom, type Config } from './config/config.ts';
import { ConfigError, loadEnvFile, readEnv } from './config/env.ts';
import { sessionKeyIn } from './config/session-key.ts';
import { startDemoOrganisation, type DemoOrganisation } from './demo-organisation.ts';
import { systemClock } from './system-clock.ts';
import type { WebhookSettings } from './webhooks/compose-webhooks.ts';

/** Words for the person who started this; everything else goes to the log. */
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** A start that cannot succeed: one clear message, no stack, exit code 1. */
class StartFailed extends Error {}

const releaseOf = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
};

type Connection = Pick<Composition, 'organisation' | 'platform' | 'channelStore'> & { demo: DemoOrganisation | null };

/** How people sign in: through the client of the settings, or that of the demo organisation. */
const signInOf = ({ signIn, dataDir }: Config, store: Store, demo: DemoOrganisation | null): SignInSettings | null => {
  if (signIn === null) return null;
  const { client, secret, ...rest } = signIn;
  const ofDemo = demo && { clientId: demo.signInClient.id, clientSecret: new Secret(demo.signInClient.secret) };
  const chosen = client ?? ofDemo;
  if (chosen === null) throw new Error('sign-in is on without a client: the configuration should have said so');
  const key = secret?.reveal() ?? sessionKeyIn(dataDir);
  return { ...rest, client: chosen, key, store: store.sessions };
};

/** Whom to tell of what is recorded. */
const webhooksOf = ({ webhooks, signIn, dataDir }: Config, store: Store): WebhookSettings => ({
  store,
  key: signIn?.secret?.reveal() ?? sessionKeyIn(dataDir),
  allowedHosts: webhooks.allowedHosts,
  endpoint: webhooks.endpoint && { ...webhooks.endpoint, secret: webhooks.endpoint.secret.reveal() },
});

interface Watch {
  readonly asked: Promise<string>;
  readonly log: Logger;
  readonly organisation: Connection['organisation'];
  readonly demo: DemoOrganisation | null;
}

const connectTo = async ({ organisation }: Config, store: Store): Promise<Connection> => {
  if (organisation.kind === 'genesys-cloud')
    return {
      channelStore: store.channelsOf({
        apiUrl: organisation.hosts.apiUrl,
        clientId: organisation.clientId,
        seal: (text) => new Secret(text),
      }),
      organisation: { name: new URL(organisation.hosts.apiUrl).host, isDemo: false },
      platform: organisation,
      demo: null,
    };
  const demo = await startDemoOrganisation(organisation.simulator).catch((error: unknown) => {
    throw new StartFailed(error instanceof Error ? error.message : String(error));
  });
  return {
    organisation: { name: 'Demo organisation', isDemo: true },
    platform: {
      hosts: { loginUrl: demo.url, apiUrl: demo.url },
      clientId: demo.clientId,
      clientSecret: new Secret(demo.clientSecret),
    },
    demo,
  };
};

const explainListenError = (error: NodeJS.ErrnoException, { host, port }: Config): string =>
  error.code === 'EADDRINUSE'
    ? `Port ${String(port)} on ${host} is in use: stop what listens there, or set PORT to a free one`
    : `Cannot listen on ${host}:${String(port)}: ${error.message}`;

/** Why to end: somebody asks for it, or something is lost without which there is nothing to show. */
const reasonToEnd = async (asked: Promise<string>, losses: readonly Promise<string>[]): Promise<string> => {
  const { reason, isLoss } = await Promise.race([
    asked.then((signal) => ({ reason: signal, isLoss: false })),
    ...losses.map(async (loss) => ({ reason: await loss, isLoss: true })),
  ]);
  if (isLoss) {
    process.stderr.write(`${reason}\n`);
    process.exitCode = 1; // whoever supervises this process starts it again
  }
  return reason;
};

/** Resolves with the name of the signal that asks this process to end. */
const askedToEnd = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });

/** The demo organisation is invented anew with each start, past and all: what was recorded of another one is not its past. */
const openStoreOf = ({ databaseUrl, dataDir, organisation }: Config, log: Logger): Promise<Store> =>
  openStore({
    databaseUrl: databaseUrl?.reveal() ?? null,
    dataDir,
    startsAfresh: organisation.kind === 'demo',
    clock: systemClock,
    log: log.child({ part: 'store' }),
  }).catch((error: unknown) => {
    throw error instanceof StoreMisconfigured ? new StartFailed(error.message) : error;
  });

/** Watches until somebody asks for the end: first nothing comes in any more, then what has come in is written. */
const watch = async (
  floorwatch: Floorwatch,
  config: Config,
  { asked, log, organisation, demo }: Watch,
): Promise<void> => {
  const { app, feed, recording, witness, webhooks } = floorwatch;
  const address = await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
    throw new StartFailed(error instanceof Error ? explainListenError(error, config) : String(error));
  });
  recording?.start();
  witness?.start();
  webhooks?.start();
  feed.start();
  say(`Floorwatch watches ${organisation.name}: ${config.signIn?.publicUrl?.origin ?? address}`);
  if (demo !== null && config.signIn !== null)
    say('Sign in as one of its people: a supervisor, a team lead, a viewer, an agent without rights, an admin');
  const losses = [feed.failed, recording?.failed, demo?.ended].filter((loss) => loss !== undefined);
  const reason = await reasonToEnd(asked, losses);
  log.info({ event: 'draining', reason }, 'Floorwatch is stopping');
  await app.close();
  await webhooks?.stop();
  await feed.stop();
  await recording?.stop();
  await witness?.stop();
};

const run = async (config: Config, log: Logger): Promise<void> => {
  const asked = askedToEnd();
  const store = await openStoreOf(config, log);
  let demo: DemoOrganisation | null = null;
  try {
    const connection = await connectTo(config, store);
    ({ demo } = connection);
    const { sweepMs, registryRefreshMs, targets, retentionDays, backfillHours, dataDir, accessibility, isRecording } =
      config;
    const { scheduleUnknown } = config;
    const floorwatch = await compose({
      log,
      release: releaseOf(),
      sweepMs,
      registryRefreshMs,
      targets,
      ...connection,
      signIn: signInOf(config, store, demo),
      // What was recorded before it was switched off would pass for all that happened since.
      store: isRecording ? store.recording : null,
      stream: isRecording ? store.stream : null,
      webhooks: isRecording ? webhooksOf(config, store) : null,
      audit: store.audit,
      apiKeys: store.apiKeys,
      changes: store.changes,
      automation: store.automation,
      orders: store,
      scheduleUnknown,
      watchedStore: {
        status: () => store.status(),
        sizeBytes: () => store.sizeBytes(),
        countJobs: () => store.jobs.counts(),
      },
      retentionDays,
      metricsToken: config.metricsToken,
      accessibility,
      ...(isRecording && { recording: { jobs: store.jobs, dataDir, backfillHours } }),
    });
    await watch(floorwatch, config, { asked, log, ...connection });
  } finally {
    await store.close();
    await demo?.stop();
  }
};

const start = async (): Promise<void> => {
  try {
    loadEnvFile();
    const config = configFrom(readEnv());
    await run(
      config,
      pino({ level: config.logLevel, redact: ['*.authorization', '*.clientSecret', '*.access_token'] }),
    );
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof StartFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
};

await start();
