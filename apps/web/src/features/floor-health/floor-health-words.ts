import type { ChannelReport, FloorHealth, SnapshotCheckReport } from '@floorwatch/contracts';
import { formatAge } from '../../lib/elapsed.ts';
import type { Tone } from '../../ui/tone.ts';

/** How a part is doing. */
export interface Words {
  readonly tone: Tone;
  readonly text: string;
}

/** How long ago, on the server's clock. */
export const ago = (instant: string | null, now: string): string =>
  instant === null ? 'never' : `${formatAge(Date.parse(now) - Date.parse(instant))} ago`;

const inTime = (instant: string, now: string): string =>
  `in ${formatAge(Math.max(0, Date.parse(instant) - Date.parse(now)))}`;

const number = (value: number): string => value.toLocaleString('en');

export const agentsInWords = (count: number): string => (count === 1 ? '1 agent' : `${number(count)} agents`);

export const upstreamWords = ({ upstream }: FloorHealth): Words => {
  switch (upstream.state) {
    case 'live':
      return { tone: 'good', text: 'Every agent’s events arrive' };
    case 'starting':
      return { tone: 'warn', text: 'The agents are being loaded' };
    case 'partial':
      return { tone: 'warn', text: 'Partly live' };
    case 'down':
      return { tone: 'alarm', text: 'No events arrive; agents are read again and again instead' };
  }
};

const CHANNEL_WORD: Readonly<Record<ChannelReport['state'], Words>> = {
  live: { tone: 'good', text: 'Live' },
  silent: { tone: 'warn', text: 'Silent' },
  draining: { tone: 'warn', text: 'Moving on' },
  opening: { tone: 'quiet', text: 'Opening' },
  lost: { tone: 'alarm', text: 'Lost' },
};

export const channelWords = ({ state }: ChannelReport): Words => CHANNEL_WORD[state];

/** Why a channel is not live, and when the next try is; null where there is nothing to say. */
export const channelNote = ({ reason, attempt, nextAttemptAt }: ChannelReport, now: string): string | null => {
  const next = nextAttemptAt === null ? null : `next try ${inTime(nextAttemptAt, now)}`;
  const tries = attempt === 0 ? null : `attempt ${number(attempt)}`;
  return [reason, tries, next].filter((part) => part !== null).join(' · ') || null;
};

export const budgetWords = ({ budget, platform, now }: FloorHealth): Words => {
  if (platform.breaker !== 'closed')
    return { tone: 'alarm', text: 'Held back: Genesys Cloud keeps failing, one request a second probes' };
  if (budget.pausedUntil !== null)
    return { tone: 'alarm', text: `Paused by Genesys Cloud, goes on ${inTime(budget.pausedUntil, now)}` };
  const waiting = budget.waiting === 0 ? '' : `, ${number(budget.waiting)} waiting`;
  return { tone: budget.waiting === 0 ? 'quiet' : 'warn', text: `${number(budget.inFlight)} under way${waiting}` };
};

/** Share of the requests that are used, 0 to 1; null before the platform has said how many there are. */
export const budgetShare = ({ budget: { used, allowed } }: FloorHealth): number | null =>
  allowed === null || allowed === 0 ? null : Math.min(1, used / allowed);

export const sampleWords = ({ sample, now }: FloorHealth): Words & { readonly figure: string } => {
  const { last, nextAt } = sample;
  const next = nextAt === null ? '' : `next ${inTime(nextAt, now)}`;
  if (last === null)
    return { figure: '–', tone: 'quiet', text: next === '' ? 'no sample yet' : `no sample yet, ${next}` };
  const share = last.compared === 0 ? 0 : last.diverged / last.compared;
  const percent = `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
  const of = `${number(last.diverged)} of ${number(last.compared)}, ${ago(last.at, now)}`;
  return last.refreshed
    ? { figure: percent, tone: 'warn', text: `${of}; everybody was read again` }
    : { figure: percent, tone: 'good', text: of };
};

export const checkWords = (check: SnapshotCheckReport, now: string): Words => {
  const { breaker, rejectionsInARow, nextProbeAt, lastRejection, rejections } = check;
  if (breaker === 'open') {
    const probe = nextProbeAt === null ? '' : `; probe ${inTime(nextProbeAt, now)}`;
    return { tone: 'alarm', text: `Breaker open after ${number(rejectionsInARow)} rejections in a row${probe}` };
  }
  if (breaker === 'half-open') return { tone: 'warn', text: 'Breaker half open: a probe is under way' };
  if (lastRejection === null) return { tone: 'good', text: 'Believed; none rejected' };
  const { at, known, named } = lastRejection;
  const last = `last ${ago(at, now)}: named ${number(named)} of ${number(known)}`;
  return rejectionsInARow > 0
    ? { tone: 'warn', text: `Not believed; ${last}` }
    : { tone: 'good', text: `Believed; ${number(rejections)} rejected, ${last}` };
};

export const platformWords = ({ platform: { breaker, since, reason }, now }: FloorHealth): Words => {
  if (breaker === 'closed') return { tone: 'good', text: 'made as they are due' };
  const held = `Breaker open${since === null ? '' : ` for ${formatAge(Date.parse(now) - Date.parse(since))}`}: one probe a second`;
  return { tone: 'alarm', text: reason === null ? held : `${held}. ${reason}` };
};
