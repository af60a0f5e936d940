import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  errorBody,
  IDEMPOTENCY_HEADER,
  IF_MATCH_HEADER,
  presenceChange,
  previewPresenceChange,
  type PresenceThere,
} from '@floorwatch/contracts';
import type { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { Dice } from '../chaos/dice.ts';
import type { SignedIn } from './signed-in.ts';

/** Primary presences (API §5.2) that anybody may have at any time. */
const PRESENCES = [
  '227b37e2-f1d0-4dd0-8f50-badd7cf6d158',
  '31fe3bac-dea6-44b7-bed7-47f91660a1a0',
  'bbdff279-7ae1-48ea-bade-7831d7234c64',
  'd2390a99-8546-bad9-8f0a-219548e8aeb0',
  '5e5c5c66-ea97-4e7f-ac41-6424784829f2',
] as const;

/** How far apart two people press the button, ms at most. */
const APART_MS = 40;

/** How often the agent presses one too, and when, ms after the round began at most. */
const SELF_SHARE = 0.35;
const SELF_WITHIN_MS = 150;

/** What one of the two got. */
export interface Try {
  /** The message of the change, which names it in the journal and the audit. */
  readonly message: string;
  readonly status: number;
  /** Of a change that was taken up; null where the answer was an error. */
  readonly changeId: string | null;
  /** The code of the error; null for none. */
  readonly code: string | null;
  /** What the loser was told is there. */
  readonly now: PresenceThere | null;
}

/** Two people who saw the same change the same agent at once; sometimes the agent does as well. */
export interface Round {
  readonly agentId: string;
  /** What both saw, by the platform's instant. */
  readonly seenSince: string;
  readonly tries: readonly [Try, Try];
  /** The message of the agent's own change; null where there was none. */
  readonly own: string | null;
}

export interface ContestParts {
  readonly people: readonly [SignedIn, SignedIn];
  readonly control: SimulatorControl;
  readonly agentIds: readonly string[];
  readonly seed: number;
}

/** Plays one round; the same number, seed and agents draw the same one. */
export const playRound = async (number: number, { people, control, agentIds, seed }: ContestParts): Promise<Round> => {
  const dice = new Dice(seed * 1_000_003 + number);
  const agentId = agentIds[number % agentIds.length] ?? '';
  const [first, second] = people;
  const { etag, since } = await look(first, agentId, dice);
  const own = dice.roll() < SELF_SHARE ? `own-${String(number)}` : null;
  const change = (person: SignedIn, name: string) => ({
    agentId,
    etag,
    person,
    message: `${name}-${String(number)}`,
    definitionId: dice.pick(PRESENCES),
    afterMs: dice.whole(0, APART_MS),
  });
  const [a, b] = [change(first, 'a'), change(second, 'b')];
  const ownAfterMs = dice.whole(0, SELF_WITHIN_MS);
  const ownDefinition = dice.pick(PRESENCES);
  const [one, other] = await Promise.all([
    attempt(a),
    attempt(b),
    own === null ? null : changeOneself({ control, agentId, message: own, afterMs: ownAfterMs, ownDefinition }),
  ]);
  return { agentId, seenSince: since, tries: [one, other], own };
};

const look = async (person: SignedIn, agentId: string, dice: Dice): Promise<{ etag: string; since: string }> => {
  const path = previewPresenceChange.path.replace(':id', agentId);
  for (;;) {
    const { status, text } = await person.send('POST', path, { body: { definitionId: dice.pick(PRESENCES) } });
    if (status === 200) {
      const { etag, current } = previewPresenceChange.reply.parse(JSON.parse(text));
      if (current !== null) return { etag, since: current.since.at };
    }
    await sleep(200); // the platform is in trouble on purpose
  }
};

interface Attempt {
  readonly agentId: string;
  readonly etag: string;
  readonly person: SignedIn;
  readonly message: string;
  readonly definitionId: string;
  readonly afterMs: number;
}

const attempt = async ({ agentId, etag, person, message, definitionId, afterMs }: Attempt): Promise<Try> => {
  await sleep(afterMs);
  const { status, text } = await person.send('PATCH', `/api/agents/${agentId}/presence`, {
    headers: { [IF_MATCH_HEADER]: etag, [IDEMPOTENCY_HEADER]: randomUUID() },
    body: { definitionId, message },
  });
  const body: unknown = JSON.parse(text);
  if (status === 202) return { message, status, changeId: presenceChange.parse(body).id, code: null, now: null };
  const { code, now = null } = errorBody.parse(body);
  return { message, status, changeId: null, code, now };
};

interface OwnChange {
  readonly control: SimulatorControl;
  readonly agentId: string;
  readonly message: string;
  readonly afterMs: number;
  readonly ownDefinition: string;
}

const changeOneself = async ({ control, agentId, message, afterMs, ownDefinition }: OwnChange): Promise<void> => {
  await sleep(afterMs);
  await control.push({ userId: agentId, presence: { definitionId: ownDefinition, message } });
};
