import { agentId, Board, type AgentId, type AgentObservation, type RoutingState } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { GenesysRejected, GenesysUnavailable } from '@floorwatch/genesys';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { Intake } from '../intake.ts';
import { StuckWatch } from './stuck-watch.ts';

const CONTEXT = { method: 'GET', path: '/api/v2/analytics/agents/{userId}/status', correlationId: null };
const signal = new AbortController().signal;

describe('StuckWatch', () => {
  let clock: FakeClock;
  let board: Board;
  let watch: StuckWatch;
  let reread: AgentId[][];
  let statusAsked: AgentId[];
  /** What reading a user again, or asking for agent status, brings. */
  let onRead: (id: AgentId) => void;
  let onStatus: (id: AgentId) => Partial<AgentObservation>;

  const observe = (id: AgentId, parts: Partial<AgentObservation>): AgentObservation => ({
    agentId: id,
    observedAt: clock.now(),
    platformNow: clock.now(),
    kind: 'snapshot',
    ...parts,
  });

  const routing = (state: RoutingState) => ({ routing: { state, since: { at: clock.now(), exact: true } } });
  const calls = (active: number) => ({ contacts: { call: { active, afterCallWork: 0 } } });

  const join = (name: string): AgentId => {
    const id = agentId(name);
    board.putAgent({ id, name, divisionId: null, title: null, department: null, team: null });
    const presence = { system: 'onQueue', definitionId: null, message: null, since: { at: 0, exact: true } } as const;
    board.applyEvent(observe(id, { presence, ...routing('interacting'), ...calls(0) }));
    return id;
  };

  const flagsOf = (id: AgentId): readonly string[] => board.rowOf(id)?.flags.map(({ reason }) => reason) ?? [];

  beforeEach(() => {
    clock = new FakeClock();
    board = new Board('epoch-1');
    reread = [];
    statusAsked = [];
    onRead = () => undefined;
    onStatus = () => ({});
    watch = new StuckWatch({
      intake: new Intake(board, null),
      board,
      clock,
      log: pino({ level: 'silent' }),
      reader: {
        read: ({ ids }) => {
          reread.push([...ids]);
          for (const id of ids) onRead(id);
          return Promise.resolve();
        },
      },
      cloud: {
        platformNow: () => clock.now(),
        getAgentStatus: async (id) => {
          statusAsked.push(id);
          return observe(id, onStatus(id));
        },
      },
    });
    board.onChange((change) => {
      watch.noted(change);
    });
  });

  const checkAfter = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await watch.check(signal);
    watch.clear();
  };

  it('suspects nobody before a minute has passed', async () => {
    join('ann');
    await checkAfter(59_999);
    expect(reread).toEqual([]);
  });

  it('asks for the user first, and believes an answer with a contact in it', async () => {
    const ann = join('ann');
    onRead = (id) => void board.applyEvent(observe(id, calls(1)));
    await checkAfter(60_000);
    expect(reread).toEqual([[ann]]);
    expect(statusAsked).toEqual([]);
    expect(watch.status()).toMatchObject({ adopted: 1, confirmed: 0 });
  });

  it('then asks for agent status, and takes over the routing status it gives', async () => {
    const ann = join('ann');
    onStatus = () => routing('idle');
    await checkAfter(60_000);
    expect(board.rowOf(ann)).toMatchObject({ activity: 'ready', flags: [] });
    expect(watch.status()).toMatchObject({ adopted: 1, stuck: 0 });
  });

  it('flags who still looks stuck, and takes the flag down as soon as the state moves on', async () => {
    const ann = join('ann');
    await checkAfter(60_000);
    expect(flagsOf(ann)).toEqual([expect.stringMatching(/no contact.*shows no open session/)]);
    board.applyEvent(observe(ann, routing('idle')));
    watch.clear();
    expect(flagsOf(ann)).toEqual([]);
    expect(watch.status()).toMatchObject({ stuck: 0, confirmed: 1 });
  });

  it('looks again at a stuck agent, but not before five minutes have passed', async () => {
    join('ann');
    await checkAfter(60_000);
    await checkAfter(60_000);
    expect(statusAsked).toHaveLength(1);
    await checkAfter(240_000);
    expect(statusAsked).toHaveLength(2);
  });

  it('decides by the summary alone where agent status is not allowed, names the permission, and does not insist', async () => {
    const [ann, bob] = [join('ann'), join('bob')];
    onStatus = () => {
      throw new GenesysRejected({ message: 'no right', context: CONTEXT, status: 403, code: 'missing.permissions' });
    };
    await checkAfter(60_000);
    for (const id of [ann, bob]) expect(flagsOf(id)).toEqual([expect.stringMatching(/analytics:agentState:view/)]);
    expect(statusAsked).toEqual([ann]);
    expect(watch.status().statusRefused).toMatch(/no right/);
  });

  it('decides nothing while the platform cannot be asked, and tries again', async () => {
    const ann = join('ann');
    onStatus = () => {
      throw new GenesysUnavailable({ message: 'away', context: CONTEXT, status: 503 });
    };
    await checkAfter(60_000);
    expect(flagsOf(ann)).toEqual([]);
    onStatus = () => ({});
    await checkAfter(5000);
    expect(flagsOf(ann)).toHaveLength(1);
  });

  it('asks about a few at a time when many are stuck at once', async () => {
    for (let count = 0; count < 12; count += 1) join(`agent-${String(count)}`);
    await checkAfter(60_000);
    expect(statusAsked).toHaveLength(5);
    await checkAfter(5000);
    await checkAfter(5000);
    expect(new Set(statusAsked).size).toBe(12);
    expect(watch.status()).toMatchObject({ stuck: 12, confirmed: 12 });
  });
});
