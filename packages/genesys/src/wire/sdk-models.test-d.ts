import type { Models } from 'purecloud-platform-client-v2';
import type { z } from 'zod';
import type { activityEvent } from './activity-event.ts';
import type { agentStatus } from './agent-status.ts';
import type { auditLogMessage, auditResults } from './audit-log-message.ts';
import type { authzSubject, divsPermittedListing, userMe } from './authz-subject.ts';
import type { channel, channelTopicListing } from './channel.ts';
import type { conversationSummary } from './conversation-summary.ts';
import type { entityListing, namedEntity, queueMember } from './entity-listing.ts';
import type { errorBody } from './error-body.ts';
import type { systemMessage } from './notification-frame.ts';
import type { organizationPresenceDefinition } from './organization-presence-definition.ts';
import type { outOfOffice } from './out-of-office.ts';
import type { routingStatus, routingStatusEvent } from './routing-status.ts';
import type { userPresence } from './user-presence.ts';
import type { routingStatusRecord, userDetailsQueryResponse, userPresenceRecord } from './user-details.ts';
import type { user } from './user.ts';
import type {
  activityCodeListing,
  agentManagementUnit,
  agentSchedule,
  fullDayTimeOffMarker,
  scheduleActivity,
  scheduleSearchResponse,
} from './workforce.ts';

/**
 * Our schemas against the official SDK's models, at compile time: every field we read must exist there under the same name
 * and with a type that ours fits into. `tsc` fails where the SDK and we part; nothing here runs.
 */

/** True, or the names of the fields that do not fit. Missing and null are matters of the schema, not of the SDK. */
type Conforms<Ours, Theirs> = unknown extends Ours
  ? true // not read here: a schema of its own reads it, item by item
  : Ours extends readonly (infer OurItem)[]
    ? Theirs extends readonly (infer TheirItem)[]
      ? Conforms<OurItem, TheirItem>
      : false
    : Ours extends object
      ? [Misfits<Ours, Theirs>] extends [never]
        ? true
        : Misfits<Ours, Theirs>
      : [Ours] extends [Theirs]
        ? true
        : false;

type Misfits<Ours extends object, Theirs> = {
  [Name in keyof Ours]-?: Name extends keyof Theirs
    ? Conforms<NonNullable<Ours[Name]>, NonNullable<Theirs[Name]>> extends true
      ? never
      : Name
    : Name;
}[keyof Ours];

type Check<Schema extends z.ZodType, Model> = Conforms<z.output<Schema>, Model>;

/** A listing's own fields; its entities are read one by one with the schemas above. */
type ListingCheck<Model> = Conforms<Omit<z.output<typeof entityListing>, 'entities'>, Model>;

declare const all: readonly [
  Check<typeof user, Models.User>,
  Check<typeof userPresence, Models.UserPresence>,
  Check<typeof routingStatus, Models.RoutingStatus>,
  Check<typeof conversationSummary, Models.UserConversationSummary>,
  Check<typeof outOfOffice, Models.OutOfOffice>,
  Check<typeof organizationPresenceDefinition, Models.OrganizationPresenceDefinition>,
  Check<typeof agentStatus, Models.AnalyticsAgentStateAgentResponse>,
  Check<typeof userDetailsQueryResponse, Models.AnalyticsUserDetailsQueryResponse>,
  Check<typeof userPresenceRecord, Models.AnalyticsUserPresenceRecord>,
  Check<typeof routingStatusRecord, Models.AnalyticsRoutingStatusRecord>,
  Check<typeof agentManagementUnit, Models.AgentManagementUnitReference>,
  Check<typeof activityCodeListing, Models.BusinessUnitActivityCodeListing>,
  Check<typeof scheduleSearchResponse, Models.BuAsyncAgentSchedulesSearchResponse>,
  Check<typeof agentSchedule, Models.BuAgentScheduleSearchResponse>,
  Check<typeof scheduleActivity, Models.BuAgentScheduleActivity>,
  Check<typeof fullDayTimeOffMarker, Models.BuFullDayTimeOffMarker>,
  Check<typeof auditResults, Models.AuditRealtimeQueryResultsResponse>,
  Check<typeof auditLogMessage, Models.AuditLogMessage>,
  Check<typeof channel, Models.Channel>,
  Check<typeof channelTopicListing, Models.ChannelTopicEntityListing>,
  Check<typeof queueMember, Models.QueueMember>,
  Check<typeof namedEntity, Models.Queue>,
  Check<typeof namedEntity, Models.AuthzDivision>,
  Check<typeof authzSubject, Models.AuthzSubject>,
  Check<typeof divsPermittedListing, Models.DivsPermittedEntityListing>,
  Check<typeof userMe, Models.UserMe>,
  Check<typeof errorBody, Models.ErrorBody>,
  Check<typeof activityEvent, Models.AgentActivityChangedTopicAgentActivity>,
  Check<typeof userPresence, Models.PresenceEventUserPresence>,
  Check<typeof routingStatusEvent, Models.UserRoutingStatusUserRoutingStatus>,
  Check<typeof conversationSummary, Models.UserConversationsEventUserConversationSummary>,
  Check<typeof outOfOffice, Models.OutOfOfficeEventOutOfOffice>,
  Check<typeof systemMessage, Models.SystemMessageSystemMessage>,
  ListingCheck<Models.UserEntityListing>,
  ListingCheck<Models.QueueEntityListing>,
  ListingCheck<Models.AuthzDivisionEntityListing>,
];

all satisfies readonly true[];
