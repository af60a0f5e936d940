import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders that a story has not thrown away. One that fails half-way must leave no database behind. */
const folders = new Set<string>();
process.once('exit', () => {
  for (const folder of folders) removeDataDir(folder);
});

/** Where the set-up leaves, for the workers that Playwright starts after it, the folder that stories begin with. */
const TEMPLATE = 'FLOORWATCH_STORY_TEMPLATE';

/** A new folder for what one Floorwatch keeps. */
export const makeDataDir = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'floorwatch-story-'));
  folders.add(folder);
  return folder;
};

/** What is in this folder is what `makeSetUpDataDir` copies from now on. */
export const useAsTemplate = (folder: string): void => {
  process.env[TEMPLATE] = folder;
};

/** A new folder with an empty database in it, as Floorwatch leaves it behind when it has seen nobody. */
export const makeSetUpDataDir = (): string => {
  const template = process.env[TEMPLATE];
  if (template === undefined) throw new Error('No database was set up: run the stories with playwright.config.ts');
  const folder = makeDataDir();
  cpSync(template, folder, { recursive: true });
  return folder;
};

export const removeDataDir = (folder: string): void => {
  folders.delete(folder);
  rmSync(folder, { recursive: true, force: true });
};
