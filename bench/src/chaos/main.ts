import { CommandLineError } from '../command-line.ts';
import { stopEverything } from '../processes/teardown.ts';
import { CHAOS_USAGE, readChaosWish, type ChaosWish } from './chaos-command-line.ts';
import { describeAll, describeResult } from './chaos-report.ts';
import { runSeed, type ChaosResult } from './run-seed.ts';
import { describePhase, drawSchedule } from './schedule.ts';

const say = (line: string): void => {
  console.log(line);
};

const runAll = async ({ seeds, minutes, agents }: ChaosWish): Promise<void> => {
  const results: ChaosResult[] = [];
  for (const seed of seeds) {
    say(`\nseed ${String(seed)}, ${String(agents)} agents`);
    for (const phase of drawSchedule(seed, minutes)) for (const line of describePhase(phase)) say(`  ${line}`);
    const result = await runSeed({ seed, minutes, agents, progress: say });
    results.push(result);
    say(describeResult(result));
  }
  say(`\n${describeAll(results, { minutes, agents })}`);
  if (results.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
};

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void stopEverything().then(() => process.exit(130));
  });
try {
  await runAll(readChaosWish(process.argv.slice(2)));
} catch (error) {
  await stopEverything();
  process.exitCode = 2;
  console.error(error instanceof CommandLineError ? `${error.message}\n\n${CHAOS_USAGE}` : error);
}
