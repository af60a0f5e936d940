import type { AgentRow } from '@floorwatch/domain';
import { memo, useEffect, useRef } from 'react';
import { agentAddress } from '../../lib/agent-address.ts';
import { formatClockTime } from '../../lib/clock-time.ts';
import { useTileDesk, type UnderWay } from '../../live/presence-desk.ts';
import { useAgentRow, useDisagrees } from '../../live/use-live.ts';
import { ActivityGlyph } from '../../look/glyphs.tsx';
import {
  ACTIVITY_MEANING,
  ACTIVITY_WORD,
  DISCREPANCY_WORDS,
  FLAG_WORDS,
  ROUTING_WORD,
  setByWords,
  UNDER_WAY_WORDS,
} from '../../look/words.ts';
import { ElapsedTime } from './elapsed-time.tsx';
import { usePresenceWords } from '../../live/presence-labels.ts';
import { useSetter } from '../../live/use-setter.ts';
import { SetByMark } from './set-by-mark.tsx';
import { TileIcon } from './tile-icons.tsx';

export interface AgentTileProps {
  readonly agentRef: number;
  /** Place on the wall, px. */
  readonly x: number;
  readonly y: number;
  /** Place in the order, from 1, of `count`. */
  readonly place: number;
  readonly count: number;
  /** Only what can be told at a glance: one of hundreds on the screen. */
  readonly isSmall: boolean;
  /** The one tile the keyboard reaches. */
  readonly isCurrent: boolean;
  /** The keyboard just moved here. */
  readonly takesFocus: boolean;
}

/** One agent. Renders when its row changes or it moves, and for no other reason. */
export const AgentTile = memo(({ agentRef, x, y, place, count, isSmall, isCurrent, takesFocus }: AgentTileProps) => {
  const row = useAgentRow(agentRef);
  const disagrees = useDisagrees(agentRef);
  const desk = useTileDesk(row?.profile.id ?? '', row?.profile.divisionId ?? null);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (takesFocus) link.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  if (row === null) return null;
  const hasMenu = desk.mayChange && !desk.isSelecting;
  return (
    <div
      role="listitem"
      className="tile"
      data-ref={agentRef}
      data-agent-id={row.profile.id}
      data-activity={row.activity}
      data-disagrees={disagrees || undefined}
      data-flags={row.flags.map(({ kind }) => kind).join(' ') || undefined}
      data-selected={desk.isSelected || undefined}
      data-fixed={(desk.isSelecting && !desk.mayChange) || undefined}
      data-under-way={desk.underWay ?? undefined}
      data-has-menu={hasMenu || undefined}
      aria-setsize={count}
      aria-posinset={place}
      style={{ transform: `translate(${x}px, ${y}px)` }}
    >
      <a
        ref={link}
        className="tile__link"
        href={agentAddress(row.profile.id)}
        tabIndex={isCurrent ? 0 : -1}
        {...(desk.isSelecting && desk.mayChange && { role: 'checkbox', 'aria-checked': desk.isSelected })}
      >
        {isSmall ? (
          <SmallTileBody row={row} underWay={desk.underWay} />
        ) : (
          <TileBody row={row} disagrees={disagrees} underWay={desk.underWay} />
        )}
      </a>
      {hasMenu && (
        <button
          type="button"
          className="tile__menu"
          tabIndex={isCurrent ? 0 : -1}
          aria-haspopup="menu"
          aria-label={`Change ${row.profile.name}`}
        />
      )}
    </div>
  );
});

interface BodyProps {
  readonly row: AgentRow;
  readonly underWay: UnderWay | null;
}

const SmallTileBody = ({ row, underWay }: BodyProps) => {
  const { profile, state, activity, flags } = row;
  const setter = useSetter(state.presence);
  const words = [
    ACTIVITY_WORD[activity],
    ...flags.map(({ kind }) => FLAG_WORDS[kind].short),
    ...(setter.by === 'unknown' ? [] : [setByWords(setter.by, setter.name)]),
    ...(underWay === null ? [] : [UNDER_WAY_WORDS[underWay].short]),
  ].join(', ');
  return (
    <>
      <ActivityGlyph activity={activity} />
      <span className="tile__name" dir="auto" title={`${profile.name}\n${words}`}>
        {profile.name}
      </span>
      <span className="hidden">{words}</span>
      <ElapsedTime since={row.since} />
      <SetByMark by={setter.by} />
    </>
  );
};

