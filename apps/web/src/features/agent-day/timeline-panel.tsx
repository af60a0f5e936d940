import type { Interval } from '@floorwatch/domain';
import { useCallback } from 'react';
import { Notice, RequestFailed } from './agent-states.tsx';
import { LANE_KINDS } from './lane.ts';
import { LaneChoice } from './lane-choice.tsx';
import type { LiveTail } from './live-tail.ts';
import { Panel, useTableTwin } from './panel.tsx';
import { Timeline } from './timeline.tsx';
import { TimelineTable } from './timeline-table.tsx';
import { useAgentDaySearch } from './use-agent-day-search.ts';
import type { AgentHistoryState } from './use-history.ts';
import { useTimeWindow } from './use-time-window.ts';

interface TimelinePanelProps {
  readonly history: AgentHistoryState;
  readonly tail: LiveTail;
  readonly range: Interval;
  readonly zone: string;
  /** The time and the zone in words. */
  readonly note: string;
}

/** The day as lanes over one axis. */
export const TimelinePanel = ({ history, tail, range, zone, note }: TimelinePanelProps) => {
  const { search, change } = useAgentDaySearch();
  const commit = useCallback((zoom: string) => change({ zoom }, true), [change]);
  const time = useTimeWindow(search.zoom ?? '', range, commit);
  const { isTable } = useTableTwin('timeline');
  const shown = search.lanes ?? LANE_KINDS;
  const { lanes, marks, pending, loadedDays, days, error, scheduleProblem, analyticsProblem, retry } = history;
  const isEmpty = pending.length === 0 && error === null && lanes.activity.every(({ key }) => key === null);
  return (
    <Panel
      title="Timeline"
      note={note}
      chart="timeline"
      controls={
        <LaneChoice
          shown={shown}
          onChange={(next) => change({ lanes: next.length === LANE_KINDS.length ? [] : next })}
        />
      }
    >
      {error !== null && <RequestFailed what="What was recorded" error={error} onRetry={retry} />}
      {isEmpty && <NothingRecorded hasBegun={days > 0} />}
      {isTable ? (
        <TimelineTable told={lanes} {...{ tail, marks, range, zone, shown, note }} />
      ) : (
        <Timeline told={lanes} {...{ tail, marks, pending, range, zone, shown, time }} />
      )}
      {pending.length > 0 && days > 1 && (
        <p className="panel__progress" role="status">
          {loadedDays} of {days} days loaded…
        </p>
      )}
      {analyticsProblem !== null && (
        <p className="panel__footnote">What Floorwatch did not record could not be filled in: {analyticsProblem}</p>
      )}
      {scheduleProblem !== null && shown.includes('schedule') && (
        <p className="panel__footnote">No schedule lane: {scheduleProblem}</p>
      )}
    </Panel>
  );
};

const NothingRecorded = ({ hasBegun }: { readonly hasBegun: boolean }) =>
  hasBegun ? (
    <Notice title="Nothing is known of this time">
      <p>
        Floorwatch was not recording then, and Genesys Cloud’s own history has nothing of this agent. What happens from
        now on is recorded.
      </p>
    </Notice>
  ) : (
    <Notice title="This time is still to come">
      <p>Only what is planned can be shown.</p>
    </Notice>
  );
