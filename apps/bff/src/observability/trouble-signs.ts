import type { ChannelStatus } from '@floorwatch/genesys';
import type { Facts } from './facts.ts';
import type { Sign } from './sign-log.ts';

/** Somebody who looks at a call that takes longer wonders, ms. */
const SLOW_CALL_MS = 2000;

/** Our estimate of the platform's clock moves by less when nothing happens, ms. */
const CLOCK_LEAP_MS = 5000;

/** Fewer events tell nothing about their kind. */
const LEAST_EVENTS = 10;

/** More waiting records than a busy floor makes in a few seconds. */
const MANY_WAITING = 5000;

/** Frames and pages are late by then, ms; once is soon forgotten, at both looks it goes on. */
const HELD_UP_MS = 250;

/** This share of the agents within a few seconds is a change of shift, or a tool that changes many. */
const BURST_SHARE = 0.2;
const LEAST_BURST = 40;

/** What went wrong between two looks a few seconds apart. Pure: the same facts, the same signs. */
export const troubleSigns = (before: Facts, now: Facts): Sign[] => [
  ...signInSigns(before, now),
  ...apiSigns(before, now),
  ...pushSigns(before, now),
  ...agentSigns(before, now),
  ...ownSigns(before, now),
];

const when = (condition: boolean, hop: Sign['hop'], message: string): Sign[] => (condition ? [{ hop, message }] : []);

const isNewer = (then: number | null | undefined, before: Facts): boolean => (then ?? -Infinity) > before.at;

const signInSigns = (before: Facts, { calls }: Facts): Sign[] => [
  ...when(isNewer(calls.loginTrouble?.at, before), 'sign-in', calls.loginTrouble?.message ?? ''),
  ...when(
    isNewer(calls.lastUnauthorizedAt, before),
    'sign-in',
    'Genesys Cloud refused a token before its time; another one was asked for',
  ),
];

const apiSigns = (before: Facts, now: Facts): Sign[] => {
  const { calls, budget, breaker, feed } = now;
  const rejections = (of: Facts): number => of.feed.registry.rejections + of.feed.reads.rejections;
  return [
    ...when(isNewer(calls.apiTrouble?.at, before), 'api', calls.apiTrouble?.message ?? ''),
    ...when(calls.oldestInFlightMs > SLOW_CALL_MS, 'api', 'Genesys Cloud takes more than 2 s to answer'),
    ...when(budget.pausedUntil !== null, 'api', 'Genesys Cloud asked us to wait; background calls are held back'),
    ...when(breaker.state !== 'closed', 'api', 'Genesys Cloud keeps failing: background calls are made one at a time'),
    ...when(rejections(now) > rejections(before), 'api', 'An answer named too few agents to be believed'),
    ...when(
      feed.answers.outdated > before.feed.answers.outdated,
      'api',
      'Answers about agents tell what was over long before they were asked for',
    ),
    ...when(
      feed.answers.incomplete > before.feed.answers.incomplete,
      'api',
      'Answers about agents leave out presence or routing status',
    ),
    ...when(
      Math.abs(now.clockOffsetMs - before.clockOffsetMs) > CLOCK_LEAP_MS,
      'api',
      "The platform's clock has leapt: instants before and after are not of one clock",
    ),
    ...newOddities(before, now)
      .filter((kind) => !isOfEvents(kind))
      .map((kind) => ({ hop: 'api' as const, message: passedOver(kind) })),
  ];
};

const pushSigns = (before: Facts, now: Facts): Sign[] => {
  const was = new Map(before.channels.map((channel) => [channel.index, channel]));
  const refused = now.channels.some(({ rejectedTopics }) => rejectedTopics.length > 0);
  const [events, changes, late] = (['events', 'changes', 'late'] as const).map(
    (kind) => now.events[kind] - before.events[kind],
  );
  const total = events ?? 0;
  return [
    ...now.channels.flatMap((channel) => channelSigns(was.get(channel.index), channel)),
    ...when(now.quietChannels > 0, 'push', 'A notification channel on which much happened has gone quiet'),
    ...when(refused, 'push', 'Genesys Cloud refuses the events of some agents; they are re-read instead'),
    ...when(
      total >= LEAST_EVENTS && (changes ?? 0) < total * 0.6,
      'push',
      'Most events tell what was known already: they come twice, or out of order',
    ),
    ...when(
      (changes ?? 0) >= LEAST_EVENTS && (late ?? 0) > (changes ?? 0) * 0.15,
      'push',
      'Many events arrive more than a second late',
    ),
    ...newOddities(before, now)
      .filter(isOfEvents)
      .map((kind) => ({ hop: 'push' as const, message: passedOver(kind) })),
  ];
};

