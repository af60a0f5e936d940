import type { MediaType } from '../org/queue-profile.ts';
import type { Random } from '../time/random.ts';
import { QUIET, type ConversationSummaryPart, type MediaCounts } from './live-state.ts';

/** A customer waiting for, or in the hands of, an agent. */
export interface Contact {
  /** Of the conversation. */
  readonly id: string;
  /** Null for contacts that did not come from a queue. */
  readonly queueId: string | null;
  readonly medium: MediaType;
  /** `alerting` is not counted anywhere yet: the agent has not answered. */
  phase: 'waiting' | 'alerting' | 'active' | 'acw';
  /** When it came to the agent, and when its phase began. Virtual instants, ms. */
  alertedAt: number;
  phaseAt: number;
  /** When the agent answered; null before. */
  answeredAt: number | null;
}

/** Called whenever a contact in an agent's hands turns to another phase, and when it is gone: `endedAt` is null until then. */
export type ContactListener = (userId: string, contact: Readonly<Contact>, endedAt: number | null) => void;

/** How work in a medium goes: medians in ms, as a real floor's, and how often after-call work follows. */
interface Handling {
  readonly talkMs: number;
  readonly acwMs: number;
  readonly acwShare: number;
}

const HANDLING: Readonly<Record<MediaType, Handling>> = {
  call: { talkMs: 95_000, acwMs: 24_000, acwShare: 0.9 },
  callback: { talkMs: 80_000, acwMs: 24_000, acwShare: 0.9 },
  email: { talkMs: 150_000, acwMs: 20_000, acwShare: 0.5 },
  message: { talkMs: 85_000, acwMs: 15_000, acwShare: 0.6 },
  chat: { talkMs: 100_000, acwMs: 15_000, acwShare: 0.6 },
  socialExpression: { talkMs: 60_000, acwMs: 15_000, acwShare: 0.4 },
  video: { talkMs: 140_000, acwMs: 30_000, acwShare: 0.9 },
};

/** How far durations scatter; the mean is exp(spread² / 2) times the median. */
const SPREAD = 0.65;
const MEAN_OVER_MEDIAN = Math.exp(SPREAD ** 2 / 2);
const SHORTEST_WORK_MS = 2000;

export const drawTalkMs = (random: Random, medium: MediaType): number =>
  Math.max(SHORTEST_WORK_MS, random.skewed(HANDLING[medium].talkMs, SPREAD));

/** @returns 0 where the contact needs no after-call work */
export const drawAcwMs = (random: Random, medium: MediaType): number => {
  const { acwMs, acwShare } = HANDLING[medium];
  return random.chance(acwShare) ? Math.max(SHORTEST_WORK_MS, random.skewed(acwMs, SPREAD)) : 0;
};

/** What one contact of the medium costs an agent on average. */
export const meanHandlingMs = (medium: MediaType): number => {
  const { talkMs, acwMs, acwShare } = HANDLING[medium];
  return (talkMs + acwMs * acwShare) * MEAN_OVER_MEDIAN;
};

/** Media an agent may handle two of at a time. */
export const isShareable = (medium: MediaType): boolean =>
  medium === 'chat' || medium === 'message' || medium === 'socialExpression';

/** The platform's counts for what an agent has in hand. */
export const summarise = (contacts: readonly Contact[], isOnPrivateCall: boolean): ConversationSummaryPart => {
  const summary: Record<MediaType, MediaCounts> = { ...QUIET };
  for (const { medium, phase } of contacts) {
    const held = summary[medium];
    if (phase !== 'active' && phase !== 'acw') continue;
    summary[medium] = { ...held, contactCenter: { ...held.contactCenter, [phase]: held.contactCenter[phase] + 1 } };
  }
  if (isOnPrivateCall) summary.call = { ...summary.call, enterprise: { active: 1, acw: 0 } };
  return summary;
};
