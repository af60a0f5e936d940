import { agentId, type AgentId, type FactValue, type Interval, type Transition } from '@floorwatch/domain';
import { FakeRecordingStore } from '@floorwatch/domain/testing';
import type { AgentDetails } from '@floorwatch/genesys';
import { RecordWriter } from './record-writer.ts';
import { WindowKeeper } from './window-keeper.ts';

const NOBODY: readonly AgentId[] = [];

/** A platform that tells what a test has put into its history, and takes note of what it is asked. */
export class TellingPlatform {
  now = Date.parse('2026-08-15T08:00:00.000Z');
  readonly questions: { readonly ids: readonly AgentId[]; readonly interval: Interval }[] = [];
  readonly #told = new Map<AgentId, AgentDetails>();
  refusal: Error | null = null;

  platformNow(): number {
    return this.now;
  }

  /** What the history has of an agent: statuses by instant, the last of them going on. */
  has(
    id: AgentId,
    changes: readonly (readonly [at: number, fact: FactValue])[],
    more: Partial<AgentDetails> = {},
  ): void {
    const transitions = changes.map(([at, fact]) => toldBy('analytics', { id, at, fact }));
    this.#told.set(id, {
      agentId: id,
      transitions,
      holes: [],
      toldUpTo: { presence: Infinity, routing: Infinity },
      ...more,
    });
  }

  async listUserDetails(ids: readonly AgentId[], interval: Interval): Promise<AgentDetails[]> {
    this.questions.push({ ids, interval });
    await Promise.resolve();
    if (this.refusal !== null) throw this.refusal;
    const nothing = { transitions: [], holes: [], toldUpTo: { presence: null, routing: null } };
    return ids.map((id) => this.#told.get(id) ?? { agentId: id, ...nothing });
  }
}

export const toldBy = (
  source: Transition['source'],
  { id, at, fact }: { id: AgentId; at: number; fact: FactValue },
): Transition => ({ agentId: id, fact, at, exact: true, ingestedAt: at, source });

export const IDLE: FactValue = { kind: 'routing', routing: 'idle' };
export const INTERACTING: FactValue = { kind: 'routing', routing: 'interacting' };
export const ON_QUEUE: FactValue = { kind: 'presence', presence: 'onQueue', definitionId: null, message: null };
export const ANN = agentId('ann');
export const BOB = agentId('bob');

/** A store in memory, and the way into it. */
export const storeFor = (platform: TellingPlatform) => {
  const store = new FakeRecordingStore();
  const platformNow = (): number => platform.now;
  const windows = new WindowKeeper({ store, platformNow, agents: () => NOBODY });
  return { store, writer: new RecordWriter({ store, windows, platformNow, backfillMs: 86_400_000 }) };
};
