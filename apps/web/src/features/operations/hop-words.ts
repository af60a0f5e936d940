import type { Hop, HopReport, HopState } from '@floorwatch/contracts';
import { formatAge } from '../../lib/elapsed.ts';
import type { Tone } from '../../ui/tone.ts';

interface Words {
  readonly tone: Tone;
  readonly text: string;
}

/** What a hop is called, and what it is for. */
export const HOP_WORD: Readonly<Record<Hop, { readonly name: string; readonly what: string }>> = {
  'sign-in': { name: 'Sign-in', what: 'The login host of Genesys Cloud gives us tokens' },
  api: { name: 'API', what: 'Genesys Cloud answers questions about agents' },
  push: { name: 'Push', what: 'Genesys Cloud tells what happens, over notification channels' },
  agents: { name: 'Agents', what: 'What is told of agents makes sense' },
  board: { name: 'Board', what: 'This process keeps everybody’s state' },
  browsers: { name: 'Browsers', what: 'Pages take what they are sent' },
  recording: { name: 'Recording', what: 'What was seen is on its way to the store' },
  store: { name: 'Store', what: 'The database' },
  jobs: { name: 'Jobs', what: 'Work that must happen some time' },
  webhooks: { name: 'Webhooks', what: 'Other systems are told of every change' },
};

export const STATE_WORD: Readonly<Record<HopState, Words>> = {
  well: { tone: 'good', text: 'Well' },
  impaired: { tone: 'warn', text: 'Impaired' },
  down: { tone: 'alarm', text: 'Down' },
  off: { tone: 'quiet', text: 'Not in use' },
};

const agoInWords = (instant: string, now: string): string =>
  `${formatAge(Math.max(0, Date.parse(now) - Date.parse(instant)))} ago`;

/** One sentence about the whole way: the first hop that is down, or else impaired. */
export const summaryOf = (hops: readonly HopReport[]): Words => {
  const worst = hops.find(({ state }) => state === 'down') ?? hops.find(({ state }) => state === 'impaired');
  if (worst === undefined) return { tone: 'good', text: 'Every part is well' };
  const others = hops.filter(({ state }) => state === 'down' || state === 'impaired').length - 1;
  const more = others === 0 ? '' : `, and ${others === 1 ? 'one more part' : `${others} more parts`}`;
  const { name } = HOP_WORD[worst.hop];
  return worst.state === 'down'
    ? { tone: 'alarm', text: `${name} is down${more}` }
    : { tone: 'warn', text: `${name} is impaired${more}` };
};

export const signWords = ({ times, firstAt, lastAt }: HopReport['signs'][number], now: string): string =>
  times === 1
    ? agoInWords(lastAt, now)
    : `${times.toLocaleString('en')} looks, last ${agoInWords(lastAt, now)}, first ${agoInWords(firstAt, now)}`;

export const sinceWords = ({ since }: HopReport, now: string): string =>
  `for ${formatAge(Math.max(0, Date.parse(now) - Date.parse(since)))}`;
