import type { RoutingStatusName } from '../floor/live-state.ts';
import type { ScenarioEngine } from '../floor/scenario-engine.ts';
import type { PresenceValue, Turn } from './segment.ts';

/** Turns kept over all agents: some 60 MB at most, however long the simulator runs. */
const CAPACITY = 2_000_000;
const FEWEST_AN_AGENT = 200;
const MOST_AN_AGENT = 5000;

interface Life {
  readonly presence: Turn<PresenceValue>[];
  readonly routing: Turn<RoutingStatusName>[];
}

/** What each agent did since the floor opened. The oldest turns of an agent go when there are too many. */
export class LifeLog {
  readonly #lives = new Map<string, Life>();
  readonly #mostAnAgent: number;

  constructor(engine: ScenarioEngine, agentCount: number) {
    this.#mostAnAgent = Math.min(MOST_AN_AGENT, Math.max(FEWEST_AN_AGENT, Math.floor(CAPACITY / agentCount)));
    engine.listen((entry) => {
      if (entry.part === 'presence') {
        const { definitionId, systemPresence, modifiedAt } = entry.after;
        this.#keep(this.#lifeOf(entry.userId).presence, { at: modifiedAt, value: { definitionId, systemPresence } });
      } else if (entry.part === 'routingStatus')
        this.#keep(this.#lifeOf(entry.userId).routing, { at: entry.after.startAt, value: entry.after.status });
    });
  }

  presenceTurns(userId: string): readonly Turn<PresenceValue>[] {
    return this.#lives.get(userId)?.presence ?? [];
  }

  routingTurns(userId: string): readonly Turn<RoutingStatusName>[] {
    return this.#lives.get(userId)?.routing ?? [];
  }

  #lifeOf(userId: string): Life {
    const known = this.#lives.get(userId) ?? { presence: [], routing: [] };
    this.#lives.set(userId, known);
    return known;
  }

  #keep<Value>(turns: Turn<Value>[], turn: Turn<Value>): void {
    turns.push(turn);
    if (turns.length > this.#mostAnAgent) turns.splice(0, Math.ceil(this.#mostAnAgent / 10));
  }
}
