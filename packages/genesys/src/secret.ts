import { inspect } from 'node:util';

const STARS = '***';

/**
 * A value that must not be seen: a client secret, an access token, a socket's address.
 * Printed in any way (string, JSON, inspect, a log line) it shows stars; only `reveal` gives it away.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return STARS;
  }

  toJSON(): string {
    return STARS;
  }

  [inspect.custom](): string {
    return STARS;
  }
}
