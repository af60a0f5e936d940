import type { ScenarioEngine } from '../floor/scenario-engine.ts';
import type { PresencePart } from '../floor/live-state.ts';
import type { Subject } from '../org/role.ts';
import { Random } from '../time/random.ts';

/** One presence that was changed, and by whom: the agent, or somebody else for the agent. */
export interface AuditRecord {
  readonly id: string;
  /** Virtual instant, ms. */
  readonly at: number;
  readonly userId: string;
  readonly before: PresencePart;
  readonly after: PresencePart;
  /** Null for the agent's own doing. */
  readonly actor: { readonly subject: Subject; readonly clientId: string } | null;
}

/** Who did it; null for an OAuth client on its own. */
export const actingUserIdOf = ({ userId, actor }: AuditRecord): string | null =>
  actor === null ? userId : actor.subject.userId;

export type AuditListener = (record: AuditRecord) => void;

/** Records kept; older ones are forgotten. */
const CAPACITY = 20_000;

/** Who changed whose presence since the simulator started (API §12.1). */
export class AuditLog {
  readonly #records: AuditRecord[] = [];
  readonly #random: Random;
  readonly #listeners: AuditListener[] = [];
  #actor: AuditRecord['actor'] = null;

  constructor(engine: ScenarioEngine, seed: string) {
    this.#random = new Random(`${seed}/audits`);
    engine.listen((entry) => {
      if (entry.part !== 'presence') return;
      const { at, userId, before, after } = entry;
      const record = { id: this.#random.uuid(), at, userId, before, after, actor: this.#actor };
      this.#records.push(record);
      if (this.#records.length > CAPACITY) this.#records.splice(0, CAPACITY / 10);
      for (const listener of this.#listeners) listener(record);
    });
  }

  /** Runs a change that somebody other than the agents' own behaviour makes. */
  by(subject: Subject, clientId: string, change: () => void): void {
    this.#actor = { subject, clientId };
    try {
      change();
    } finally {
      this.#actor = null;
    }
  }

  /** Records of an interval, oldest first. */
  between(from: number, to: number): readonly AuditRecord[] {
    return this.#records.filter(({ at }) => at >= from && at < to);
  }

  listen(listener: AuditListener): void {
    this.#listeners.push(listener);
  }
}
