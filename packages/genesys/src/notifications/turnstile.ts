/** Lets one task through at a time, in order. */
export class Turnstile {
  #last: Promise<unknown> = Promise.resolve();

  pass<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
