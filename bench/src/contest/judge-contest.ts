import type { AuditEntryView, PresenceChangeView } from '@floorwatch/contracts';
import type { JournalEntryWire } from '@floorwatch/genesys-simulator/client';
import type { Round, Try } from './play-contest.ts';

type PresenceEntry = Extract<JournalEntryWire, { part: 'presence' }>;

/** What truly happened, and what Floorwatch says of it. */
export interface ContestEvidence {
  readonly rounds: readonly Round[];
  /** Everything that happened to presences, in order. */
  readonly journal: readonly PresenceEntry[];
  /** Entries about changes of presence. */
  readonly audit: readonly AuditEntryView[];
  /** How the changes stand in the end, by id. */
  readonly changes: ReadonlyMap<string, PresenceChangeView>;
}

export interface ContestVerdict {
  readonly rounds: number;
  readonly oneWinner: number;
  /** Nobody won: the agent was first. */
  readonly agentWasFirst: number;
  /** Nobody won: the platform was in trouble, and both were told. */
  readonly platformFailed: number;
  readonly twoWinners: number;
  /** Losers who were told what is there now. */
  readonly told: number;
  readonly ownChanges: number;
  readonly platformWrites: number;
  readonly auditedAsAccepted: number;
  /** The agent, or somebody else, was between the last look and the write; Floorwatch noticed afterwards, and says so. */
  readonly replacedAndTold: number;
  readonly states: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
}

const isOurs = (message: string): boolean => /^[ab]-\d+$/.test(message);

/** Holds what Floorwatch says against what happened. */
export const judgeContest = ({ rounds, journal, audit, changes }: ContestEvidence): ContestVerdict => {
  const problems: string[] = [];
  const writes = journal.filter(({ after }) => isOurs(after.message));
  const written = new Set(writes.map(({ after }) => after.message));
  const accepted = audit.filter(({ outcome }) => outcome === 'accepted').map(({ after }) => String(after?.['message']));
  for (const message of written)
    if (!accepted.includes(message)) problems.push(`${message} was written, and is not in the audit`);
  for (const message of accepted)
    if (!written.has(message)) problems.push(`${message} is in the audit, and was never written`);
  if (written.size !== writes.length || new Set(accepted).size !== accepted.length)
    problems.push('something was made twice');
  const winners = rounds.map(({ tries }) => tries.filter(({ message }) => written.has(message)).length);
  const without = rounds.filter((_, index) => winners[index] === 0);
  for (const { tries, own } of without)
    if (own === null && tries.every(({ status }) => status === 412))
      problems.push(`nobody won of ${tries.map(({ message }) => message).join(' and ')}, and nothing was in the way`);
  let replacedAndTold = 0;
  for (const round of rounds) {
    const unseen = judgeRound(round, { writes, audit, problems });
    replacedAndTold += unseen;
    for (const one of round.tries) judgeTry(one, { journal, written, changes, problems });
  }
  return {
    rounds: rounds.length,
    oneWinner: winners.filter((count) => count === 1).length,
    agentWasFirst: without.filter(({ tries }) => tries.every(({ status }) => status === 412)).length,
    platformFailed: without.filter(({ tries }) => tries.some(({ status }) => status !== 412)).length,
    twoWinners: winners.filter((count) => count === 2).length,
    told: rounds.flatMap(({ tries }) => tries).filter(({ now }) => now !== null).length,
    ownChanges: rounds.filter(({ own }) => own !== null).length,
    platformWrites: writes.length,
    auditedAsAccepted: accepted.length,
    replacedAndTold,
    states: countBy([...changes.values()].map(({ state }) => state)),
    problems,
  };
};

interface RoundEvidence {
  readonly writes: readonly PresenceEntry[];
  readonly audit: readonly AuditEntryView[];
  readonly problems: string[];
}

/** Each write must have replaced what its maker saw; where it did not, that must be told. @returns how often it was told */
const judgeRound = ({ tries, seenSince }: Round, { writes, audit, problems }: RoundEvidence): number => {
  let told = 0;
  for (const { message } of tries) {
    const write = writes.find(({ after }) => after.message === message);
    if (write === undefined || write.before.modifiedDate === seenSince) continue;
    const replaced = Date.parse(write.before.modifiedDate);
    const isTold = audit.some(({ after }) => after?.['message'] === message && after['replacedSince'] === replaced);
    if (isTold) told += 1;
    else
      problems.push(`${message} replaced "${write.before.message}", which its maker had not seen, and nobody is told`);
  }
  if (tries.filter(({ message }) => writes.some(({ after }) => after.message === message)).length > 1)
    problems.push(`both of ${tries.map(({ message }) => message).join(' and ')} were written`);
  return told;
};

interface TryEvidence {
  readonly journal: readonly PresenceEntry[];
  readonly written: ReadonlySet<string>;
  readonly changes: ReadonlyMap<string, PresenceChangeView>;
  readonly problems: string[];
}

/** What somebody was told is true: won or not, and what is there instead. */
const judgeTry = (
  { message, status, code, now, changeId }: Try,
  { journal, written, changes, problems }: TryEvidence,
): void => {
  const state = changeId === null ? null : (changes.get(changeId)?.state ?? null);
  const saysMade = state === 'confirmed' || state === 'not-confirmed' || state === 'accepted';
  if (saysMade !== written.has(message))
    problems.push(`${message} was ${saysMade ? 'not ' : ''}written, and its maker is told ${state ?? String(status)}`);
  if (status === 412 && now === null) problems.push(`${message} lost, and its maker is not told to what`);
  const isTrue =
    now === null || journal.some(({ after }) => Date.parse(after.modifiedDate) === Date.parse(now.since.at));
  if (!isTrue) problems.push(`${message}: what its maker is told was never there`);
  if (status !== 202 && status !== 412 && status !== 503)
    problems.push(`${message} was answered with ${String(status)} ${code ?? ''}`);
};

const countBy = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};
