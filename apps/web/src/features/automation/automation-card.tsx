import type { AutomationView } from '@floorwatch/contracts';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatDay, formatTime, offsetWord } from '../../lib/zone-time.ts';
import { useSession } from '../../live/session-query.ts';
import { pause, remove, resume } from './automation-api.ts';
import { AutomationFailed } from './automation-failed.tsx';
import { countsWords, RUN, toneOf } from './automation-words.ts';
import { TriggerNote } from './trigger-note.tsx';
import { useAutomationSearch } from './use-automation-search.ts';
import { useRuleWrite } from './use-rule-write.ts';

interface AutomationCardProps {
  readonly automation: AutomationView;
  readonly zone: string;
}

/** One automation: the rule in words, when it is next, how it went last, and what can be done with it. */
export const AutomationCard = ({ automation, zone }: AutomationCardProps) => {
  const { id, rule, words, owner, paused } = automation;
  const isOver = paused === null && rule.start.kind === 'planned' && automation.nextAt === null;
  const own = useSession()?.person?.userId === owner.id;
  return (
    <article
      className="rule"
      data-paused={paused !== null || undefined}
      data-over={isOver || undefined}
      aria-labelledby={`rule-${id}`}
    >
      <div className="rule__head">
        <h2 className="rule__name" id={`rule-${id}`} dir="auto">
          {rule.name}
        </h2>
        <span className="rule__state" data-tone={paused === null ? 'good' : 'warn'}>
          {paused === null ? (isOver ? 'Over' : 'Active') : 'Paused'}
        </span>
      </div>
      <p className="rule__words" dir="auto">
        {words}
      </p>
      {paused !== null && (
        <p className="rule__paused">
          Paused on {moment(paused.at, zone)}: {paused.reason}
        </p>
      )}
      <dl className="rule__facts">
        <div>
          <dt>Next</dt>
          <dd>{nextWords(automation, zone)}</dd>
        </div>
        <div>
          <dt>Last run</dt>
          <dd>
            <LastRun automation={automation} zone={zone} />
          </dd>
        </div>
        {!own && (
          <div>
            <dt>Owner</dt>
            <dd dir="auto">{owner.name}</dd>
          </div>
        )}
      </dl>
      {rule.start.kind === 'trigger' && <TriggerNote id={id} />}
      <CardActions automation={automation} />
    </article>
  );
};

const moment = (at: string, zone: string): string => {
  const instant = Date.parse(at);
  return `${formatDay(instant, zone)}, ${formatTime(instant, zone)} ${offsetWord(instant, zone)}`;
};

const nextWords = ({ nextAt, rule, paused }: AutomationView, zone: string): string => {
  if (paused !== null) return 'Not while it is paused';
  if (nextAt !== null) return moment(nextAt, zone);
  if (rule.start.kind === 'trigger') return 'When another tool asks for it';
  return rule.start.kind === 'schedule' ? 'When the schedule says so' : 'Never again: its time is over';
};

const LastRun = ({ automation: { lastRun }, zone }: AutomationCardProps) =>
  lastRun === null ? (
    <>None yet</>
  ) : (
    <>
      {moment(lastRun.startedAt, zone)}{' '}
      <span className="told" data-tone={toneOf(lastRun)}>
        {RUN[lastRun.state].word}
      </span>
      {lastRun.reason === null ? `: ${countsWords(lastRun)}` : `: ${lastRun.reason}`}
    </>
  );

const CardActions = ({ automation }: Pick<AutomationCardProps, 'automation'>) => {
  const { id, rule, paused, may } = automation;
  const { change } = useAutomationSearch();
  const turning = useRuleWrite(paused === null ? pause : resume);
  const removing = useRuleWrite(remove);
  const [isAsked, setAsked] = useState(false);
  const error = turning.error ?? removing.error;
  return (
    <>
      {error !== null && <AutomationFailed error={error} />}
      <div className="rule__actions" role="group" aria-label={`What to do with ${rule.name}`}>
        <Button size="compact-sm" variant="default" onClick={() => change({ log: id })}>
          Run log
        </Button>
        {may.change && (
          <Button size="compact-sm" variant="default" onClick={() => change({ edit: id })}>
            Edit
          </Button>
        )}
        {may.control && (
          <Button
            size="compact-sm"
            variant="default"
            loading={turning.isPending}
            onClick={() => turning.mutate(automation)}
          >
            {paused === null ? 'Pause' : 'Resume'}
          </Button>
        )}
        {may.control && !isAsked && (
          <Button size="compact-sm" variant="default" onClick={() => setAsked(true)}>
            Delete
          </Button>
        )}
        {isAsked && (
          <span className="rule__sure">
            <span role="status">Delete it? Agents who are to be put back still are.</span>
            <Button
              size="compact-sm"
              color="red"
              loading={removing.isPending}
              onClick={() => removing.mutate(automation)}
            >
              Delete it
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setAsked(false)}>
              Keep it
            </Button>
          </span>
        )}
      </div>
    </>
  );
};
