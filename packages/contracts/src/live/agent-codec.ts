import {
  agentId,
  divisionId,
  makeRow,
  NO_FLAGS,
  presenceDefinitionId,
  queueId,
  presenceSetter,
  SETTER_KINDS,
  type AgentFlags,
  type AgentRow,
  type AgentState,
  type BoardPatch,
  type Contacts,
  type Presence,
  type PresenceSetter,
  type RoutingStatus,
} from '@floorwatch/domain';
import type { AgentCard } from './agent-card.ts';
import { ROW_FLAG, SET_BY_LIMIT, type AgentRowWire } from './agent-row-wire.ts';
import type { Delta } from './delta.ts';

/** Who the agent is, as sent. */
export const toCard = ({ ref, profile, queueIds }: AgentRow): AgentCard => ({
  ref,
  id: profile.id,
  name: profile.name,
  divisionId: profile.divisionId,
  title: profile.title,
  department: profile.department,
  team: profile.team,
  queueIds: queueIds === null ? null : [...queueIds],
});

/** What the agent is doing, as sent. */
export const toRowWire = ({ ref, state, flags }: AgentRow): AgentRowWire => {
  const wire = toStateWire(ref, state);
  const setterRef = state.presence?.setBy?.ref ?? null;
  if (flags.length > 0 || setterRef !== null) wire[11] = flags.map(({ kind, since, reason }) => [kind, since, reason]);
  if (setterRef !== null) wire[12] = setterRef;
  return wire;
};

const toStateWire = (ref: number, state: AgentState): AgentRowWire => [
  ref,
  state.presence?.system ?? null,
  state.presence?.definitionId ?? null,
  state.presence?.since.at ?? null,
  state.routing?.state ?? null,
  state.routing?.since.at ?? null,
  state.contacts?.active ?? null,
  state.contacts?.afterCallWork ?? null,
  state.contacts?.since.at ?? null,
  bitsOf(state),
  state.presence?.message ?? null,
];

const bitsOf = ({ presence, routing, contacts, outOfOffice }: AgentState): number =>
  (presence?.since.exact === false ? ROW_FLAG.presenceSinceInexact : 0) |
  (routing?.since.exact === false ? ROW_FLAG.routingSinceInexact : 0) |
  (contacts?.since.exact === false ? ROW_FLAG.contactsSinceInexact : 0) |
  (outOfOffice === true ? ROW_FLAG.outOfOffice : 0) |
  (outOfOffice === null ? 0 : ROW_FLAG.outOfOfficeKnown) |
  (presence?.setBy === undefined ? 0 : ROW_FLAG.setBy * (SETTER_KINDS.indexOf(presence.setBy.kind) + 1));

/** Reads an agent's state back from the wire. */
export const fromRowWire = (wire: AgentRowWire): AgentState => {
  const flags = wire[9];
  return {
    presence: presenceFrom(wire, flags),
    routing: routingFrom(wire, flags),
    contacts: contactsFrom(wire, flags),
    outOfOffice: (flags & ROW_FLAG.outOfOfficeKnown) === 0 ? null : (flags & ROW_FLAG.outOfOffice) !== 0,
  };
};

const flagsFrom = ([, , , , , , , , , , , wire = []]: AgentRowWire): AgentFlags =>
  wire.length === 0 ? NO_FLAGS : wire.map(([kind, since, reason]) => ({ kind, since, reason }));

const presenceFrom = (wire: AgentRowWire, flags: number): Presence | null => {
  const [, system, definition, at] = wire;
  if (system === null || at === null) return null;
  const exact = (flags & ROW_FLAG.presenceSinceInexact) === 0;
  const definitionId = definition === null ? null : presenceDefinitionId(definition);
  const presence: Presence = { system, definitionId, message: wire[10], since: { at, exact } };
  const setBy = setByFrom(flags, wire[12] ?? null);
  return setBy === null ? presence : { ...presence, setBy };
};

const setByFrom = (flags: number, ref: number | null): PresenceSetter | null => {
  const kind = SETTER_KINDS[(Math.floor(flags / ROW_FLAG.setBy) % SET_BY_LIMIT) - 1] ?? 'unknown';
  return kind === 'unknown' ? null : presenceSetter(kind, ref);
};

const routingFrom = (wire: AgentRowWire, flags: number): RoutingStatus | null => {
  const [, , , , state, at] = wire;
  if (state === null || at === null) return null;
  return { state, since: { at, exact: (flags & ROW_FLAG.routingSinceInexact) === 0 } };
};

const contactsFrom = (wire: AgentRowWire, flags: number): Contacts | null => {
  const [, , , , , , active, afterCallWork, at] = wire;
  if (active === null || afterCallWork === null || at === null) return null;
  return { active, afterCallWork, since: { at, exact: (flags & ROW_FLAG.contactsSinceInexact) === 0 } };
};

/** The agents' part of a delta or a list. `cards` holds only those that changed after `from`. */
export const toDeltaBody = ({
  from,
  to,
  rows,
  removed,
}: BoardPatch): Pick<Delta, 'from' | 'to' | 'cards' | 'rows' | 'removed'> => ({
  from,
  to,
  cards: rows.filter((row) => row.profileVersion > from).map(toCard),
  rows: rows.map(toRowWire),
  removed: [...removed],
});

/**
 * Reads a delta back into a patch. Rows without a card keep the one they have.
 * @param heldRow the row the reader holds for a ref
 * @returns the patch, or `gap` when a row names an agent the reader has never been told of
 */
export const fromDeltaBody = (
  body: Pick<Delta, 'from' | 'to' | 'cards' | 'rows' | 'removed'>,
  heldRow: (ref: number) => AgentRow | null,
): BoardPatch | 'gap' => {
  const cards = new Map(body.cards.map((card) => [card.ref, card]));
  const rows: AgentRow[] = [];
  for (const wire of body.rows) {
    const ref = wire[0];
    const card = cards.get(ref);
    const who = card === undefined ? heldRow(ref) : { ...fromCard(card), profileVersion: body.to };
    if (who === null) return 'gap';
    const { profile, queueIds, profileVersion } = who;
    const seen = { state: fromRowWire(wire), flags: flagsFrom(wire) };
    rows.push(makeRow({ ref, profile, queueIds, profileVersion, ...seen, version: body.to }));
  }
  return { from: body.from, to: body.to, rows, removed: body.removed };
};

const fromCard = (card: AgentCard): Pick<AgentRow, 'profile' | 'queueIds'> => ({
  profile: {
    id: agentId(card.id),
    name: card.name,
    divisionId: card.divisionId === null ? null : divisionId(card.divisionId),
    title: card.title,
    department: card.department,
    team: card.team,
  },
  queueIds: card.queueIds === null ? null : card.queueIds.map(queueId),
});
