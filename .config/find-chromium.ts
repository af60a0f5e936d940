import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Where the Chromium from the npm package is unpacked, with a start script that knows its libraries. */
export const UNPACKED_FOLDER = resolve(import.meta.dirname, '../.chromium');

const UNPACKED_START_SCRIPT = join(UNPACKED_FOLDER, 'chromium');

/** Names under which systems install Chromium or Chrome, the likeliest first. */
const PROGRAM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

export interface FoundChromium {
  /** A program that can be started. */
  readonly path: string;
  /** In words, for the person who wonders which browser runs. */
  readonly origin: string;
}

/**
 * Looks for a Chromium that is there already; installs nothing (that is `bring-chromium.ts`).
 * Order: `CHROMIUM_PATH`, the programs on PATH, what an earlier run unpacked.
 * @throws Error when `CHROMIUM_PATH` is set and is not a program: a wish that is not met is not silently replaced
 */
export const findChromium = (env: NodeJS.ProcessEnv = process.env): FoundChromium | null => {
  const wished = env['CHROMIUM_PATH'];
  if (wished !== undefined && wished !== '') {
    if (isProgram(wished)) return { path: wished, origin: 'CHROMIUM_PATH' };
    throw new Error(`CHROMIUM_PATH is ${wished}, which is not a program: correct it, or unset it to have one chosen`);
  }
  const installed = findProgram(PROGRAM_NAMES, env);
  if (installed !== null) return { path: installed, origin: 'the system' };
  return isProgram(UNPACKED_START_SCRIPT) ? { path: UNPACKED_START_SCRIPT, origin: 'the npm package' } : null;
};

/** The first program on PATH with one of these names. */
export const findProgram = (names: readonly string[], env: NodeJS.ProcessEnv = process.env): string | null => {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isProgram) ?? null;
};

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};
