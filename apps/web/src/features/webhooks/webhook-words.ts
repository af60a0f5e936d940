import type { WebhookFilter, WebhookView } from '@floorwatch/contracts';
import type { FactKind } from '@floorwatch/domain';
import { formatCount } from '../../lib/amounts.ts';
import { formatInstant } from '../../lib/zone-time.ts';
import { ACTIVITY_WORD } from '../../look/words.ts';
import type { Tone } from '../../ui/tone.ts';
import type { DeliveryState } from './webhooks-search.ts';

export const KIND_WORD: Readonly<Record<FactKind, string>> = {
  presence: 'Presence',
  routing: 'Routing status',
  work: 'Work in hand',
  outOfOffice: 'Out of office',
  queues: 'Joined queues',
};

export const DELIVERY_WORD: Readonly<
  Record<DeliveryState, { readonly word: string; readonly meaning: string; readonly tone: Tone }>
> = {
  delivered: { word: 'Delivered', meaning: 'The target answered with a success', tone: 'good' },
  waiting: { word: 'Waiting', meaning: 'To be tried, or to be tried again', tone: 'warn' },
  dead: { word: 'Dead', meaning: 'Given up after failing for a day; it can be replayed', tone: 'alarm' },
  failed: { word: 'Test failed', meaning: 'A test that the target did not take; it is not tried again', tone: 'alarm' },
};

interface StateWords {
  readonly word: string;
  readonly tone: Tone;
  /** What there is to know or to do about it; null where all is well. */
  readonly advice: string | null;
}

/** How a webhook is doing, in words for a person. */
export const stateOf = (webhook: WebhookView, zone: string): StateWords => {
  const { state, pausedBy, failingSince, lastError, isSecretKnown } = webhook;
  if (!isSecretKnown)
    return {
      word: 'Secret lost',
      tone: 'alarm',
      advice: 'This Floorwatch cannot read the secret any more, so nothing is sent. Make a new secret.',
    };
  if (state === 'paused')
    return pausedBy === 'gone'
      ? {
          word: 'Paused: target gone',
          tone: 'alarm',
          advice: 'The target answered that it is gone for good (410). Correct the address and go on, or delete this.',
        }
      : { word: 'Paused', tone: 'quiet', advice: 'Nothing is sent. It goes on from where it stands, without a miss.' };
  if (state === 'failing')
    return {
      word: 'Failing',
      tone: 'alarm',
      advice: `Since ${failingSince === null ? 'now' : formatInstant(Date.parse(failingSince), zone)}: ${lastError ?? 'no answer'}. It is tried again and again; nothing is lost.`,
    };
  return { word: 'Delivering', tone: 'good', advice: null };
};

export interface Names {
  readonly divisions: ReadonlyMap<string, string>;
  readonly queues: ReadonlyMap<string, string>;
}

/** What a webhook tells of, in one line. */
export const filterWords = (filter: WebhookFilter, { divisions, queues }: Names): string => {
  const named = (ids: readonly string[], names: ReadonlyMap<string, string>) => ids.map((id) => names.get(id) ?? id);
  const parts = [
    listed(
      '',
      filter.kinds.map((kind) => KIND_WORD[kind].toLowerCase()),
    ),
    listed('division ', named(filter.divisions, divisions)),
    listed('queue ', named(filter.queues, queues)),
    listed('team ', filter.teams),
    listed(
      'to or from ',
      filter.activities.map((activity) => ACTIVITY_WORD[activity].toLowerCase()),
    ),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'Every change of every agent' : capitalised(parts.join(' · '));
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const MOST_NAMED = 4;

const listed = (before: string, names: readonly string[]): string => {
  if (names.length === 0) return '';
  const more = names.length - MOST_NAMED;
  const shown = names.slice(0, MOST_NAMED).join(' or ');
  return `${before}${shown}${more > 0 ? ` or ${formatCount(more)} more` : ''}`;
};

/** An address without what may be a password in it. */
export const targetOf = (url: string): string => URL.parse(url)?.host ?? url;

/** A message as it was sent, for reading. */
export const prettyJson = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};
