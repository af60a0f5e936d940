import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { SET_UP_MS } from './engines.fake.ts';
import { startPostgres } from './start-postgres.fake.ts';

const answers = async (databaseUrl: string): Promise<boolean> => {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined); // it may be cut off at any time
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
};

describe('A PostgreSQL server for tests', () => {
  it(
    'comes from npm where the system has none',
    async () => {
      const server = await startPostgres('');
      expect(server.version).toBeGreaterThanOrEqual(15);
      expect(await answers(await server.createDatabase())).toBe(true);
      await server.remove();
    },
    SET_UP_MS,
  );

  it(
    'ends when whoever started it is killed',
    async () => {
      const module = new URL('./start-postgres.fake.ts', import.meta.url).href;
      const program = `
        const { startPostgres } = await import(${JSON.stringify(module)});
        const server = await startPostgres();
        console.log(await server.createDatabase());
        setInterval(() => undefined, 1000);`;
      const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [databaseUrl] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      expect(await answers(databaseUrl)).toBe(true);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await expect.poll(() => answers(databaseUrl), { timeout: 15_000, interval: 100 }).toBe(false);
    },
    SET_UP_MS,
  );
});
