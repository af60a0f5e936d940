import { fork, type ChildProcess } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { OrganisationConfig } from './config/config.ts';

type SimulatorSettings = Extract<OrganisationConfig, { kind: 'demo' }>['simulator'];

const listening = z.object({
  event: z.literal('listening'),
  url: z.url(),
  clientId: z.string(),
  clientSecret: z.string(),
  signInClient: z.object({ id: z.string(), secret: z.string() }),
});

/** How much of what the child says on its error output is kept for the message, characters. */
const MAX_COMPLAINT_LENGTH = 2000;

/** The simulated organisation, running in a process of its own. */
export interface DemoOrganisation {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The client that its people sign in through. */
  readonly signInClient: { readonly id: string; readonly secret: string };
  /** Resolves with what went wrong when the process ends on its own. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts the simulator beside the BFF, over real HTTP and WebSocket, and waits until it listens.
 * The child ends by itself when this process does: it watches the IPC channel.
 * @throws Error with the child's own words when it cannot start (a port in use, say)
 */
export const startDemoOrganisation = async (settings: SimulatorSettings): Promise<DemoOrganisation> => {
  const child = fork(fileURLToPath(import.meta.resolve('@floorwatch/genesys-simulator/main')), [], {
    env: {
      PATH: '',
      NODE_COMPILE_CACHE: getCompileCacheDir(),
      SIMULATOR_PORT: String(settings.port),
      SIMULATOR_AGENTS: String(settings.agents),
      SIMULATOR_SPEED: String(settings.speed),
      SIMULATOR_SEED: settings.seed,
    },
    execArgv: [], // flags meant for the BFF (a profiler's, say) are not the child's
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    detached: true, // a Ctrl-C in the terminal reaches the BFF only, which drains first and then stops the child
  });
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-MAX_COMPLAINT_LENGTH);
  });
  const ended = endOf(child, () => complaints.trim());
  const ready = await Promise.race([firstMessage(child), ended.then((reason) => Promise.reject(new Error(reason)))]);
  return {
    ...ready,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

const firstMessage = (child: ChildProcess): Promise<z.infer<typeof listening>> =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => {
      const parsed = listening.safeParse(message);
      if (parsed.success) resolve(parsed.data);
      else reject(new Error('the simulator answered in an unknown way: is it from another release?'));
    });
  });

const endOf = (child: ChildProcess, complaints: () => string): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(`the simulator could not be started: ${error.message}`);
    });
    child.once('exit', (code, signal) => {
      const words = complaints();
      resolve(`the simulator ended (${signal ?? `code ${String(code)}`})${words === '' ? '' : `: ${words}`}`);
    });
  });
