import { ACTIVITIES, type Activity, type AgentRow } from '@floorwatch/domain';
import { divisionOf, FACET } from './view-filter.ts';

/** Agents per option. What an option shows is what the wall shows once it is the only one chosen of its facet. */
export interface FacetSnapshot {
  readonly activities: Readonly<Record<Activity, number>>;
  readonly divisions: ReadonlyMap<string, number>;
  readonly queues: ReadonlyMap<string, number>;
  /** Every team on the board by name, also those with 0. */
  readonly teams: ReadonlyMap<string, number>;
  readonly disagreeing: number;
  /** Agents per flag; a kind that nobody has is missing. */
  readonly flags: ReadonlyMap<string, number>;
  /** Agents with any flag. */
  readonly flagged: number;
}

/** One agent as counted: the row, whether the contradiction is shown, and the facets that keep it off the wall. */
export interface Counted {
  readonly row: AgentRow;
  readonly disagrees: boolean;
  /** Bits of {@link FACET}. */
  readonly missed: number;
}

const noActivities = (): Record<Activity, number> =>
  Object.fromEntries(ACTIVITIES.map((activity) => [activity, 0])) as Record<Activity, number>;

/**
 * Counts beside the options, kept by adding and taking away. An agent counts for an option when every *other* facet
 * lets it pass, so that the count is right before the option is clicked.
 */
export class FacetCounts {
  #activities = noActivities();
  #divisions = new Map<string, number>();
  #queues = new Map<string, number>();
  #teams = new Map<string, number>();
  /** Agents per team, whatever the facets. */
  #everyTeam = new Map<string, number>();
  #disagreeing = 0;
  #flags = new Map<string, number>();
  #flagged = 0;

  add(counted: Counted): void {
    this.#count(counted, 1);
  }

  remove(counted: Counted): void {
    this.#count(counted, -1);
  }

  clear(): void {
    this.#activities = noActivities();
    this.#divisions = new Map();
    this.#queues = new Map();
    this.#teams = new Map();
    this.#everyTeam = new Map();
    this.#disagreeing = 0;
    this.#flags = new Map();
    this.#flagged = 0;
  }

  snapshot(): FacetSnapshot {
    return {
      activities: { ...this.#activities },
      divisions: new Map(this.#divisions),
      queues: new Map(this.#queues),
      teams: new Map([...this.#everyTeam.keys()].map((name) => [name, this.#teams.get(name) ?? 0])),
      disagreeing: this.#disagreeing,
      flags: new Map(this.#flags),
      flagged: this.#flagged,
    };
  }

  #count({ row, disagrees, missed }: Counted, step: 1 | -1): void {
    if ((missed & ~FACET.activity) === 0) this.#activities[row.activity] += step;
    if ((missed & ~FACET.division) === 0) bump(this.#divisions, divisionOf(row), step);
    if ((missed & ~FACET.queue) === 0) for (const id of row.queueIds ?? []) bump(this.#queues, id, step);
    if (row.profile.team !== null) {
      bump(this.#everyTeam, row.profile.team, step);
      if ((missed & ~FACET.team) === 0) bump(this.#teams, row.profile.team, step);
    }
    if (disagrees && (missed & ~FACET.disagreement) === 0) this.#disagreeing += step;
    if (row.flags.length > 0 && (missed & ~FACET.flag) === 0) {
      this.#flagged += step;
      for (const { kind } of row.flags) bump(this.#flags, kind, step);
    }
  }
}

const bump = (counts: Map<string, number>, option: string, step: 1 | -1): void => {
  const count = (counts.get(option) ?? 0) + step;
  if (count === 0) counts.delete(option);
  else counts.set(option, count);
};