const channelSigns = (was: ChannelStatus | undefined, { state, since, reason }: ChannelStatus): Sign[] => {
  if (state === 'live')
    return when(was !== undefined && was.since !== since, 'push', 'A notification channel was opened anew');
  const why = reason === null ? '' : `: ${reason}`;
  const words = {
    opening: was === undefined ? null : `A notification channel is being opened${why}`,
    silent: 'A notification channel is silent; it was asked for a sign of life',
    draining: 'A notification channel is about to be closed; its successor takes over',
    lost: `A notification channel is lost${why}`,
  }[state];
  return words === null ? [] : [{ hop: 'push', message: words }];
};

/** Kinds that are noted of frames and their topics; all others are of answers. */
const isOfEvents = (kind: string): boolean => /^(topic|frame|v2[.])/.test(kind);

/** Kinds of which there are more than before. */
const newOddities = (before: Facts, now: Facts): string[] =>
  Object.keys(now.oddities).filter((kind) => (now.oddities[kind] ?? 0) > (before.oddities[kind] ?? 0));

const passedOver = (kind: string): string => `Passed over what could not be read (${kind})`;

const agentSigns = (before: Facts, now: Facts): Sign[] => {
  const { total, toDoubt } = now.agents;
  const changes = now.events.changes - before.events.changes;
  return [
    ...when(toDoubt.volatile > 0, 'agents', 'Agents change so often that no figure counts on them'),
    ...when(toDoubt.stuck > 0, 'agents', 'Agents are held as interacting, and nobody knows a contact of theirs'),
    ...when(toDoubt.unlisted > 0, 'agents', "Agents are missing from the platform's list, which is not believed"),
    ...when(toDoubt.discrepancy > 0, 'agents', 'Presence and routing status of agents contradict each other'),
    ...when(
      changes >= Math.max(LEAST_BURST, total * BURST_SHARE),
      'agents',
      'A great part of the agents changed within seconds, as at a change of shift',
    ),
  ];
};

const ownSigns = (before: Facts, now: Facts): Sign[] => [
  ...when(
    Math.min(before.eventLoopP99Ms, now.eventLoopP99Ms) > HELD_UP_MS,
    'board',
    'This process is held up: something keeps it from its work',
  ),
  ...when(
    now.browsersDropped > before.browsersDropped,
    'browsers',
    'A browser that took nothing for a minute was dropped; a living one comes back by itself',
  ),
  ...recordingSigns(now),
  ...webhookSigns(before, now),
  ...when(now.store?.state === 'down', 'store', now.store?.lastError ?? 'The database cannot be used'),
];

const webhookSigns = (before: Facts, { webhooks }: Facts): Sign[] => {
  if (webhooks === null) return [];
  const [failed, dead] = [before.webhooks?.calls.failed ?? 0, before.webhooks?.dead ?? 0];
  return [
    ...when(webhooks.calls.failed > failed, 'webhooks', 'A target does not take what it is sent; it is tried again'),
    ...when(webhooks.dead > dead, 'webhooks', 'Messages were given up after a day of tries; they can be replayed'),
  ];
};

const recordingSigns = ({ recording }: Facts): Sign[] => {
  if (recording === null) return [];
  const { storeDown, waiting, gaps, givenUp } = recording;
  return [
    ...when(storeDown !== null, 'recording', 'Nothing can be written: what happens waits in memory and on disk'),
    ...when(storeDown === null && waiting > MANY_WAITING, 'recording', 'Writing does not keep up with what happens'),
    ...when(gaps.problem !== null, 'recording', gaps.problem ?? ''),
    ...when(givenUp > 0, 'recording', 'There was no room to keep all that happened; gaps in the record tell of it'),
  ];
};
