import { randomUUID } from 'node:crypto';
import type { RealClock } from '../time/system-clock.ts';

/** Addresses of files are good for this long. */
const LIFETIME_MS = 10 * 60_000;

/** Answers that were too large to be given at once. Whoever knows the address may fetch them: there is no token for it. */
export class Downloads {
  readonly #realClock: RealClock;
  readonly #files = new Map<string, { readonly content: object; readonly expiresAt: number }>();

  constructor(realClock: RealClock) {
    this.#realClock = realClock;
  }

  /** @returns the id to fetch the file by */
  offer(content: object): string {
    const now = this.#realClock.now();
    for (const [id, { expiresAt }] of this.#files) if (expiresAt <= now) this.#files.delete(id);
    const id = randomUUID();
    this.#files.set(id, { content, expiresAt: now + LIFETIME_MS });
    return id;
  }

  find(id: string): object | null {
    const file = this.#files.get(id);
    return file === undefined || file.expiresAt <= this.#realClock.now() ? null : file.content;
  }
}
