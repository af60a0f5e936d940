import { CommandLineError } from '../command-line.ts';
import { stopEverything } from '../processes/teardown.ts';
import { CONTEST_USAGE, readContestWish } from './contest-command-line.ts';
import type { ContestVerdict } from './judge-contest.ts';
import { runContest } from './run-contest.ts';

const LISTED_PROBLEMS = 20;

const say = (line: string): void => {
  console.log(line);
};

const tell = (verdict: ContestVerdict): void => {
  const { rounds, oneWinner, twoWinners, told, ownChanges, platformWrites, auditedAsAccepted } = verdict;
  say(`${String(rounds)} rounds, the agent's own change in ${String(ownChanges)}`);
  say(
    `  one winner ${String(oneWinner)}, two ${String(twoWinners)}, nobody because the agent was first ${String(verdict.agentWasFirst)}, nobody because the platform failed ${String(verdict.platformFailed)}`,
  );
  say(`  losers who were told what is there now: ${String(told)}`);
  say(`  writes at the platform ${String(platformWrites)}, accepted in the audit ${String(auditedAsAccepted)}`);
  say(`  replaced between the last look and the write, noticed and told: ${String(verdict.replacedAndTold)}`);
  say(`  in the end: ${JSON.stringify(verdict.states)}`);
  for (const problem of verdict.problems.slice(0, LISTED_PROBLEMS)) say(`  ✗ ${problem}`);
};

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void stopEverything().then(() => process.exit(130));
  });
try {
  const verdict = await runContest({ ...readContestWish(process.argv.slice(2)), progress: say });
  tell(verdict);
  if (verdict.problems.length > 0) process.exitCode = 1;
} catch (error) {
  process.exitCode = 2;
  console.error(error instanceof CommandLineError ? `${error.message}\n\n${CONTEST_USAGE}` : error);
} finally {
  await stopEverything();
}
