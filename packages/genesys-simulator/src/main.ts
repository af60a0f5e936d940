import { readEnvironment } from './env.ts';
import { startSimulator } from './simulator.ts';

const environment = readEnvironment();
if ('problems' in environment) fail(environment.problems.join('\n'));
else await run(environment);

async function run(settings: Parameters<typeof startSimulator>[0] & { readonly port: number }): Promise<void> {
  try {
    const { url, clientId, clientSecret, signInClient, organisation, close } = await startSimulator(settings);
    const client = { clientId, clientSecret, signInClient };
    const listening = { event: 'listening', url, ...client, organisation: organisation.name };
    process.stdout.write(`${JSON.stringify(listening)}\n`);
    process.send?.(listening);
    const stop = (): void => {
      void close().then(() => process.exit(0));
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    // The parent is gone, however it went: nobody else would stop this process.
    process.once('disconnect', stop);
  } catch (error) {
    fail(whyNot(error, settings.port));
  }
}

function whyNot(error: unknown, port: number): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `port ${port} is in use: stop what listens there, or set SIMULATOR_PORT to another one (0 takes any free port)`;
  return error instanceof Error ? error.message : String(error);
}

/** The loop ends by itself afterwards: nothing listens. */
function fail(message: string): void {
  process.stderr.write(`simulator: ${message}\n`);
  process.exitCode = 1;
}
