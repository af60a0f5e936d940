import { MEDIA_TYPES, type ContactCount, type ContactCounts, type MediaType } from '@floorwatch/domain';
import type { ConversationSummary } from '../wire/conversation-summary.ts';

const NONE: ContactCount = { active: 0, afterCallWork: 0 };

/** Contact-centre counts of the media that the summary names; the others are left as they were. */
export const toChangedCounts = (wire: ConversationSummary): ContactCounts => {
  const counts: Partial<Record<MediaType, ContactCount>> = {};
  for (const medium of MEDIA_TYPES) {
    const held = wire[medium]?.contactCenter;
    if (held) counts[medium] = { active: held.active, afterCallWork: held.acw };
  }
  return counts;
};

/** Counts of all media: a snapshot is complete, so a medium it does not name holds nothing. */
export const toAllCounts = (wire: ConversationSummary): ContactCounts => ({
  ...Object.fromEntries(MEDIA_TYPES.map((medium) => [medium, NONE])),
  ...toChangedCounts(wire),
});
