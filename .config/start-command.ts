import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ROOT } from './run-command.ts';

/** How `npm start` runs the BFF: what is measured and tested must run as what is delivered. */
export interface StartCommand {
  /** Options of Node, those of `--env-file` left out: tests and benchmarks make their own settings. */
  readonly nodeOptions: readonly string[];
  /** Where Node keeps what it has compiled, a full path. */
  readonly compileCache: string;
}

export const readStartCommand = (): StartCommand => startCommandIn(readFileSync(resolve(ROOT, 'package.json'), 'utf8'));

/** @throws Error when the manifest does not start the BFF */
export const startCommandIn = (manifest: string): StartCommand => {
  const [, compileCache, options] =
    /\bNODE_COMPILE_CACHE=(\S+) exec node ((?:--\S+ )*)apps\/bff\/src\/main\.ts"/.exec(manifest) ?? [];
  if (compileCache === undefined || options === undefined)
    throw new Error('package.json has no script that starts apps/bff/src/main.ts with node and a compile cache');
  return {
    nodeOptions: options.split(' ').filter((option) => option !== '' && !option.startsWith('--env-file')),
    compileCache: resolve(ROOT, compileCache),
  };
};
