import { CommandLineError } from '../command-line.ts';
import { stopEverything } from '../processes/teardown.ts';
import { makePlace } from '../store/store-place.ts';
import { ORACLE_USAGE, readOracleWish } from './oracle-command-line.ts';
import { describeOracle } from './oracle-report.ts';
import { runOracle } from './run-oracle.ts';

const run = async (words: readonly string[]): Promise<void> => {
  const wish = readOracleWish(words);
  console.log(`${String(wish.agents)} agents, ${String(wish.days)} days, seed ${String(wish.seed)}, ${wish.engine}`);
  const place = await makePlace(wish.engine);
  const result = await runOracle({
    ...wish,
    place,
    progress: (line) => {
      console.log(line);
    },
  });
  console.log(describeOracle(result));
  if (result.problems.length > 0) process.exitCode = 1;
};

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void stopEverything().then(() => process.exit(130));
  });
try {
  await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = 2;
  console.error(error instanceof CommandLineError ? `${error.message}\n\n${ORACLE_USAGE}` : error);
} finally {
  await stopEverything();
}
