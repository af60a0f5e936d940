import { relative } from 'node:path';
import type { Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter';
import { ROOT } from './run-command.ts';
import { AccountKeeper, complaint } from './test-account.ts';

/** Tells `npm test` what Playwright found. A flaky story is a failed one: it says yes and no to the same question. */
export default class PlaywrightAccount implements Reporter {
  readonly #keeper = new AccountKeeper();
  #all: Suite | null = null;

  onBegin(_config: unknown, all: Suite): void {
    this.#all = all;
  }

  /** Of no story: a set-up that failed, a file that could not be loaded. */
  onError(error: TestError): void {
    this.#keeper.fail(complaint('an error outside every story', error));
  }

  async onEnd(): Promise<void> {
    for (const story of this.#all?.allTests() ?? []) this.#tell(story);
    await this.#keeper.leave();
  }

  #tell(story: TestCase): void {
    const outcome = story.outcome();
    if (outcome === 'expected') this.#keeper.count('passed');
    else if (outcome === 'skipped') this.#keeper.count('skipped');
    else {
      const where = `${relative(ROOT, story.location.file)} › ${story.title}`;
      const error = story.results.findLast((result) => result.error !== undefined)?.error;
      this.#keeper.fail(complaint(outcome === 'flaky' ? `${where} (flaky)` : where, error));
    }
  }

  printsToStdio(): boolean {
    return false;
  }
}
