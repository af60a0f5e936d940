import { channelEvicted, topicForbidden } from './channel-faults.ts';
import { eventsDroppedDuringGap, eventsDuplicated, eventsReordered } from './event-faults.ts';
import type { FaultName } from './fault-catalogue.ts';
import type { StartFault } from './fault.ts';
import { clockSkew, flappingAgent, shiftChangeOf1000 } from './floor-faults.ts';
import { phantomAvailability, stuckInteracting } from './held-routing-status.ts';
import { missingFields } from './missing-fields.ts';
import { platform5xx } from './platform-5xx.ts';
import { rateLimited } from './rate-limited.ts';
import { slow } from './slow.ts';
import { expandMissing, snapshotStale, snapshotTruncated } from './snapshot-faults.ts';
import { halfOpen, socketClosingNotice, socketCut, socketSilent, socketsRefused } from './socket-faults.ts';
import { tokenExpires, tokenRevoked } from './token-faults.ts';
import { unknownEnum } from './unknown-enum.ts';
import { unknownTopic } from './unknown-topic.ts';
import { writesInConflict, writesSlow, writesUnanswered } from './write-faults.ts';

/** How each fault of the catalogue is switched on. */
export const START_FAULT: { readonly [Name in FaultName]: StartFault<Name> } = {
  'token-expires': tokenExpires,
  'token-revoked': tokenRevoked,
  'rate-limited': rateLimited,
  'platform-5xx': platform5xx,
  slow,
  'half-open': halfOpen,
  'socket-silent': socketSilent,
  'socket-cut': socketCut,
  'sockets-refused': socketsRefused,
  'socket-closing-notice': socketClosingNotice,
  'channel-evicted': channelEvicted,
  'topic-forbidden': topicForbidden,
  'events-duplicated': eventsDuplicated,
  'events-reordered': eventsReordered,
  'events-dropped-during-gap': eventsDroppedDuringGap,
  'unknown-topic': unknownTopic,
  'unknown-enum': unknownEnum,
  'missing-fields': missingFields,
  'expand-missing': expandMissing,
  'snapshot-truncated': snapshotTruncated,
  'snapshot-stale': snapshotStale,
  'clock-skew': clockSkew,
  'shift-change-of-1000': shiftChangeOf1000,
  'stuck-interacting': stuckInteracting,
  'phantom-availability': phantomAvailability,
  'flapping-agent': flappingAgent,
  'writes-slow': writesSlow,
  'writes-in-conflict': writesInConflict,
  'writes-unanswered': writesUnanswered,
};
