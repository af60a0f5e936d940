import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { credentials, Floor, listeningOf } from '../support/floor.ts';
import { addressOf, startFloorwatch, startPlatform } from '../support/floorwatch.ts';
import type { Program } from '../support/program.ts';
import { PROTOCOL } from '../support/protocol.ts';
import { until } from '../support/until.ts';
import { expect, test } from '../support/watched-test.ts';

const SECRET = 'a-secret-nobody-may-read';
const CREDENTIALS = { GENESYS_CLOUD_CLIENT_ID: 'some-client', GENESYS_CLOUD_CLIENT_SECRET: SECRET };

/** Runs the story with a program and stops it, whatever happens; no program may ever print the secret. */
const withFloorwatch = async (
  env: Readonly<Record<string, string>>,
  act: (floorwatch: Program) => Promise<void>,
): Promise<void> => {
  const floorwatch = startFloorwatch(env);
  try {
    await act(floorwatch);
  } finally {
    await floorwatch.stop();
  }
  expect(floorwatch.output).not.toContain(SECRET);
};

interface Upstream {
  readonly state: string;
  readonly hop: string | null;
}

/** What the page's header and banner are made of; whoever asks without signing in is only told which hop it is. */
const upstreamOf = async (address: string): Promise<Upstream & { readonly message: string | null }> => {
  const readiness = await fetch(`${address}/readyz`);
  const { upstream: brief } = (await readiness.json()) as { upstream: Upstream };
  expect(readiness.status).toBe(503);
  const health = await fetch(`${address}/api/floor-health`);
  const { upstream } = (await health.json()) as { upstream: Upstream & { message: string | null } };
  expect(brief).toEqual({ state: upstream.state, hop: upstream.hop });
  return upstream;
};

const occupy = async (): Promise<{ server: Server; port: string }> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return { server, port: String(address.port) };
};

test('a half-configured start ends at once and names what is missing', async () => {
  await withFloorwatch({ GENESYS_CLOUD_CLIENT_SECRET: SECRET }, async (floorwatch) => {
    expect(await floorwatch.endsByItself()).toEqual({ code: 1, signal: null });
    expect(floorwatch.output).toMatch(/GENESYS_CLOUD_REGION is missing/);
    expect(floorwatch.output).toMatch(/GENESYS_CLOUD_CLIENT_ID is missing/);
    expect(floorwatch.output).not.toMatch(/\n\s+at /); // words for a person, not a stack
  });
});

test('a region that does not exist ends the start and lists those that do', async () => {
  await withFloorwatch({ ...CREDENTIALS, GENESYS_CLOUD_REGION: 'mars-north-1' }, async (floorwatch) => {
    expect(await floorwatch.endsByItself()).toEqual({ code: 1, signal: null });
    expect(floorwatch.output).toMatch(/GENESYS_CLOUD_REGION: .*mypurecloud\.de/);
  });
});

test('a wrong secret: Floorwatch goes on trying, and log, health and page say which setting to check', async ({
  page,
}) => {
  const platform = startPlatform({ SIMULATOR_AGENTS: '10' });
  const listening = await listeningOf(platform);
  await withFloorwatch(credentials({ ...listening, clientSecret: SECRET }), async (floorwatch) => {
    const address = await addressOf(floorwatch);
    await floorwatch.says(/"event":"load-\w+-failed","attempt":2/);
    expect(floorwatch.output).toMatch(/check GENESYS_CLOUD_CLIENT_SECRET/);
    const upstream = await upstreamOf(address);
    expect(upstream).toMatchObject({ state: 'starting', hop: 'sign-in' });
    expect(upstream.message).toMatch(/check GENESYS_CLOUD_CLIENT_SECRET/);
    await page.goto(address);
    await expect(page.getByText(/check GENESYS_CLOUD_CLIENT_SECRET/).first()).toBeVisible();
  });
  await platform.stop();
});

test('a platform that cannot be reached: host and cause are named, and it is tried again until it is there', async () => {
  const before = startPlatform({ SIMULATOR_AGENTS: '10' });
  const listening = await listeningOf(before);
  await before.stop(); // nobody listens there now
  const { host, port } = new URL(listening.url);
  await withFloorwatch(credentials(listening), async (floorwatch) => {
    const address = await addressOf(floorwatch);
    await floorwatch.says(/"event":"load-\w+-failed","attempt":1/);
    const upstream = await upstreamOf(address);
    expect(upstream).toMatchObject({ state: 'starting', hop: 'api' });
    expect(upstream.message).toContain(host);
    expect(upstream.message).toMatch(/nothing listens there/);
    const platform = startPlatform({ SIMULATOR_AGENTS: '10', SIMULATOR_PORT: port });
    await floorwatch.says(/"event":"board-complete","agents":10/);
    await platform.stop();
  });
});

test('a host that does not exist: the page says which, and that it is tried again', async ({ page }) => {
  const hosts = { GENESYS_CLOUD_REGION: 'http://floorwatch.invalid' };
  await withFloorwatch({ ...CREDENTIALS, ...hosts }, async (floorwatch) => {
    await floorwatch.says(/"event":"load-names-failed","attempt":3/);
    await page.goto(await addressOf(floorwatch));
    await expect(page.getByText(/cannot reach floorwatch\.invalid: the name .*(ENOTFOUND|EAI_AGAIN)/)).toBeVisible();
    await expect(page.getByText(/tries again until it works/)).toBeVisible();
  });
});

