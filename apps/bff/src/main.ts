import { readFileSync } from 'node:fs';
import { Secret } from '@floorwatch/genesys';
import { pino, type Logger } from 'pino';
import { z } from 'zod';
import { compose, type Composition } from './compose.ts';
import { configFrom, type Config } from './config/config.ts';
import { ConfigError, loadEnvFile, readEnv } from './config/env.ts';
import { ChannelFile } from './ingest/channel-file.ts';
import { startDemoOrganisation, type DemoOrganisation } from './demo-organisation.ts';

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

const connectTo = async ({ organisation, dataDir }: Config): Promise<Connection> => {
  if (organisation.kind === 'genesys-cloud')
    return {
      channelStore: new ChannelFile({ dataDir, apiUrl: organisation.hosts.apiUrl, clientId: organisation.clientId }),
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

const run = async (config: Config, log: Logger): Promise<void> => {
  const asked = askedToEnd();
  const { demo, ...connection } = await connectTo(config);
  try {
    const { sweepMs, registryRefreshMs, targets } = config;
    const { app, feed } = await compose({
      log,
      release: releaseOf(),
      sweepMs,
      registryRefreshMs,
      targets,
      ...connection,
    });
    const address = await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
      throw new StartFailed(error instanceof Error ? explainListenError(error, config) : String(error));
    });
    feed.start();
    say(`Floorwatch watches ${connection.organisation.name}: ${address}`);
    const reason = await reasonToEnd(asked, demo === null ? [feed.failed] : [feed.failed, demo.ended]);
    log.info({ event: 'draining', reason }, 'Floorwatch is stopping');
    await app.close();
    await feed.stop();
  } finally {
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