/** Why the tile is to be read with care, and what is about to happen to it; most have no such thing. */
const Badges = ({ row, disagrees, underWay }: BodyProps & { readonly disagrees: boolean }) => {
  const { discrepancy, flags } = row;
  const contradiction = disagrees ? discrepancy : null;
  if (contradiction === null && flags.length === 0 && underWay === null) return null;
  return (
    <div className="tile__badges">
      {underWay !== null && (
        <span className="tile__badge" data-kind={underWay} title={UNDER_WAY_WORDS[underWay].long}>
          {UNDER_WAY_WORDS[underWay].short}
        </span>
      )}
      {contradiction !== null && (
        <span className="tile__badge" data-kind={contradiction} title={DISCREPANCY_WORDS[contradiction].long}>
          {DISCREPANCY_WORDS[contradiction].short}
        </span>
      )}
      {flags.map(({ kind, since, reason }) => (
        <span key={kind} className="tile__badge" data-kind={kind} title={`${reason}\nSince ${formatClockTime(since)}`}>
          {FLAG_WORDS[kind].short}
        </span>
      ))}
    </div>
  );
};

const TileBody = ({ row, disagrees, underWay }: BodyProps & { readonly disagrees: boolean }) => {
  const { profile, state, activity } = row;
  const presence = usePresenceWords(state.presence);
  const routing = state.routing === null ? 'Not seen yet' : ROUTING_WORD[state.routing.state];
  const contacts = contactsOf(row);
  const setter = useSetter(state.presence);
  const setBy = setByWords(setter.by, setter.name);
  return (
    <>
      <Badges row={row} disagrees={disagrees} underWay={underWay} />
      <div className="tile__line">
        <ActivityGlyph activity={activity} />
        <span className="tile__name" dir="auto" title={nameTitle(row)}>
          {profile.name}
        </span>
        {state.outOfOffice === true && (
          <span className="tile__mark" title="Out of office is switched on">
            <TileIcon kind="outOfOffice" label="Out of office" />
          </span>
        )}
        {contacts > 0 && (
          <span className="tile__mark" title={contactsTitle(row)}>
            <TileIcon kind="contacts" label="Contacts" />
            {contacts}
          </span>
        )}
      </div>
      <div className="tile__line">
        <span className="tile__activity" title={ACTIVITY_MEANING[activity]}>
          {ACTIVITY_WORD[activity]}
        </span>
        <ElapsedTime since={row.since} />
      </div>
      <div className="tile__line tile__facts">
        <span className="tile__fact tile__fact--presence" title={presenceTitle(row, presence, setBy)}>
          <SetByMark by={setter.by} />
          <span className="hidden">{setter.by === 'unknown' ? 'Presence: ' : `${setBy}. Presence: `}</span>
          {presence}
        </span>
        <span className="tile__fact" title={routingTitle(row, routing)}>
          <span className="hidden">Routing: </span>
          {routing}
        </span>
      </div>
    </>
  );
};

const contactsOf = ({ state }: AgentRow): number =>
  state.contacts === null ? 0 : state.contacts.active + state.contacts.afterCallWork;

const contactsTitle = ({ state }: AgentRow): string =>
  state.contacts === null ? '' : `${state.contacts.active} active, ${state.contacts.afterCallWork} in after-call work`;

const nameTitle = ({ profile }: AgentRow): string =>
  [profile.name, profile.title, profile.department, profile.team].filter(Boolean).join('\n');

const sinceText = (at: number | undefined): string => (at === undefined ? '' : `, since ${formatClockTime(at)}`);

const presenceTitle = ({ state: { presence } }: AgentRow, words: string, setBy: string): string =>
  [
    `Presence: ${words}${sinceText(presence?.since.at)}`,
    ...(presence?.message ? [`“${presence.message}”`] : []),
    ...(presence === null ? [] : [setBy]),
  ].join('\n');

const routingTitle = ({ state }: AgentRow, words: string): string =>
  `Routing: ${words}${sinceText(state.routing?.since.at)}`;
