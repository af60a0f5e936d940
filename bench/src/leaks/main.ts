import { CommandLineError } from '../command-line.ts';
import { stopEverything } from '../processes/teardown.ts';
import { LEAKS_USAGE, readLeaksWish } from './leaks-command-line.ts';
import { runLeaks, type LeaksResult } from './run-leaks.ts';

const LISTED_LEAKS = 20;

const say = (line: string): void => {
  console.log(line);
};

const tell = (result: LeaksResult): void => {
  const { rounds, changes, agentsMoved, rightsChanged, lookedFor, foundWhereAllowed, leaks } = result;
  say(
    `${String(rounds)} rounds: ${String(changes)} changes of agents, ${String(agentsMoved)} moved to another division, rights changed ${String(rightsChanged)} times`,
  );
  for (const { persona, received } of result.people) {
    const { frames, frameBytes, answers, answerBytes, reconnects, signIns } = received;
    const refusals = [...received.refusals].map(([line, count]) => `${line} × ${String(count)}`).join(', ');
    say(
      `  ${persona}: ${String(frames)} frames (${String(frameBytes)} bytes), ${String(answers)} heads and bodies of answers (${String(answerBytes)} bytes), ${String(reconnects)} reconnections, ${String(signIns)} sign-ins; not answered with 200: ${refusals || 'none'}`,
    );
  }
  say(
    `${String(lookedFor)} names and ids looked for; the same search finds ${String(foundWhereAllowed)} of them where everybody may be seen`,
  );
  say(`${String(leaks.length)} leaks`);
  for (const { persona, text, where } of leaks.slice(0, LISTED_LEAKS))
    say(`  ✗ ${persona} was sent ${text} in ${where}`);
};

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void stopEverything().then(() => process.exit(130));
  });
try {
  const wish = readLeaksWish(process.argv.slice(2));
  const { minutes, agents, speed, seed } = wish;
  say(`${String(agents)} agents at ${String(speed)} times, ${String(minutes)} minutes, seed ${String(seed)}`);
  const result = await runLeaks(wish, say);
  tell(result);
  if (result.leaks.length > 0 || result.foundWhereAllowed < result.lookedFor) process.exitCode = 1;
} catch (error) {
  process.exitCode = 2;
  console.error(error instanceof CommandLineError ? `${error.message}\n\n${LEAKS_USAGE}` : error);
} finally {
  await stopEverything();
}
