export { createGenesysCloud, type BudgetStatus, type GenesysCloud, type GenesysCloudOptions } from './genesys-cloud.ts';
export type { GenesysLog, LogFields } from './genesys-log.ts';
export { backOffMs } from './http/back-off.ts';
export type { CallOutcome, CallWatch, WatchedCall } from './http/call-watch.ts';
export {
  GenesysError,
  GenesysGrantRefused,
  GenesysNotPermitted,
  GenesysRateLimited,
  GenesysRejected,
  GenesysUnauthorized,
  GenesysUnavailable,
  GenesysUnexpected,
  type CallContext,
} from './http/genesys-error.ts';
export type { BreakerStatus } from './http/platform-breaker.ts';
export type { Priority, ReadOptions } from './http/priority.ts';
export type { PresenceDefinition } from './mapping/presence-definition.ts';
export type { PresenceChange } from './mapping/presence-change.ts';
export type { ScheduledActivity } from './mapping/schedule.ts';
export type { AgentDetails } from './mapping/user-details.ts';
export type { UserSnapshot } from './mapping/user-snapshot.ts';
export type { AgentEvents, AgentEventsOptions } from './notifications/agent-events.ts';
export type { ChannelState, ChannelStatus } from './notifications/channel-status.ts';
export type { ChannelStore, KeptChannel } from './notifications/kept-channels.ts';
export { MAX_AGENTS_BY_EVENTS } from './notifications/topics.ts';
export type { OAuthClient, TokenGrant } from './http/token-endpoint.ts';
export { PERMISSIONS_OF, type PersonRights } from './mapping/rights.ts';
export { People, type AuthorizationRequest, type CodeAnswer } from './people/people.ts';
export type { Person, PersonOptions, PersonProfile } from './people/person.ts';
export type { HandBudget, PresenceHand, Written } from './presence-hand.ts';
export { regionHosts, type RegionHosts } from './regions.ts';
export type { RejectedTopic } from './resources/channels.ts';
export type { NamedEntity } from './resources/named-entities.ts';
export { MAX_ADHERENCES_PER_CALL } from './resources/adherences.ts';
export { MAX_DETAILS_PER_CALL } from './resources/user-details.ts';
export { MAX_USERS_PER_CALL, type ListUsersOptions, type UserPage } from './resources/users.ts';
export { Secret } from './secret.ts';