test('a wall that is narrowed by configuration says so, and out of how many', async ({ page }) => {
  const platform = startPlatform({ SIMULATOR_AGENTS: '40' });
  const listening = await listeningOf(platform);
  const { agents } = await new SimulatorControl(listening.url).truth();
  const TARGET_USER_IDS = agents
    .slice(0, 12)
    .map(({ userId }) => userId)
    .join(',');
  await withFloorwatch({ ...credentials(listening), TARGET_USER_IDS }, async (floorwatch) => {
    await floorwatch.says(/"event":"board-complete","agents":12/);
    await page.goto(await addressOf(floorwatch));
    await expect(page.getByText('12 of 40 agents: narrowed by configuration')).toBeVisible();
  });
  await platform.stop();
});

test('a port in use, Floorwatch’s own or the simulator’s, is named with the variable that changes it', async () => {
  const { server, port } = await occupy();
  await withFloorwatch({ PORT: port, SIMULATOR_PORT: '0' }, async (floorwatch) => {
    expect(await floorwatch.endsByItself()).toEqual({ code: 1, signal: null });
    expect(floorwatch.output).toMatch(new RegExp(`Port ${port} .*in use.*PORT`));
  });
  await withFloorwatch({ SIMULATOR_PORT: port }, async (floorwatch) => {
    expect(await floorwatch.endsByItself()).toEqual({ code: 1, signal: null });
    expect(floorwatch.output).toMatch(new RegExp(`port ${port} is in use.*SIMULATOR_PORT`));
  });
  server.close();
});

test('malformed frames, unknown ids and unknown versions are answered with the cause and the way out', async () => {
  const floor = await Floor.open({ agents: 10, speed: 0 });
  try {
    const agent = await fetch(`${floor.url}/api/agents/nobody-has-this-id`);
    expect(agent.status).toBe(404);
    expect(await agent.json()).toMatchObject({
      code: 'agent-not-found',
      message: expect.stringContaining('nobody-has-this-id'),
    });
    const address = await fetch(`${floor.url}/api/no-such-thing`);
    expect(address.status).toBe(404);
    expect(await address.json()).toMatchObject({ code: 'not-found', correlationId: expect.any(String) });

    expect(await converse(floor.url, { protocol: 0, say: [] })).toMatchObject({
      code: 4010,
      refused: { code: 'protocol-too-old', message: expect.stringMatching(/reload/i) },
    });
    for (const frame of ['{"type":', '[]', '{"type":"subscribe"}', 'x'.repeat(3000)])
      expect(await converse(floor.url, { protocol: PROTOCOL, say: [frame] })).toMatchObject({
        code: 4400,
        refused: { code: 'malformed-frame' },
      });
    const foreign = JSON.stringify({ type: 'subscribe', epoch: 'from-another-run', version: 1 });
    expect(await converse(floor.url, { protocol: PROTOCOL, say: [foreign], hangUpAfterRefusal: true })).toMatchObject({
      refused: { code: 'epoch-unknown' },
    });

    await floor.simulator.sendFrame({ text: '{"topicName":' });
    await floor.simulator.sendFrame({ text: '{"topicName":"v2.unheard.of","eventBody":{}}' });
    const { agents } = await floor.simulator.truth();
    const first = agents[0]?.userId ?? '';
    await floor.simulator.sendFrame({
      text: JSON.stringify({
        topicName: `v2.users.${first}.activity`,
        version: '2',
        eventBody: { id: first, routingStatus: { status: 'JUGGLING' }, presence: 7 },
      }),
    });
    await floor.simulator.push({ userId: first, presence: { systemPresence: 'Training' } });
    await until('the event after the malformed ones is on the board', async () => {
      const detail = (await (await fetch(`${floor.url}/api/agents/${first}`)).json()) as {
        presence: { system: string } | null;
      };
      return detail.presence?.system === 'training';
    });
    expect(floor.floorwatch.isRunning).toBe(true);
    expect(floor.floorwatch.output).not.toContain('"level":60');
  } finally {
    await floor.close();
  }
});

interface Conversation {
  readonly protocol: number;
  /** Frames the browser sends after the greeting. */
  readonly say: readonly string[];
  readonly hangUpAfterRefusal?: boolean;
}

/** Talks to the live socket as a browser of our own making. @returns the refusal, and how the socket was closed */
const converse = async (
  url: string,
  { protocol, say, hangUpAfterRefusal = false }: Conversation,
): Promise<{ code: number; refused: unknown }> => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live?protocol=${String(protocol)}`);
  let refused: unknown = null;
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const frame = JSON.parse(data) as { type: string };
    if (frame.type === 'hello') for (const text of say) socket.send(text);
    if (frame.type === 'refused') refused = frame;
    if (frame.type === 'refused' && hangUpAfterRefusal) socket.close();
  });
  const code = await new Promise<number>((closed) => {
    socket.addEventListener('close', (event) => {
      closed(event.code);
    });
  });
  return { code, refused };
};
