import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The root of the repository: every command is run from here, wherever it was typed. */
export const ROOT = resolve(import.meta.dirname, '..');

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  /** Variables on top of this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a command on this terminal and waits for its end. A signal that asks this process to end is handed on first.
 * @returns the exit code; 1 where the command could not be started or was ended by a signal
 */
export const runCommand = ({ command, args, env = {} }: Command): Promise<number> =>
  new Promise((done) => {
    const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' });
    const handOn = (signal: NodeJS.Signals): void => {
      child.kill(signal);
      process.exitCode = 1;
    };
    const finish = (code: number): void => {
      process.off('SIGINT', handOn).off('SIGTERM', handOn);
      done(code);
    };
    process.on('SIGINT', handOn).on('SIGTERM', handOn);
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      finish(1);
    });
    child.once('exit', (code) => {
      finish(code ?? 1);
    });
  });
