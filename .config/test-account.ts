import { readFile, writeFile } from 'node:fs/promises';
import { NOTHING, type Figures } from './test-figures.ts';

/** What a runner found: in figures, and a line for each thing that is wrong. */
export interface Account {
  readonly figures: Figures;
  readonly complaints: readonly string[];
}

/** The variable in which a runner is told where to leave its account. */
export const ACCOUNT_FILE = 'FLOORWATCH_TEST_ACCOUNT';

const OUTCOMES = ['passed', 'failed', 'skipped'] as const;

const LINES_PER_COMPLAINT = 4; // the log above has the rest, unless whoever keeps the log has cut it

/** What is wrong, where, and the beginning of what was said of it: enough to know what to look for. */
export const complaint = (where: string, error: { readonly message?: string; readonly stack?: string } | undefined) => {
  const said = error?.message ?? '';
  const frames = (error?.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const lines = [...said.split('\n').filter((line) => line.trim() !== ''), ...frames];
  return [where, ...lines.slice(0, LINES_PER_COMPLAINT).map((line) => `    ${line.trim()}`)].join('\n');
};

/** Counts and keeps what a runner's reporter is told, and leaves it for `npm test`. */
export class AccountKeeper {
  #figures = NOTHING;
  readonly #complaints: string[] = [];

  count(outcome: keyof Figures): void {
    this.#figures = { ...this.#figures, [outcome]: this.#figures[outcome] + 1 };
  }

  /** Counts as a failure, whether or not a test has one of its own. */
  fail(what: string): void {
    this.count('failed');
    this.#complaints.push(what);
  }

  async leave(): Promise<void> {
    const path = process.env[ACCOUNT_FILE];
    if (path === undefined) throw new Error(`${ACCOUNT_FILE} does not say where to leave the account`);
    const account: Account = { figures: this.#figures, complaints: this.#complaints };
    await writeFile(path, JSON.stringify(account));
  }
}

/** @returns null where the runner left none, or half of one */
export const readAccount = async (path: string): Promise<Account | null> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    const account: unknown = JSON.parse(text);
    return isAccount(account) ? account : null;
  } catch {
    return null;
  }
};

const isAccount = (value: unknown): value is Account => {
  if (!isObject(value)) return false;
  const { figures, complaints } = value;
  return (
    isObject(figures) && OUTCOMES.every((outcome) => typeof figures[outcome] === 'number') && Array.isArray(complaints)
  );
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
