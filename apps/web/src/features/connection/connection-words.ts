import type { UpstreamHealth } from '@floorwatch/contracts';
import { formatClockTime } from '../../lib/clock-time.ts';
import { formatAge } from '../../lib/elapsed.ts';
import type { Connection } from '../../live/connection.ts';
import type { Freshness, Hop } from '../../live/freshness.ts';

/** What is broken, named for people who have never heard of hops. */
export const HOP_WORDS: Readonly<Record<Hop, string>> = {
  floorwatch: 'Floorwatch does not answer this browser',
  'sign-in': 'Floorwatch cannot sign in to Genesys Cloud',
  api: 'Genesys Cloud does not answer Floorwatch',
  push: 'Genesys Cloud sends no events to Floorwatch',
};

export interface Notice {
  readonly tone: 'info' | 'warn' | 'alarm';
  readonly title: string;
  readonly detail: string | null;
}

export interface LiveCondition {
  readonly freshness: Freshness;
  readonly connection: Connection;
  readonly upstream: UpstreamHealth | null;
}

/** The one thing a viewer must know before trusting the wall; null when all is well. */
export const noticeFor = ({ freshness, connection, upstream }: LiveCondition): Notice | null => {
  if (connection.kind === 'refused') return { tone: 'alarm', title: asSentence(connection.message), detail: null };
  if (freshness.kind === 'loading') return null; // the wall itself says what it waits for
  if (freshness.kind !== 'live') return ageNotice(freshness, connection, upstream);
  if (connection.kind === 'waiting')
    return { tone: 'warn', title: asSentence(connection.problem.message), detail: null };
  return upstream === null ? null : upstreamNotice(upstream);
};

type Aged = Extract<Freshness, { kind: 'late' | 'stale' }>;

const ageNotice = (freshness: Aged, connection: Connection, upstream: UpstreamHealth | null): Notice => {
  const since = `${HOP_WORDS[freshness.hop]} since ${formatClockTime(freshness.sinceMs)}.`;
  const upstreamSays = freshness.hop === 'floorwatch' ? null : (upstream?.message ?? null);
  const retrying = connection.kind === 'connecting' ? `Attempt ${connection.attempt} is under way.` : null;
  const detail = [upstreamSays, retrying].filter((part) => part !== null).join(' ') || null;
  if (freshness.kind === 'late')
    return { tone: 'warn', title: `The data is ${formatAge(freshness.ageMs)} old. ${since}`, detail };
  return {
    tone: 'alarm',
    title: since,
    detail: ['The wall shows what was true then; its timers have stopped.', detail].filter(Boolean).join(' '),
  };
};

const upstreamNotice = (upstream: UpstreamHealth): Notice | null => {
  const { state, agentsLive, agentsTotal, hop, since, message } = upstream;
  const live = `${agentsLive.toLocaleString('en')} of ${agentsTotal.toLocaleString('en')} agents`;
  switch (state) {
    case 'live':
      return null;
    case 'starting':
      return { tone: 'info', title: `Loading from Genesys Cloud: ${live} are live.`, detail: message };
    case 'partial':
      return { tone: 'warn', title: `${live} are live.`, detail: message };
    case 'down': {
      const words = HOP_WORDS[hop ?? 'api'];
      return {
        tone: 'warn',
        title: since === null ? `${words}.` : `${words} since ${formatClockTime(since)}.`,
        detail: message,
      };
    }
  }
};

const asSentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

/** The header's word for it. */
export const freshnessWord = ({ freshness, upstream }: Omit<LiveCondition, 'connection'>): string => {
  if (freshness.kind === 'loading') return 'Connecting';
  if (freshness.kind === 'stale') return 'Stale';
  if (freshness.kind === 'late') return 'Late';
  if (upstream?.state === 'starting') return 'Starting';
  return upstream?.state === 'partial' ? 'Partly live' : 'Live';
};
