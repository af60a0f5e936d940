import { agentId, WINDOW_LOOK_BACK_MS, windowsOf, type Interval } from '@floorwatch/domain';
import type { RunningSimulator } from '@floorwatch/genesys-simulator';
import type { Store } from '@floorwatch/store';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { stopEverything } from '../processes/teardown.ts';
import { makePlace } from '../store/store-place.ts';
import { wholeWindows } from './judge-recording.ts';
import { OracleFloor } from './oracle-floor.ts';
import { OracleLife } from './oracle-life.ts';
import { watch } from './watched.ts';

const MINUTE_MS = 60_000;

afterEach(stopEverything);

/** What is on the wire to somebody who follows the same topics. */
class FrameTap {
  readonly frames: string[] = [];
  readonly #socket: WebSocket;

  private constructor(connectUri: string) {
    this.#socket = new WebSocket(connectUri);
    this.#socket.on('message', (data) => {
      const text = Buffer.isBuffer(data) ? data.toString('utf8') : '';
      if (text.includes('.activity"')) this.frames.push(text);
    });
  }

  static async open(simulator: RunningSimulator, userIds: readonly string[]): Promise<FrameTap> {
    const { url, clientId, clientSecret } = simulator;
    const post = async (path: string, authorization: string, body: string): Promise<Record<string, string>> => {
      const type = body.startsWith('grant_type') ? 'application/x-www-form-urlencoded' : 'application/json';
      const headers = { authorization, 'content-type': type };
      const reply = await fetch(`${url}${path}`, { method: 'POST', headers, body });
      return (await reply.json()) as Record<string, string>;
    };
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const { access_token: token } = await post('/oauth/token', basic, 'grant_type=client_credentials');
    const bearer = `Bearer ${token ?? ''}`;
    const channel = await post('/api/v2/notifications/channels', bearer, '');
    const topics = userIds.map((id) => ({ id: `v2.users.${id}.activity` }));
    await post(`/api/v2/notifications/channels/${channel['id'] ?? ''}/subscriptions`, bearer, JSON.stringify(topics));
    const tap = new FrameTap(channel['connectUri'] ?? '');
    await new Promise((resolve) => tap.#socket.once('open', resolve));
    return tap;
  }

  close(): void {
    this.#socket.terminate();
  }
}

/** Every figure there is: changes, and windows as they are kept. */
const figuresOf = async ({ recording }: Store, userIds: readonly string[], range: Interval) => ({
  transitions: await recording.readTransitions({ agentIds: userIds.map(agentId), ...range }),
  windows: await recording.readWindows({ agentIds: userIds.map(agentId), ...wholeWindows(range) }),
});

it(
  'the same events once more change not one figure: neither those of the platform nor those of the recorder’s own queue',
  { timeout: 120_000 },
  async () => {
    const place = await makePlace('embedded');
    const startsAt = Date.parse('2026-10-25T00:10:00.000Z');
    const floor = await OracleFloor.open({ agents: 20, seed: 'replay', startsAt, stepMs: 2000 });
    const store = await place.open();
    const watched = await watch(floor, store, place.dataDir);
    const life = new OracleLife({ floor, watched, troubles: [], progress: () => undefined });
    const { agentIds } = floor.truth;
    const tap = await FrameTap.open(floor.simulator, agentIds);
    const range = await life.live(75 * MINUTE_MS);
    const heard = [...tap.frames];
    expect(heard.length).toBeGreaterThan(300);
    const before = await figuresOf(store, agentIds, range);
    expect(before.windows.length).toBe(20 * 15);

    for (const text of heard) {
      const { topicName } = JSON.parse(text) as { topicName: string };
      await floor.control.sendFrame({ text, topicName });
    }
    await floor.simulator.settle();
    await life.goOn(10 * MINUTE_MS);
    await watched.floorwatch.recording?.settle();
    expect(await figuresOf(store, agentIds, range)).toEqual(before);

    const recorded = [...before.transitions.values()].flat();
    expect(recorded.length).toBeGreaterThan(500);
    expect(await store.recording.addTransitions(recorded.toReversed())).toBe(0);
    expect(await figuresOf(store, agentIds, range)).toEqual(before);
    for (const id of agentIds.map(agentId)) {
      const reach = { from: range.from - WINDOW_LOOK_BACK_MS, to: range.to + 30 * MINUTE_MS };
      const transitions = (await store.recording.readTransitions({ agentIds: [id], ...reach })).get(id) ?? [];
      const gaps = await store.recording.readGaps({ agentIds: [id], ...reach });
      const again = windowsOf(id, { transitions, gaps }, wholeWindows(range));
      expect(again).toEqual(before.windows.filter((window) => window.agentId === id));
    }
    tap.close();
    await watched.stop();
    await store.close();
    await floor.close();
  },
);
