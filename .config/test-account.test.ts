import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from './run-command.ts';
import { ACCOUNT_FILE, readAccount, type Account } from './test-account.ts';

/** Both runners, for real, over tests that go wrong in every way there is. */

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(ROOT, 'node_modules', '.account-')); // in the tree: the tests import their runner
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const accountOf = async (args: readonly string[]): Promise<Account | null> => {
  const path = join(folder, 'account.json');
  const runner = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, [ACCOUNT_FILE]: path, VITEST: undefined, TEST: undefined },
    stdio: 'ignore',
  });
  await once(runner, 'exit');
  return readAccount(path);
};

describe('the account of vitest', () => {
  const run = async (files: Record<string, string>): Promise<Account | null> => {
    await writeFile(join(folder, 'vitest.config.mjs'), 'export default { test: { exclude: [], hookTimeout: 50 } };\n');
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    return accountOf([vitest, 'run', `--reporter=${join(ROOT, '.config/vitest-account.ts')}`]);
  };

  it('counts, and names what failed: a test, a hook, a file, and an error of nobody', async () => {
    const head = "import { beforeAll, describe, expect, it } from 'vitest';\n";
    const account = await run({
      'figures.test.mjs': `${head}it('holds', () => {});\nit('does not', () => expect(1).toBe(2));\nit.skip('rests', () => {});\nit.todo('waits');\n`,
      'hook.test.mjs': `${head}describe('a hook', () => { beforeAll(() => new Promise(() => {})); it('never starts', () => {}); });\n`,
      'broken.test.mjs': "import './nowhere.mjs';\n",
      'stray.test.mjs': `${head}it('ends before its error', () => { void Promise.reject(new Error('nobody listens')); });\n`,
    });
    expect(account?.figures).toEqual({ passed: 2, failed: 4, skipped: 3 });
    const told = account?.complaints.toSorted() ?? [];
    expect(told).toEqual([
      expect.stringMatching(/^an error outside every test\n {4}nobody listens\n {4}at .*stray\.test\.mjs/),
      expect.stringMatching(/^broken\.test\.mjs\n.*nowhere/),
      expect.stringMatching(/^figures\.test\.mjs › does not\n.*expected 1 to be 2/),
      expect.stringMatching(/^hook\.test\.mjs › a hook\n.*Hook timed out/),
    ]);
  });
});

describe('the account of Playwright', () => {
  const run = async (files: Record<string, string>): Promise<Account | null> => {
    await writeFile(
      join(folder, 'playwright.config.mjs'),
      'export default { testMatch: /.*\\.story\\.mjs/, retries: 1 };\n',
    );
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const playwright = join(ROOT, 'node_modules/@playwright/test/cli.js');
    return accountOf([playwright, 'test', `--reporter=${join(ROOT, '.config/playwright-account.ts')}`]);
  };
  const head = "import { expect, test } from '@playwright/test';\n";

  it('counts, and names what failed, a flaky story too', async () => {
    const account = await run({
      'figures.story.mjs': `${head}test('holds', () => {});\ntest('does not', () => expect(1).toBe(2));\ntest.skip('rests', () => {});\n`,
      'flaky.story.mjs': `${head}test('now so, now so', ({}, { retry }) => expect(retry).toBe(1));\n`,
    });
    expect(account?.figures).toEqual({ passed: 1, failed: 2, skipped: 1 });
    expect(account?.complaints.toSorted()).toEqual([
      expect.stringMatching(/figures\.story\.mjs › does not\n.*toBe/),
      expect.stringMatching(/flaky\.story\.mjs › now so, now so \(flaky\)\n.*toBe/),
    ]);
  });

  it('names an error of no story', async () => {
    const account = await run({ 'broken.story.mjs': "import './nowhere.mjs';\n" });
    expect(account?.figures).toMatchObject({ passed: 0, skipped: 0 });
    expect(account?.complaints).toContainEqual(expect.stringMatching(/^an error outside every story\n.*nowhere/));
  });
});

describe('an account', () => {
  it.each(['', '{"figures', '[]', 'null', '{}', '{"figures":{"passed":1},"complaints":[]}'])(
    'is not made up from %j',
    async (text) => {
      const path = join(folder, 'account.json');
      await writeFile(path, text);
      await expect(readAccount(path)).resolves.toBeNull();
    },
  );

  it('is not made up from nothing', async () => {
    await expect(readAccount(join(folder, 'none.json'))).resolves.toBeNull();
  });
});
