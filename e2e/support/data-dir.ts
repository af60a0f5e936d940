import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders that a story has not thrown away. One that fails half-way must leave no database behind. */
const folders = new Set<string>();
process.once('exit', () => {
  for (const folder of folders) removeDataDir(folder);
});

/** A new folder for what one Floorwatch keeps. */
export const makeDataDir = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'floorwatch-story-'));
  folders.add(folder);
  return folder;
};

export const removeDataDir = (folder: string): void => {
  folders.delete(folder);
  rmSync(folder, { recursive: true, force: true });
};
