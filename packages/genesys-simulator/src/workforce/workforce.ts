import type { Named } from '../org/named.ts';
import type { Organisation } from '../org/organisation.ts';
import type { UserProfile } from '../org/user-profile.ts';
import { Random } from '../time/random.ts';

export interface ManagementUnit extends Named {
  readonly divisionId: string;
}

/** Agents that nobody plans: new ones, and those of partners. */
const UNPLANNED_SHARE = 0.03;

/** Who is planned where: one business unit, and a management unit for each place of work (API §10). */
export class Workforce {
  readonly businessUnit: Named & { readonly timeZone: string; readonly divisionId: string };
  readonly units: readonly ManagementUnit[];
  readonly #unitOf = new Map<string, ManagementUnit>();
  readonly #agents = new Map<string, UserProfile[]>();

  constructor({ seed, divisions, locations, agents }: Organisation) {
    const random = new Random(`${seed}/workforce`);
    const divisionId = divisions[0]?.id ?? '';
    this.businessUnit = { id: random.uuid(), name: 'Contact centres', timeZone: 'Europe/Madrid', divisionId };
    const units = locations.map(({ id, name }) => ({ location: id, unit: { id: random.uuid(), name, divisionId } }));
    this.units = units.map(({ unit }) => unit);
    for (const { unit } of units) this.#agents.set(unit.id, []);
    for (const agent of agents) {
      const unit = units.find(({ location }) => location === agent.location.id)?.unit;
      if (unit === undefined || new Random(`${seed}/planned/${agent.id}`).chance(UNPLANNED_SHARE)) continue;
      this.#unitOf.set(agent.id, unit);
      this.#agents.get(unit.id)?.push(agent);
    }
  }

  /** Null for agents that are in no management unit. */
  unitOf(userId: string): ManagementUnit | null {
    return this.#unitOf.get(userId) ?? null;
  }

  /** Null for an id that is no management unit. */
  agentsOf(unitId: string): readonly UserProfile[] | null {
    return this.#agents.get(unitId) ?? null;
  }
}
