import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './program.ts';

const WEB = resolve(ROOT, 'apps/web');

/** Builds the web application that every Floorwatch of the stories serves. Once, before the first story. */
export default async (): Promise<void> => {
  const vite = dirname(createRequire(resolve(WEB, 'package.json')).resolve('vite/package.json'));
  await promisify(execFile)(process.execPath, [resolve(vite, 'bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: WEB,
  });
};
