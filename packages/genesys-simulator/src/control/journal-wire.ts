import type { JournalEntry } from '../floor/journal.ts';
import type { LivePart, LiveState } from '../floor/live-state.ts';
import type { AgentTruth, JournalEntryWire } from './control-contract.ts';

const isoOf = (instant: number): string => new Date(instant).toISOString();

type PartWire<Part extends LivePart> = AgentTruth[Part];

const WRITE: { readonly [Part in LivePart]: (part: LiveState[Part]) => PartWire<Part> } = {
  presence: ({ modifiedAt, ...presence }) => ({ ...presence, modifiedDate: isoOf(modifiedAt) }),
  routingStatus: ({ status, startAt }) => ({ status, startTime: isoOf(startAt) }),
  conversationSummary: (summary) => summary,
  outOfOffice: ({ active, modifiedAt }) => ({ active, modifiedDate: isoOf(modifiedAt) }),
  activeQueues: ({ ids, changedAt }) => ({ ids: [...ids], dateChanged: isoOf(changedAt) }),
};

/** What is true of one agent, as the control API tells it. */
export const toAgentTruth = (userId: string, state: LiveState): AgentTruth => ({
  userId,
  presence: WRITE.presence(state.presence),
  routingStatus: WRITE.routingStatus(state.routingStatus),
  conversationSummary: WRITE.conversationSummary(state.conversationSummary),
  outOfOffice: WRITE.outOfOffice(state.outOfOffice),
  activeQueues: WRITE.activeQueues(state.activeQueues),
});

/** A journal entry, as the control API tells it. */
export const toEntryWire = (entry: JournalEntry): JournalEntryWire => {
  const { seq, userId } = entry;
  const head = { seq, userId, at: isoOf(entry.at) };
  switch (entry.part) {
    case 'presence':
      return { ...head, part: entry.part, before: WRITE.presence(entry.before), after: WRITE.presence(entry.after) };
    case 'routingStatus':
      return {
        ...head,
        part: entry.part,
        before: WRITE.routingStatus(entry.before),
        after: WRITE.routingStatus(entry.after),
      };
    case 'conversationSummary':
      return { ...head, part: entry.part, before: entry.before, after: entry.after };
    case 'outOfOffice':
      return {
        ...head,
        part: entry.part,
        before: WRITE.outOfOffice(entry.before),
        after: WRITE.outOfOffice(entry.after),
      };
    case 'activeQueues':
      return {
        ...head,
        part: entry.part,
        before: WRITE.activeQueues(entry.before),
        after: WRITE.activeQueues(entry.after),
      };
  }
};
