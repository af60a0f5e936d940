import { Random } from '../time/random.ts';

export interface QueryJob {
  /** As it was asked. */
  readonly query: unknown;
  /** Virtual instant, ms. */
  readonly submittedAt: number;
}

const MOST_JOBS = 100;

/** Queries that were handed in to be answered later. The simulator is done with them at once. */
export class QueryJobs {
  readonly #jobs = new Map<string, QueryJob>();
  readonly #random: Random;

  /** @param label tells the ids of one kind of job from another's */
  constructor(label: string) {
    this.#random = new Random(label);
  }

  /** @returns the id to ask for the results with */
  start(query: unknown, submittedAt: number): string {
    const [oldest] = this.#jobs.keys();
    if (oldest !== undefined && this.#jobs.size >= MOST_JOBS) this.#jobs.delete(oldest);
    const id = this.#random.uuid();
    this.#jobs.set(id, { query, submittedAt });
    return id;
  }

  find(id: string): QueryJob | null {
    return this.#jobs.get(id) ?? null;
  }

  drop(id: string): void {
    this.#jobs.delete(id);
  }
}
