import {
  getPresenceChange,
  listAudit,
  verifyAudit,
  type AuditEntryView,
  type PresenceChangeView,
} from '@floorwatch/contracts';
import type { FaultName, FaultWish, JournalEntryWire, SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { startFloorwatch } from '../processes/floorwatch.ts';
import { until } from '../processes/until.ts';
import { judgeContest, type ContestVerdict } from './judge-contest.ts';
import { playRound, type ContestParts, type Round } from './play-contest.ts';
import { SignedIn } from './signed-in.ts';

export interface ContestWish {
  readonly rounds: number;
  readonly agents: number;
  readonly seed: number;
  /** Rounds that are played at the same time, each with agents of its own. */
  readonly lanes: number;
  readonly progress: (line: string) => void;
}

const SETTLE_DEADLINE_MS = 120_000;
const AMPLE_REQUESTS = 1_000_000;

/** The platform is slow, busy, dumb and out of order, all at once. */
const FAULTS: readonly { readonly [Name in FaultName]?: FaultWish<Name> }[] = [
  { 'writes-in-conflict': { share: 0.15 } },
  { 'writes-slow': { share: 0.1, delayMs: 300 } },
  { 'writes-unanswered': { share: 0.08 } },
  { slow: { share: 0.1, delayMs: 120 } },
  { 'platform-5xx': { share: 0.02 } },
  { 'events-duplicated': { share: 0.2, delayMs: 400 } },
  { 'events-reordered': { share: 0.2, delayMs: 400 } },
];

/** Two signed-in people change the same agents at once, over and over, under faults; the agents do as they please. */
export const runContest = async (wish: ContestWish): Promise<ContestVerdict> => {
  const { rounds, agents, seed, lanes, progress } = wish;
  const floorwatch = await startFloorwatch({ agents, speed: 1, env: { SIGN_IN: 'on', RECORDING: 'off' } });
  const { url, simulator: control } = floorwatch;
  try {
    await control.setRequestsPerMinute(AMPLE_REQUESTS);
    const people = [await SignedIn.as('supervisor', url), await SignedIn.as('admin', url)] as const;
    const { seq, agents: truths } = await control.truth();
    const parts = { people, control, seed, agentIds: truths.map(({ userId }) => userId).slice(-lanes * 3) };
    for (const fault of FAULTS)
      for (const [name, params] of Object.entries(fault)) await control.switchOn(name as FaultName, params);
    const played = await playAll(wish, parts);
    await control.switchAllOff();
    progress(`${String(rounds)} rounds are played; waiting for the last changes to come to an end`);
    const changes = await untilSettled(people[0], played);
    const evidence = {
      rounds: played,
      changes,
      journal: await readJournal(control, seq),
      audit: await readAudit(people[0]),
    };
    const verdict = judgeContest(evidence);
    const broken = await brokenAudit(people[0]);
    return broken === null ? verdict : { ...verdict, problems: [...verdict.problems, broken] };
  } finally {
    await floorwatch.stop();
  }
};

/** Each lane has agents of its own: rounds about one agent follow each other. */
const playAll = async ({ rounds, lanes, progress }: ContestWish, parts: ContestParts): Promise<Round[]> => {
  const played: Round[] = [];
  const { agentIds } = parts;
  const lane = async (number: number): Promise<void> => {
    const own = { ...parts, agentIds: agentIds.filter((_, index) => index % lanes === number) };
    for (let round = number; round < rounds; round += lanes) {
      played.push(await playRound(round, own));
      if (played.length % 100 === 0) progress(`${String(played.length)} of ${String(rounds)} rounds`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  return played;
};

/** Waits until every change that was taken up has come to an end, and late echoes have had their time. */
const untilSettled = async (person: SignedIn, rounds: readonly Round[]): Promise<Map<string, PresenceChangeView>> => {
  const changes = new Map<string, PresenceChangeView>();
  const ids = rounds.flatMap(({ tries }) => tries.flatMap(({ changeId }) => changeId ?? []));
  for (const id of ids) {
    const change = await until('a change to settle', SETTLE_DEADLINE_MS, async () => {
      const { text } = await person.send('GET', getPresenceChange.path.replace(':id', id));
      const view = getPresenceChange.reply.parse(JSON.parse(text));
      return view.state === 'accepted' || view.state === 'requested' ? null : view;
    });
    changes.set(id, change);
  }
  return changes;
};

const readJournal = async (control: SimulatorControl, from: number) => {
  const entries: JournalEntryWire[] = [];
  for (let after = from; ;) {
    const page = await control.journal({ after });
    entries.push(...page.entries);
    const last = page.entries.at(-1)?.seq;
    if (last === undefined) return entries.filter((entry) => entry.part === 'presence');
    after = last;
  }
};

const readAudit = async (person: SignedIn): Promise<AuditEntryView[]> => {
  const entries: AuditEntryView[] = [];
  for (let cursor = ''; ;) {
    const more = cursor === '' ? '' : `&cursor=${cursor}`;
    const { text } = await person.send('GET', `${listAudit.path}?action=presence-change&limit=200${more}`);
    const page = listAudit.reply.parse(JSON.parse(text));
    entries.push(...page.entries);
    if (page.cursor === null) return entries;
    ({ cursor } = page);
  }
};

const brokenAudit = async (person: SignedIn): Promise<string | null> => {
  const { broken } = verifyAudit.reply.parse(JSON.parse((await person.send('GET', verifyAudit.path)).text));
  return broken === null ? null : `the audit is broken at ${String(broken.seq)}: ${broken.reason}`;
};
