import './agent-day.css';
import type { AgentRow, Granularity } from '@floorwatch/domain';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { grainFor } from '../../lib/bar-grain.ts';
import { instantsOf, rangeWords, type CalendarRange, type InstantRange } from '../../lib/calendar-range.ts';
import { rangeOf } from '../../lib/range-search.ts';
import { viewerZone } from '../../lib/remembered-zone.ts';
import { usePrinting } from '../../lib/use-printing.ts';
import { formatInstant, zoneWords, type CalendarDay } from '../../lib/zone-time.ts';
import { useAgentRowOf, useLive, usePlatformNow } from '../../live/use-live.ts';
import { useToday } from '../../live/use-today.ts';
import { AgentExport } from './agent-export.tsx';
import { AgentHeader } from './agent-header.tsx';
import { LoadingAgent, UnknownAgent } from './agent-states.tsx';
import { AvailabilityPanel, MOST_BARS } from './availability-panel.tsx';
import { availabilityQuery } from './availability-query.ts';
import { ChangesPanel } from './changes-panel.tsx';
import { ComparisonPanel } from './comparison-panel.tsx';
import { isGone, KeptNotice } from './kept-notice.tsx';
import { allowedRangeOf } from './kept-range.ts';
import { StatusesPanel } from './statuses-panel.tsx';
import { TimelinePanel } from './timeline-panel.tsx';
import { useAgentDaySearch } from './use-agent-day-search.ts';
import { useHistory } from './use-history.ts';
import { useLiveTail } from './use-live-tail.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

interface AgentDayProps {
  /** The way to somebody else, where there is nobody to show. */
  readonly wayBack: ReactNode;
  /** What else there is of this agent, below their time. */
  readonly below?: ReactNode;
  /** Range and zone. */
  readonly timePicker: ReactNode;
  /** What can be done to this agent. */
  readonly actions?: ReactNode;
}

/** One agent: now, and how the time went. */
export const AgentDay = ({ wayBack, below, timePicker, actions }: AgentDayProps) => {
  const { id, search } = useAgentDaySearch();
  const { row, hasLeft } = useAgentOnBoard(id);
  const isBoardLoaded = useLive(({ view }) => view !== null);
  const zone = search.zone ?? viewerZone();
  const today = useToday(zone);
  if (row === null && isBoardLoaded) return <UnknownAgent id={id} wayBack={wayBack} />;
  return (
    <main className="agent-day">
      <PrintedAt zone={zone} />
      {row === null ? <LoadingAgent /> : <AgentHeader row={row} hasLeft={hasLeft} zone={zone} actions={actions} />}
      {today === null ? (
        <div className="agent-day__time">{timePicker}</div>
      ) : (
        <AgentTime key={id} {...{ id, zone, today, timePicker }} />
      )}
      {below}
    </main>
  );
};

/** Paper does not tick: of when it is must stand on it. */
const PrintedAt = ({ zone }: { readonly zone: string }) => {
  const isPrinting = usePrinting();
  const now = usePlatformNow(SECOND_MS);
  if (!isPrinting || now === null) return null;
  return (
    <p className="panel__note">
      As of {formatInstant(now, zone)} ({zone})
    </p>
  );
};

/** The agent's row, kept when the agent leaves the board while one looks. */
const useAgentOnBoard = (id: string): { row: AgentRow | null; hasLeft: boolean } => {
  const row = useAgentRowOf(id);
  const [last, setLast] = useState<AgentRow | null>(null);
  if (row !== null && row !== last) setLast(row);
  const kept = last?.profile.id === id ? last : null;
  return { row: row ?? kept, hasLeft: row === null && kept !== null };
};

interface AgentTimeProps {
  readonly id: string;
  readonly zone: string;
  readonly today: CalendarDay;
  readonly timePicker: ReactNode;
}

/** What was recorded in the range that the address names. */
const AgentTime = ({ id, zone, today, timePicker }: AgentTimeProps) => {
  const { search, change } = useAgentDaySearch();
  const chosen = rangeOf(search, today);
  const range = instantsOf(chosen, zone);
  const now = usePlatformNow(MINUTE_MS) ?? instantsOf({ kind: 'day', day: today }, zone).to;
  const note = `${rangeWords(chosen, zone)} · ${zoneWords(zone, range)}`;
  const history = useHistory({ agentId: id, range, zone, now });
  const tail = useLiveTail(id);
  const isRunning = range.from <= now && now < range.to;
  const grain = grainFor(range.to - range.from, search.grain, MOST_BARS);
  const kept = { from: Math.max(range.from, history.keptFrom ?? range.from), to: range.to };
  return (
    <>
      <div className="agent-day__time">
        {timePicker}
        <AgentExport agentId={id} range={kept} {...{ zone, grain, note }} />
      </div>
      {history.keptFrom !== null && (
        <KeptNotice
          keptFrom={history.keptFrom}
          {...{ range, now, zone }}
          onShow={({ day }) => change({ range: undefined, from: undefined, to: undefined, day })}
        />
      )}
      {!isGone(range, history.keptFrom) && (
        <>
          <TimelinePanel {...{ history, tail, range, zone, note }} />
          {range.from < now && (
            <AgentFigures
              {...{ id, chosen, range, zone, note, grain, isRunning }}
              mayChange={isRunning || !history.isSettled}
            />
          )}
          <ChangesPanel told={history.lanes} marks={history.marks} {...{ tail, range, zone, note }} />
        </>
      )}
    </>
  );
};

interface AgentFiguresProps {
  readonly id: string;
  readonly chosen: CalendarRange;
  readonly range: InstantRange;
  readonly zone: string;
  readonly note: string;
  readonly grain: Granularity;
  readonly isRunning: boolean;
  /** It goes on, or a gap of it is still to be filled. */
  readonly mayChange: boolean;
}

/** What the time adds up to. */
const AgentFigures = ({ id, chosen, range, zone, note, grain, isRunning, mayChange }: AgentFiguresProps) => {
  const { data, error, refetch } = useQuery(
    availabilityQuery({ agentId: id, range, granularity: grain, zone, mayChange }),
  );
  return (
    <div className="agent-day__figures">
      <AvailabilityPanel
        answer={data?.told}
        error={allowedRangeOf(error) === null ? error : null}
        onRetry={() => void refetch()}
        {...{ range, zone, note, isRunning }}
      />
      <div className="agent-day__aside">
        {data !== undefined && <StatusesPanel answer={data.told} note={note} />}
        {chosen.kind === 'day' && (
          <ComparisonPanel agentId={id} day={chosen.day} {...{ zone, note, isRunning, mayChange }} />
        )}
      </div>
    </div>
  );
};
