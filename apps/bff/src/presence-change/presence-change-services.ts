import type { AgentId, Board, ChangeStore, Clock, Right, SetBy, UnknownPolicy } from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { DirectoryNames } from '../ingest/directory.ts';
import { AgentTurns } from './agent-turns.ts';
import { ChangeBook } from './change-book.ts';
import { ChangePreviews } from './change-previews.ts';
import { ChangeRules } from './change-rules.ts';
import { ChangeSteps } from './change-steps.ts';
import { FindOut } from './find-out.ts';
import { Interrupted } from './interrupted.ts';
import { Outbox } from './outbox.ts';
import { PresenceChanger } from './presence-changer.ts';
import type { PresenceEchoes } from './presence-echoes.ts';
import { SchedulePlans } from './schedule-plans.ts';
import { WhoSet } from './who-set.ts';

export interface PresenceChangeOptions {
  readonly board: Board;
  readonly cloud: GenesysCloud;
  readonly names: () => DirectoryNames;
  readonly store: ChangeStore;
  readonly trail: AuditTrail;
  readonly clock: Clock;
  readonly log: Logger;
  /** Everything that is seen of agents; heard by `echoes.taken`. */
  readonly echoes: PresenceEchoes;
  readonly permissionsOf: Readonly<Record<Right, readonly string[]>>;
  readonly scheduleUnknown: UnknownPolicy;
  /** Told who set a presence, by the platform's instant (ms), when an event has shown it. */
  readonly onSetBy?: (agentId: AgentId, at: number, setBy: SetBy) => void;
}

/** Everything that changes presences, put together from ready parts. */
export interface PresenceChangeServices {
  readonly changer: PresenceChanger;
  readonly changes: ChangeStore;
  readonly rules: ChangeRules;
  readonly whoSet: WhoSet;
  readonly book: ChangeBook;
  start(): void;
  stop(): void;
}

export const createPresenceChange = (options: PresenceChangeOptions): PresenceChangeServices => {
  const { store, clock, cloud, echoes } = options;
  const outbox = new Outbox(options);
  const book = new ChangeBook({ ...options, outbox });
  const turns = new AgentTurns({ store, clock, outbox, random: Math.random });
  const rules = new ChangeRules(options);
  const plans = new SchedulePlans(cloud);
  const whoSet = new WhoSet(options);
  const findOut = new FindOut({ clock, cloud, whoSet });
  const confirming = { ...options, book, whoSet, findOut };
  const previews = new ChangePreviews({ ...options, rules, plans });
  const steps = new ChangeSteps({ ...options, book, rules, plans, findOut, random: Math.random });
  const changer = new PresenceChanger({ ...options, book, turns, rules, steps, previews, confirming });
  const interrupted = new Interrupted({ ...options, book, turns, echoes, findOut, confirming });
  return {
    changer,
    changes: store,
    rules,
    whoSet,
    book,
    start: () => {
      turns.start();
      interrupted.start();
    },
    stop: () => {
      turns.stop();
      interrupted.stop();
      outbox.stop();
    },
  };
};
