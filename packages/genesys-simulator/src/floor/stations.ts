import type { ScenarioEngine } from './scenario-engine.ts';

/** Called when an agent's phone is associated or let go. */
export type StationListener = (userId: string, isAssociated: boolean) => void;

/** Who has a phone: everybody who is logged in, unless it was taken away since. */
export class Stations {
  readonly #engine: ScenarioEngine;
  readonly #detached = new Set<string>();
  readonly #listeners: StationListener[] = [];

  constructor(engine: ScenarioEngine) {
    this.#engine = engine;
    engine.listen((entry) => {
      if (entry.part !== 'presence') return;
      const { userId, before, after } = entry;
      const wasOffline = before.systemPresence === 'Offline';
      const isOffline = after.systemPresence === 'Offline';
      if (wasOffline === isOffline) return;
      const hadStation = !wasOffline && !this.#detached.delete(userId);
      if (hadStation || wasOffline) this.#tell(userId, !isOffline);
    });
  }

  isAssociated(userId: string): boolean {
    return this.#engine.stateOf(userId).presence.systemPresence !== 'Offline' && !this.#detached.has(userId);
  }

  /** Takes the phone away until the next log-in. */
  detach(userId: string): void {
    if (!this.isAssociated(userId)) return;
    this.#detached.add(userId);
    this.#tell(userId, false);
  }

  listen(listener: StationListener): void {
    this.#listeners.push(listener);
  }

  #tell(userId: string, isAssociated: boolean): void {
    for (const listener of this.#listeners) listener(userId, isAssociated);
  }
}
