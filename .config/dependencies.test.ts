import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './run-command.ts';

const RECORD = 'docs/adr/0002-dependencies.md';

const workspaceFolders = ['apps', 'packages']
  .flatMap((parent) => readdirSync(join(ROOT, parent)).map((name) => `${parent}/${name}`))
  .concat('e2e', 'bench');

const runtimeDependenciesOf = (folder: string): string[] => {
  const manifest = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  return Object.keys(manifest.dependencies ?? {}).filter((name) => !name.startsWith('@floorwatch/'));
};

/** The packages with a reason, by the section of the record they stand in. */
const reasonsOf = (folder: string): string[] => {
  const sections = readFileSync(join(ROOT, RECORD), 'utf8').split(/^##+ /m);
  const section = sections.find((text) => text.startsWith(`${folder}\n`)) ?? '';
  return [...section.matchAll(/^\| `([^`]+)` *\| \w.*\|$/gm)].map((match) => match[1] ?? '');
};

it.each(workspaceFolders)(
  `each runtime dependency of %s has its reason in ${RECORD}, and nothing else has`,
  (folder) => {
    expect(reasonsOf(folder).toSorted()).toEqual(runtimeDependenciesOf(folder).toSorted());
  },
);
