import type { Clock } from '@floorwatch/domain';

/** How long an answer of the platform serves, ms (design §2). */
const LIVES_MS = 30_000;

interface Remembered<Answer> {
  readonly at: number;
  readonly answer: Promise<Answer>;
}

/**
 * Remembers answers for 30 s, the latest so many of them. Who asks while an answer is on its way waits for the same one; a
 * failure is forgotten.
 */
export class ShortMemory<Answer> {
  readonly #clock: Clock;
  readonly #size: number;
  /** The oldest first. */
  readonly #answers = new Map<string, Remembered<Answer>>();

  /** @param size bounds the memory that answers take: how many are kept */
  constructor(clock: Clock, size: number) {
    this.#clock = clock;
    this.#size = size;
  }

  /** @throws what `read` throws */
  recall(key: string, read: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(key);
    return known !== undefined && this.#isFresh(known) ? known.answer : this.renew(key, read);
  }

  /**
   * Asks again, whatever is remembered.
   * @throws what `read` throws
   */
  renew(key: string, read: () => Promise<Answer>): Promise<Answer> {
    const answer = read();
    this.#answers.delete(key);
    this.#makeRoom();
    this.#answers.set(key, { at: this.#clock.now(), answer });
    answer.catch(() => {
      if (this.#answers.get(key)?.answer === answer) this.#answers.delete(key);
    });
    return answer;
  }

  #makeRoom(): void {
    for (const [key, remembered] of this.#answers) {
      if (this.#answers.size < this.#size && this.#isFresh(remembered)) return;
      this.#answers.delete(key);
    }
  }

  #isFresh({ at }: Remembered<Answer>): boolean {
    return this.#clock.now() - at < LIVES_MS;
  }
}
