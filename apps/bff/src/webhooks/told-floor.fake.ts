import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ACCESSIBILITY,
  agentId,
  divisionId,
  queueId,
  type AgentProfile,
  type FactValue,
  type Right,
  type DivisionScope,
  type Transition,
  type Viewer,
} from '@floorwatch/domain';
import { FakeAuditLog } from '@floorwatch/domain/testing';
import { openStore, type Store } from '@floorwatch/store';
import { putEmptyDatabase } from '@floorwatch/store/testing';
import { pino } from 'pino';
import { AuditTrail } from '../audit/audit-trail.ts';
import { TEST_KEY } from '../simulated-platform.fake.ts';
import { systemClock } from '../system-clock.ts';
import { composeWebhooks, type Webhooks, type WebhookSettings } from './compose-webhooks.ts';
import type { WebhookLimits } from './webhook-limits.ts';

/** As in earnest, only sooner. */
const SOON: Partial<WebhookLimits> = {
  retryDelaySeconds: 1,
  retryDelayMaxSeconds: 1,
  gatherMs: 10,
};

export const ADMIN = viewerWith('all');

export function viewerWith(scope: DivisionScope): Viewer {
  const rights: readonly Right[] = ['see-floor', 'see-history', 'manage'];
  return { userId: 'admin', name: 'Ada', role: 'admin', rights: new Map(rights.map((right) => [right, scope])) };
}

export const asker = (viewer: Viewer = ADMIN) => ({ viewer, correlationId: 'correlation' });

/** A record that a test writes to, and the webhooks that tell of it. */
export class ToldFloor {
  readonly store: Store;
  audit = new FakeAuditLog();
  readonly logged: string[] = [];
  readonly profiles = new Map<string, AgentProfile>();
  readonly #dataDir: string;
  #webhooks: Webhooks | null = null;
  #instant = Math.floor(systemClock.now()) - 3_600_000;

  private constructor(store: Store, dataDir: string) {
    this.store = store;
    this.#dataDir = dataDir;
    for (const [id, division] of [
      ['ann', 'north'],
      ['ben', 'south'],
    ] as const)
      this.profiles.set(id, {
        id: agentId(id),
        name: `${id.toUpperCase()} Example`,
        divisionId: divisionId(division),
        title: null,
        department: null,
        team: 'Blue',
      });
  }

  static async open(): Promise<ToldFloor> {
    const dataDir = await mkdtemp(join(tmpdir(), 'floorwatch-webhooks-'));
    await putEmptyDatabase(dataDir);
    const log = pino({ level: 'silent' });
    return new ToldFloor(await openStore({ databaseUrl: null, dataDir, clock: systemClock, log }), dataDir);
  }

  /** Begins to tell, at first or again. */
  start(settings: Partial<WebhookSettings> = {}): Webhooks {
    const write = (line: string): void => void this.logged.push(line);
    const log = pino({ level: 'debug' }, { write });
    const { limits, ...rest } = settings;
    this.#webhooks = composeWebhooks(
      {
        store: this.store,
        key: TEST_KEY,
        allowedHosts: ['127.0.0.1'],
        endpoint: null,
        limits: { ...SOON, ...limits },
        ...rest,
      },
      {
        clock: systemClock,
        log,
        release: 'test',
        trail: new AuditTrail({ audit: this.audit, clock: systemClock, log }),
        accessibility: ACCESSIBILITY,
        profileOf: (id) => this.profiles.get(id) ?? null,
      },
    );
    this.#webhooks.start();
    return this.#webhooks;
  }

  async stop(): Promise<void> {
    await this.#webhooks?.stop();
    this.#webhooks = null;
  }

  /** Takes every webhook away: the store is one for all tests of a file. */
  async forget(): Promise<void> {
    await this.stop();
    for (const { id } of await this.store.webhooks.list()) await this.store.webhooks.remove(id);
    this.audit = new FakeAuditLog();
  }

  /** Records so many changes of each agent, in turns, as they happen. @returns identities by agent, in order */
  async happen(agents: readonly string[], count: number): Promise<void> {
    for (let turn = 0; turn < count; turn += 1)
      await this.store.recording.addTransitions(agents.map((id) => this.#next(id, factOf(turn))));
  }

  async happens(agent: string, fact: FactValue): Promise<Transition> {
    const transition = this.#next(agent, fact);
    await this.store.recording.addTransitions([transition]);
    return transition;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.store.close();
    await rm(this.#dataDir, { recursive: true });
  }

  #next(agent: string, fact: FactValue): Transition {
    this.#instant += 1000;
    const at = this.#instant;
    return { agentId: agentId(agent), fact, at, exact: true, ingestedAt: at + 40, source: 'event' };
  }
}

const factOf = (turn: number): FactValue =>
  turn % 2 === 0
    ? { kind: 'routing', routing: turn % 4 === 0 ? 'idle' : 'interacting' }
    : { kind: 'presence', presence: turn % 4 === 1 ? 'onQueue' : 'break', definitionId: null, message: 'back 10:30' };

export const QUEUES: FactValue = { kind: 'queues', queueIds: [queueId('sales')] };
