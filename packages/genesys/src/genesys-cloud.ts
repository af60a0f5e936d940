import type {
  AgentId,
  AgentObservation,
  Clock,
  Interval,
  PlannedNow,
  Presence,
  QueueId,
  RoutingStatus,
} from '@floorwatch/domain';
import type { GenesysLog } from './genesys-log.ts';
import { ApiClient } from './http/api-client.ts';
import { Bulkheads } from './http/bulkheads.ts';
import { watchedExchange, type CallWatch } from './http/call-watch.ts';
import { createExchange } from './http/exchange.ts';
import { PlatformBreaker, type BreakerStatus } from './http/platform-breaker.ts';
import { MAX_IN_FLIGHT, type Priority, type ReadOptions } from './http/priority.ts';
import { RateBudget } from './http/rate-budget.ts';
import { RequestGate } from './http/request-gate.ts';
import { TokenEndpoint, type OAuthClient } from './http/token-endpoint.ts';
import { serviceTokens } from './http/token-source.ts';
import type { PresenceDefinition } from './mapping/presence-definition.ts';
import type { PresenceChange } from './mapping/presence-change.ts';
import type { ScheduledActivity } from './mapping/schedule.ts';
import type { AgentDetails } from './mapping/user-details.ts';
import type { UserSnapshot } from './mapping/user-snapshot.ts';
import { AgentEventChannels, type AgentEvents, type AgentEventsOptions } from './notifications/agent-events.ts';
import { KeptChannels, type ChannelStore } from './notifications/kept-channels.ts';
import { openWebSocket } from './notifications/web-socket.ts';
import { Oddities } from './oddities.ts';
import { People } from './people/people.ts';
import { PlatformClock } from './platform-clock.ts';
import type { PresenceHand } from './presence-hand.ts';
import { ActivityCodesReader } from './resources/activity-codes.ts';
import { Adherences } from './resources/adherences.ts';
import { AgentStatuses } from './resources/agent-statuses.ts';
import { Audits } from './resources/audits.ts';
import { Channels } from './resources/channels.ts';
import { NamedEntities, type NamedEntity, type QueueMembersOptions } from './resources/named-entities.ts';
import { PresenceWrites } from './resources/presence-writes.ts';
import { Presences } from './resources/presences.ts';
import { Schedules } from './resources/schedules.ts';
import { UserDetails } from './resources/user-details.ts';
import { Users, type ListUsersOptions, type UserPage } from './resources/users.ts';
import type { Secret } from './secret.ts';

export interface GenesysCloudOptions {
  /** Origins, see `regionHosts`. */
  readonly loginUrl: string;
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly clock: Clock;
  readonly log: GenesysLog;
  /** Where the ids of notification channels outlive this process; without it each start makes new channels. */
  readonly channelStore?: ChannelStore | null;
  /** Told of every call, those of people who have signed in too. */
  readonly watch?: CallWatch;
}

/** Of jitter. */
const { random } = Math;

const NOBODY_WATCHES: CallWatch = { began: () => undefined, ended: () => undefined, retried: () => undefined };

/** How much of the platform's request budget is used. Instants are ms on our clock; null where not known or not so. */
export interface BudgetStatus {
  readonly allowed: number | null;
  readonly used: number;
  readonly resetsAt: number | null;
  readonly pausedUntil: number | null;
  readonly inFlight: number;
  readonly waiting: Readonly<Record<Priority, number>>;
}

/**
 * One organisation of Genesys Cloud, in our words. Every call throws `GenesysError`s only, or the reason of its signal
 * (and `RangeError` for arguments that no platform could take).
 */
export interface GenesysCloud {
  /** Every active user, page by page, with presence, routing status, contacts, out-of-office and team. */
  listUsers(options: ListUsersOptions): AsyncIterable<UserPage>;
  /** At most 100 ids. Users who do not exist or are not active are missing from the answer. */
  getUsers(ids: readonly AgentId[], options: ReadOptions): Promise<UserSnapshot[]>;
  /** Primary and secondary, deactivated ones too. */
  listPresenceDefinitions(options: ReadOptions): Promise<PresenceDefinition[]>;
  getPresence(id: AgentId, options: ReadOptions): Promise<Presence>;
  /** Mind that the platform answers "off queue" for users who do not exist. */
  getRoutingStatus(id: AgentId, options: ReadOptions): Promise<RoutingStatus>;
  /** The analytics service's word on one agent, with what its open sessions count as contacts: a second witness. */
  getAgentStatus(id: AgentId, options: ReadOptions): Promise<AgentObservation>;
  /**
   * What the platform's own history tells of presence and routing status, for each of the agents; those of whom it tells
   * nothing are in the answer without transitions. Any number of agents, any length of time; the latest may be missing.
   * @throws GenesysNotPermitted where the client lacks the permission `analytics:userDetail:view`
   */
  listUserDetails(ids: readonly AgentId[], interval: Interval, options: ReadOptions): Promise<AgentDetails[]>;
  /**
   * What the agent was and is meant to do, oldest first; null for one whom nobody plans.
   * @throws GenesysNotPermitted where the client lacks the permission `wfm:publishedSchedule:view`
   */
  getSchedule(id: AgentId, interval: Interval, options: ReadOptions): Promise<ScheduledActivity[] | null>;
  /**
   * What agents are meant to do now; those whom nobody plans are missing from the answer. At most 100 ids.
   * @throws GenesysNotPermitted where the client lacks the permission `wfm:realtimeAdherence:view`
   */
  getAdherence(ids: readonly AgentId[], options: ReadOptions): Promise<ReadonlyMap<AgentId, PlannedNow>>;
  /** Changes presences as the client itself, which needs the permission `presence:userPresence:edit` for it. */
  readonly hand: PresenceHand;
  /**
   * Who changed the agent's presence, oldest first; the platform's audit reaches 14 days back.
   * @throws GenesysNotPermitted where the client lacks the permission `audits:audit:view`
   */
  listPresenceChanges(id: AgentId, interval: Interval, options: ReadOptions): Promise<PresenceChange[]>;
  /**
   * The latest changes of anybody's presence, newest first: all of the interval, or the last 2000 of it.
   * @throws GenesysNotPermitted where the client lacks the permission `audits:audit:view`
   */
  listLatestPresenceChanges(interval: Interval, options: ReadOptions): Promise<PresenceChange[]>;
  listDivisions(options: ReadOptions): Promise<NamedEntity[]>;
  listQueues(options: ReadOptions): Promise<NamedEntity[]>;
  /** Agents of a queue, page by page. */
  listQueueMembers(id: QueueId, options: QueueMembersOptions): AsyncIterable<AgentId[]>;
  /** Users of a group, page by page; not all of them need be agents, nor active. */
  listGroupMembers(id: string, options: ReadOptions): AsyncIterable<AgentId[]>;
  /** Starts to listen; connects and reconnects by itself until stopped. */
  openAgentEvents(options: AgentEventsOptions): AgentEvents;
  /** The organisation's people, who sign in through an OAuth client of their own. */
  peopleThrough(client: OAuthClient): People;
  budget(): BudgetStatus;
  /** Whether background reads are made at all: not while the platform keeps failing. */
  breaker(): BreakerStatus;
  /** The platform's clock as well as we know it, ms; see `PlatformClock`. */
  platformNow(): number;
  /** What the platform sent and we passed over, counted by kind. */
  oddities(): Readonly<Record<string, number>>;
}

