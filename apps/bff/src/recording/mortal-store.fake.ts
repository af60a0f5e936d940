import type { RecordingStore } from '@floorwatch/domain';

/** A store as a process has it that is killed: from some call on nothing it asks for is done, or answered, any more. */
export class MortalStore {
  readonly store: RecordingStore;
  readonly #death = Promise.withResolvers<undefined>();
  #callsLeft = Infinity;

  constructor(kept: RecordingStore) {
    this.store = new Proxy(kept, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => (this.#lives() ? Reflect.apply(member, target, args) : NEVER_ANSWERED);
      },
    });
  }

  /** Resolves when something was asked for in vain. */
  get death(): Promise<undefined> {
    return this.#death.promise;
  }

  /** Dies when it has done so many more calls. */
  dieAfter(calls: number): void {
    this.#callsLeft = calls;
  }

  #lives(): boolean {
    this.#callsLeft -= 1;
    if (this.#callsLeft >= 0) return true;
    this.#death.resolve(undefined);
    return false;
  }
}

const NEVER_ANSWERED = new Promise<never>(() => undefined);
