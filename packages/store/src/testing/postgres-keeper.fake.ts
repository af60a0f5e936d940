import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

/**
 * A process of its own that waits until whoever started it has ended, by whatever means, and then ends the server in
 * the folder it was given and removes the folder.
 */

const folder = process.argv[2];
if (folder === undefined) throw new Error('which folder?');

const endServer = async (): Promise<void> => {
  const [pid = ''] = (await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  if (pid !== '') process.kill(Number(pid), 'SIGQUIT'); // at once; its children end with it
};

await finished(process.stdin.resume()).catch(() => undefined); // however it ended
await endServer().catch(() => undefined); // it has ended already
await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