type Waiting = BudgetStatus['waiting'];

const sumOf = (one: Waiting, other: Waiting): Waiting => ({
  interactive: one.interactive + other.interactive,
  resync: one.resync + other.resync,
  sweep: one.sweep + other.sweep,
  history: one.history + other.history,
});

/** Does nothing by itself: the first call signs in. */
export const createGenesysCloud = (options: GenesysCloudOptions): GenesysCloud => {
  const { clock, log, watch = NOBODY_WATCHES } = options;
  const platformClock = new PlatformClock(clock);
  const oddities = new Oddities(log);
  const exchange = watchedExchange(createExchange(clock), { clock, watch });
  const budget = new RateBudget(clock);
  const gate = new RequestGate({ clock, budget, maxInFlight: MAX_IN_FLIGHT });
  const bulkheads = new Bulkheads();
  const breaker = new PlatformBreaker({ clock, log });
  const { loginUrl, apiUrl, clientId, clientSecret } = options;
  const client = { clientId, clientSecret };
  const endpoint = new TokenEndpoint({ loginUrl, client, settings: 'GENESYS_CLOUD', exchange });
  const tokens = serviceTokens({ endpoint, clock, log });
  const common = { clock, log, platformClock, exchange, budget, random };
  const api = new ApiClient({ ...common, apiUrl, tokens, gate, bulkheads, breaker, watch });
  const users = new Users({ api, platformClock, oddities });
  const presences = new Presences({ api, platformClock, oddities });
  const statuses = new AgentStatuses({ api, platformClock });
  const details = new UserDetails({ api, clock, oddities });
  const codes = new ActivityCodesReader({ api, clock });
  const schedules = new Schedules({ api, codes });
  const adherences = new Adherences({ api, codes, oddities });
  const audits = new Audits({ api, platformClock, oddities });
  const named = new NamedEntities({ api, oddities });
  const channels = new Channels({ api, clock, platformClock });
  const kept = new KeptChannels({ store: options.channelStore ?? null, clock, log });
  const peopleDeps = { loginUrl, exchange, api, clock, log, platformClock, oddities };
  const eventsDeps = { clock, platformClock, random, log, oddities, tokens, channels, kept, openSocket: openWebSocket };
  return {
    listUsers: (how) => users.list(how),
    getUsers: (ids, how) => users.get(ids, how),
    listPresenceDefinitions: (how) => presences.listDefinitions(how),
    getPresence: (id, how) => presences.getPresence(id, how),
    getRoutingStatus: (id, how) => presences.getRoutingStatus(id, how),
    getAgentStatus: (id, how) => statuses.get(id, how),
    listUserDetails: (ids, interval, how) => details.list(ids, interval, how),
    getSchedule: (id, interval, how) => schedules.get(id, interval, how),
    getAdherence: (ids, how) => adherences.get(ids, how),
    hand: new PresenceWrites({ api, budget, platformClock, oddities }),
    listPresenceChanges: (id, interval, how) => audits.listPresenceChanges(id, interval, how),
    listLatestPresenceChanges: (interval, how) => audits.listLatestPresenceChanges(interval, how),
    listDivisions: (how) => named.listDivisions(how),
    listQueues: (how) => named.listQueues(how),
    listQueueMembers: (id, how) => named.listQueueMembers(id, how),
    listGroupMembers: (id, how) => named.listGroupMembers(id, how),
    openAgentEvents: (how) => new AgentEventChannels(eventsDeps, how),
    peopleThrough: (signInClient) => new People({ client: signInClient, ...peopleDeps }),
    budget: () => ({ ...budget.status(), inFlight: gate.inFlight, waiting: sumOf(gate.waiting, bulkheads.waiting) }),
    breaker: () => breaker.status,
    platformNow: () => platformClock.now(),
    oddities: () => oddities.counts(),
  };
};
