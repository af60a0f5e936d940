import { readFileSync } from 'node:fs';

/** The text of a file in `fixtures/`. */
export const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8');
