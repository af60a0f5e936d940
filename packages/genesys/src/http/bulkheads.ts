import { bulkhead, TaskCancelledError, type BulkheadPolicy } from 'cockatiel';
import { PLACES, type Priority } from './priority.ts';

/** Nobody is turned away at a bulkhead: whoever asks is bounded by itself (a sweep, five workers), or is a person. */
const QUEUE = Number.MAX_SAFE_INTEGER;

const wall = (places: number): BulkheadPolicy => bulkhead(places, QUEUE);

/** One compartment of calls for each priority: however many sweeps there are, they never fill the places of the others. */
export class Bulkheads {
  readonly #walls: Readonly<Record<Priority, BulkheadPolicy>> = {
    interactive: wall(PLACES.interactive),
    resync: wall(PLACES.resync),
    sweep: wall(PLACES.sweep),
    history: wall(PLACES.history),
  };

  /** How many calls of each priority wait before the bulkhead. */
  get waiting(): Readonly<Record<Priority, number>> {
    const { interactive, resync, sweep, history } = this.#walls;
    const queued = ({ queueSlots }: BulkheadPolicy): number => QUEUE - queueSlots;
    return {
      interactive: queued(interactive),
      resync: queued(resync),
      sweep: queued(sweep),
      history: queued(history),
    };
  }

  /** Runs the task once its compartment has a place. Rejects with what the task does, or the signal's reason. */
  async run<Result>(priority: Priority, task: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    try {
      return await this.#walls[priority].execute(task, signal);
    } catch (error) {
      if (error instanceof TaskCancelledError) signal?.throwIfAborted();
      throw error;
    }
  }
}
