import { readFileSync } from 'node:fs';

const MANIFEST = new URL('../package.json', import.meta.url);

/** Node's options in the command that `npm start` ends in: what is measured and tested must run as what is delivered. */
export const readStartOptions = (): string[] =>
  nodeOptionsIn(readFileSync(MANIFEST, 'utf8')).filter((option) => !option.startsWith('--env-file'));

/** @throws Error when the manifest does not start the BFF */
export const nodeOptionsIn = (manifest: string): string[] => {
  const options = /\bnode ((?:--\S+ )*)apps\/bff\/src\/main\.ts"/.exec(manifest)?.[1];
  if (options === undefined) throw new Error('package.json has no script that starts apps/bff/src/main.ts with node');
  return options.split(' ').filter((option) => option !== '');
};
