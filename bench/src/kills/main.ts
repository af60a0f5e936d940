import { CommandLineError } from '../command-line.ts';
import { stopEverything } from '../processes/teardown.ts';
import { makePlace, type EngineChoice } from '../store/store-place.ts';
import { differencesOf } from './compare-runs.ts';
import { runKills, type KillResult } from './kill-run.ts';
import { KILLS_USAGE, readKillsWish, type KillsWish } from './kills-command-line.ts';

const LISTED_PROBLEMS = 20;

const say = (line: string): void => {
  console.log(line);
};

const liveOnce = async (wish: KillsWish, engine: EngineChoice, isKilled: boolean): Promise<KillResult> => {
  say(`${engine}: ${String(wish.agents)} agents, ${isKilled ? `${String(wish.kills)} times kill -9` : 'no kill'}`);
  const place = await makePlace(engine);
  try {
    return await runKills({ ...wish, isKilled, place, progress: say });
  } finally {
    await place.remove();
  }
};

const runEngine = async (wish: KillsWish, engine: EngineChoice): Promise<boolean> => {
  const killed = await liveOnce(wish, engine, true);
  const spared = await liveOnce(wish, engine, false);
  const differences = differencesOf(killed.windows, spared.windows);
  const { transitions, windows, gaps } = killed.verdict;
  const { recorded, missing, doubled, invented } = transitions;
  const problems = [...killed.verdict.problems, ...spared.verdict.problems.map((text) => `without kills: ${text}`)];
  say(
    `${engine}: ${String(transitions.happened)} changes of presence and routing status happened; recorded ${String(recorded.event)} as told, ${String(recorded.snapshot)} read, ${String(recorded.analytics)} from the platform's history; ${String(missing.length)} missing, ${String(doubled.length)} doubled, ${String(invented.length)} invented`,
  );
  say(
    `  ${String(gaps.filled)} gaps filled, ${String(gaps.open + gaps.unknowable)} not; ${String(windows)} windows, ${String(killed.verdict.windowProblems.length)} wrong, ${String(differences.length)} unlike those of the run without kills`,
  );
  for (const text of [...problems, ...differences].slice(0, LISTED_PROBLEMS)) say(`  ✗ ${text}`);
  return problems.length + differences.length === 0;
};

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void stopEverything().then(() => process.exit(130));
  });
try {
  const wish = readKillsWish(process.argv.slice(2));
  for (const engine of wish.engines) if (!(await runEngine(wish, engine))) process.exitCode = 1;
} catch (error) {
  process.exitCode = 2;
  console.error(error instanceof CommandLineError ? `${error.message}\n\n${KILLS_USAGE}` : error);
} finally {
  await stopEverything();
}
