import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringChromium } from './bring-chromium.ts';
import { ROOT, runCommand, type Command } from './run-command.ts';
import { ACCOUNT_FILE, readAccount } from './test-account.ts';
import { addFigures, judge, NOTHING, summaryLine, type Figures } from './test-figures.ts';

/** What `npm test` runs: every check, every runner, whatever the one before said; then what was wrong, and one line with the sum. */

const ONE_FAILURE: Figures = { ...NOTHING, failed: 1 };

const problems: string[] = [];

const announce = (title: string): void => {
  console.log(`\n── ${title} ${'─'.repeat(Math.max(0, 100 - title.length))}`);
};

/** A step that is right or wrong as a whole. It counts in the sum only when it is wrong. */
const check = async (title: string, command: Command): Promise<Figures> => {
  announce(title);
  const exitCode = await runCommand(command);
  if (exitCode === 0) return NOTHING;
  problems.push(`${title} failed`);
  return ONE_FAILURE;
};

/** A runner of tests, whose reporter leaves an account of what it found. */
const runTests = async (title: string, accountPath: string, command: Command): Promise<Figures> => {
  announce(title);
  const exitCode = await runCommand({ ...command, env: { ...command.env, [ACCOUNT_FILE]: accountPath } });
  const account = await readAccount(accountPath);
  const { figures, problem } = judge({ exitCode, figures: account?.figures ?? null });
  if (problem !== null) problems.push(`${title}: ${problem}`);
  problems.push(...(account?.complaints ?? []));
  return figures;
};

/** The `check:` scripts of package.json, in the order they are written there. */
const runChecks = async (): Promise<Figures> => {
  const manifest: unknown = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const scripts = typeof manifest === 'object' && manifest !== null && 'scripts' in manifest ? manifest.scripts : null;
  const names = Object.keys(scripts ?? {}).filter((name) => name.startsWith('check:'));
  let sum = names.length === 0 ? ONE_FAILURE : NOTHING;
  for (const name of names) sum = addFigures(sum, await check(name, { command: 'npm', args: ['run', name] }));
  return sum;
};

const runUnitTests = (folder: string): Promise<Figures> =>
  runTests('unit and integration tests', join(folder, 'vitest.json'), {
    command: 'npm',
    args: ['run', 'test:unit', '--', '--reporter=default', '--reporter=./.config/vitest-account.ts'],
  });

const runBrowserTests = async (folder: string): Promise<Figures> => {
  announce('Chromium');
  const chromium = await bringChromium().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    problems.push('no Chromium for the browser tests');
    return null;
  });
  if (chromium === null) return ONE_FAILURE;
  return runTests('stories in Chromium', join(folder, 'playwright.json'), {
    command: 'npm',
    args: ['exec', '--', 'playwright', 'test', '--reporter=list,./.config/playwright-account.ts'],
    env: { CHROMIUM_PATH: chromium },
  });
};

const folder = await mkdtemp(join(tmpdir(), 'floorwatch-tests-'));
try {
  const checks = await runChecks();
  const unit = await runUnitTests(folder);
  const browser = await runBrowserTests(folder);
  const sum = [checks, unit, browser].reduce(addFigures);
  if (sum.failed > 0) process.exitCode = 1;
  console.log(`\n${problems.map((problem) => `✗ ${problem}\n`).join('')}`);
  console.log(summaryLine(sum));
} finally {
  await rm(folder, { recursive: true, force: true });
}
