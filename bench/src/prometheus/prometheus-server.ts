import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { findFreePort } from '../processes/free-port.ts';
import { untilStopped } from '../processes/teardown.ts';
import { until } from '../processes/until.ts';

const run = promisify(execFile);

const RULES = fileURLToPath(new URL('../../../docs/operations/alerts.yml', import.meta.url));

const START_DEADLINE_MS = 30_000;

const answer = z.object({
  status: z.literal('success'),
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

const rulesAnswer = z.object({
  data: z.object({
    groups: z.array(
      z.object({ rules: z.array(z.object({ name: z.string(), health: z.string(), state: z.string() })) }),
    ),
  }),
});

/**
 * Debian's own checker of metrics and rules.
 * @throws Error with what it says where it finds fault; where it is not installed, naming the package
 */
export const checkWithPromtool = async (metrics: string): Promise<void> => {
  await installed('promtool');
  await run('promtool', ['check', 'rules', RULES]);
  await new Promise<void>((resolve, reject) => {
    const check = spawn('promtool', ['check', 'metrics'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    check.stderr.on('data', (data: Buffer) => (said += data.toString()));
    check.once('error', reject);
    check.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`promtool check metrics: ${said}`))));
    check.stdin.end(metrics);
  });
};

const installed = async (program: string): Promise<void> => {
  try {
    await run(program, ['--version']);
  } catch (error) {
    throw new Error(`${program} is not there: it is in Debian's package "prometheus"`, { cause: error });
  }
};

/** A real Prometheus that scrapes one address each second, with our rules. */
export interface PrometheusServer {
  /** The value of an expression now; NaN where it has none. */
  query(expression: string): Promise<number>;
  rules(): Promise<{ readonly name: string; readonly health: string; readonly state: string }[]>;
  stop(): Promise<void>;
}

export const startPrometheus = async (target: string): Promise<PrometheusServer> => {
  await installed('prometheus');
  const folder = await mkdtemp(join(tmpdir(), 'floorwatch-prometheus-'));
  const configuration = join(folder, 'prometheus.yml');
  await writeFile(configuration, configurationFor(target));
  const port = await findFreePort();
  const server = spawn(
    'prometheus',
    [
      `--config.file=${configuration}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${String(port)}`,
      '--log.level=warn',
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = untilStopped(async () => {
    server.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true });
  });
  const url = `http://127.0.0.1:${String(port)}`;
  await until('Prometheus to be ready', START_DEADLINE_MS, async () => {
    const reply = await fetch(`${url}/-/ready`).catch(() => null);
    return reply?.ok === true ? true : null;
  });
  return {
    query: async (expression) => {
      const reply = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: expression }).toString()}`);
      return Number(answer.parse(await reply.json()).data.result[0]?.value[1] ?? Number.NaN);
    },
    rules: async () => {
      const reply = await fetch(`${url}/api/v1/rules`);
      return rulesAnswer.parse(await reply.json()).data.groups.flatMap(({ rules }) => rules);
    },
    stop,
  };
};

const configurationFor = (target: string): string =>
  [
    'global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }',
    `rule_files: ['${RULES}']`,
    'scrape_configs:',
    '  - job_name: floorwatch',
    `    static_configs: [{ targets: ['${new URL(target).host}'] }]`,
    '',
  ].join('\n');
