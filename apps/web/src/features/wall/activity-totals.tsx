import { FLAG_KINDS, type Activity } from '@floorwatch/domain';
import type { MouseEvent } from 'react';
import { useLive } from '../../live/use-live.ts';
import { ACTIVITY_GROUPS, type ActivityGroup } from '../../look/activity-groups.ts';
import { ActivityGlyph } from '../../look/glyphs.tsx';
import { ACTIVITY_MEANING, ACTIVITY_WORD, FLAG_WORDS } from '../../look/words.ts';
import { useWallSearch } from './use-wall-search.ts';
import { chooseOptions } from './wall-search.ts';

const NONE: readonly Activity[] = [];

const extendsChoice = ({ shiftKey, ctrlKey, metaKey }: MouseEvent): boolean => shiftKey || ctrlKey || metaKey;

/** Agents per activity. Every number is a button that shows exactly those agents. */
export const ActivityTotals = () => {
  const { search, change } = useWallSearch();
  const chosen = search.activity ?? NONE;
  const choose = (activities: readonly Activity[], event: MouseEvent): void =>
    change((held) => ({ ...held, activity: chooseOptions(held.activity ?? NONE, activities, extendsChoice(event)) }));

  return (
    <section className="totals" aria-label="Agents per activity">
      {ACTIVITY_GROUPS.map((group) => (
        <div key={group.id} className="totals__group" role="group" aria-labelledby={`group-${group.id}`}>
          <GroupHeading group={group} chosen={chosen} onChoose={choose} />
          <div className="totals__cells">
            {group.activities.map((activity) => (
              <ActivityTotal
                key={activity}
                activity={activity}
                isChosen={chosen.includes(activity)}
                onChoose={choose}
              />
            ))}
            {group.id === 'attention' && (
              <>
                <DisagreementTotal />
                <FlaggedTotal />
              </>
            )}
          </div>
        </div>
      ))}
    </section>
  );
};

type Choose = (activities: readonly Activity[], event: MouseEvent) => void;

interface HeadingProps {
  readonly group: ActivityGroup;
  readonly chosen: readonly Activity[];
  readonly onChoose: Choose;
}

const GroupHeading = ({ group, chosen, onChoose }: HeadingProps) => {
  const { id, label, activities } = group;
  const count = useLive(({ view }) =>
    activities.reduce((sum, activity) => sum + (view?.counts.activities[activity] ?? 0), 0),
  );
  if (activities.length === 1)
    return (
      <span className="totals__heading" id={`group-${id}`}>
        {label}
      </span>
    );
  return (
    <button
      type="button"
      className="totals__heading totals__heading--button"
      id={`group-${id}`}
      aria-pressed={activities.every((activity) => chosen.includes(activity))}
      title={`Show everybody who is here: ${activities.map((activity) => ACTIVITY_WORD[activity]).join(', ')}`}
      onClick={(event) => onChoose(activities, event)}
    >
      {label} <span className="totals__sum">{count}</span>
    </button>
  );
};

interface TotalProps {
  readonly activity: Activity;
  readonly isChosen: boolean;
  readonly onChoose: Choose;
}

const ActivityTotal = ({ activity, isChosen, onChoose }: TotalProps) => {
  const count = useLive(({ view }) => view?.counts.activities[activity] ?? null);
  return (
    <button
      type="button"
      className="total"
      data-activity={activity}
      data-none={count === 0 || undefined}
      aria-pressed={isChosen}
      title={`${ACTIVITY_MEANING[activity]}. Click to show only these; with Shift to add them.`}
      onClick={(event) => onChoose([activity], event)}
    >
      <span className="total__count">{count ?? '–'}</span>
      <span className="total__label">
        <ActivityGlyph activity={activity} />
        {ACTIVITY_WORD[activity]}
      </span>
    </button>
  );
};

const DisagreementTotal = () => {
  const { search, change } = useWallSearch();
  const count = useLive(({ view }) => view?.counts.disagreeing ?? null);
  const isChosen = search.disagree === 'only';
  return (
    <button
      type="button"
      className="total"
      data-activity="disagreement"
      data-none={count === 0 || undefined}
      aria-pressed={isChosen}
      title="Presence and routing status contradict each other for more than 5 s. Click to show only these."
      onClick={() => change((held) => ({ ...held, disagree: isChosen ? undefined : 'only' }))}
    >
      <span className="total__count">{count ?? '–'}</span>
      <span className="total__label">
        <ActivityGlyph activity="disagreement" />
        Disagreeing
      </span>
    </button>
  );
};

/** Agents whose row is to be read with care; the menu of flags tells them apart. */
const FlaggedTotal = () => {
  const { search, change } = useWallSearch();
  const count = useLive(({ view }) => view?.counts.flagged ?? null);
  const isChosen = search.flag?.length === FLAG_KINDS.length;
  return (
    <button
      type="button"
      className="total"
      data-activity="flagged"
      data-none={count === 0 || undefined}
      aria-pressed={isChosen}
      title={FLAGGED_TITLE}
      onClick={() => change((held) => ({ ...held, flag: isChosen ? undefined : FLAG_KINDS }))}
    >
      <span className="total__count">{count ?? '–'}</span>
      <span className="total__label">
        <ActivityGlyph activity="flagged" />
        Flagged
      </span>
    </button>
  );
};

const FLAGGED_TITLE = [
  'The row is to be read with care. Click to show only these.',
  ...FLAG_KINDS.map((kind) => `${FLAG_WORDS[kind].short}: ${FLAG_WORDS[kind].long}.`),
].join('\n');
