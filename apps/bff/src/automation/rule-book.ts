import type { AutomationTable, StoredAutomation } from '@floorwatch/store';

/** What was set up, in memory: looked at every second, changed rarely. */
export class RuleBook {
  readonly #rules: Pick<AutomationTable, 'list'>;
  #automations: ReadonlyMap<string, StoredAutomation> = new Map();

  constructor(rules: Pick<AutomationTable, 'list'>) {
    this.#rules = rules;
  }

  /** Reads all of it again. @throws StoreUnavailable */
  async load(): Promise<void> {
    const automations = await this.#rules.list();
    this.#automations = new Map(automations.map((one) => [one.id, one]));
  }

  /** Oldest first. */
  all(): readonly StoredAutomation[] {
    return [...this.#automations.values()];
  }

  /** Those that do not stand still. */
  active(): readonly StoredAutomation[] {
    return this.all().filter(({ paused }) => paused === null);
  }

  find(id: string): StoredAutomation | null {
    return this.#automations.get(id) ?? null;
  }
}
