import { agentId, type Transition } from '@floorwatch/domain';
import { openStore } from '../store.ts';
import { realClock } from '@floorwatch/domain/testing';

/**
 * A process of its own that opens the store in the folder or at the address it was given, says `open`, and then writes transitions, one batch after the
 * other, from the instant it was given; each time it says up to where they were acknowledged.
 */

const [, , place = '', first = '0'] = process.argv;

const BATCH = 50;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const transitionAt = (at: number): Transition => ({
  agentId: agentId(`agent-${String(at % 7)}`),
  fact: { kind: 'routing', routing: 'idle' },
  at,
  exact: true,
  ingestedAt: at,
  source: 'event',
});

try {
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const isServer = place.startsWith('postgres:');
  const [databaseUrl, dataDir] = isServer ? [place, null] : [null, place];
  const store = await openStore({ databaseUrl, dataDir, clock: realClock, log: quiet });
  say('open');
  for (let at = Number(first); ; at += BATCH) {
    await store.recording.addTransitions(Array.from({ length: BATCH }, (_, index) => transitionAt(at + index)));
    say(String(at + BATCH));
  }
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
