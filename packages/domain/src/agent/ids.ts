declare const brand: unique symbol;

/** A string that is an id of one kind only: an agent's id is never handed to something that wants a queue's. */
type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type AgentId = Id<'agent'>;
export type DivisionId = Id<'division'>;
export type QueueId = Id<'queue'>;
export type PresenceDefinitionId = Id<'presence-definition'>;

/** Marks a string that came over a checked edge as an agent's id. */
export const agentId = (value: string): AgentId => value as AgentId;
export const divisionId = (value: string): DivisionId => value as DivisionId;
export const queueId = (value: string): QueueId => value as QueueId;
export const presenceDefinitionId = (value: string): PresenceDefinitionId => value as PresenceDefinitionId;
