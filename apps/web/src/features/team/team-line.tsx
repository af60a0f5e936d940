import type { AgentAvailabilityLine } from '@floorwatch/contracts';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { dropAbsent } from '../../lib/page-search.ts';
import { AgentBars } from './agent-bars.tsx';
import { FIGURE_COLUMNS, writeFigures } from '../../lib/figure-columns.ts';
import type { TeamQuestion } from './team-query.ts';
import { useTeamSearch } from './use-team-search.ts';

interface TeamLineProps {
  readonly line: AgentAvailabilityLine;
  /** From 0, in the order shown. */
  readonly place: number;
  readonly question: TeamQuestion;
  readonly onOpen: (agentId: string) => void;
}

/** One agent: the way to their page, small bars over the range, and every figure. */
export const TeamLine = memo(({ line, place, question, onOpen }: TeamLineProps) => {
  const { search, zone } = useTeamSearch();
  const { agentId, name, team, total } = line;
  const texts = writeFigures(total);
  const { theme, range, day, from, to } = search;
  return (
    <div role="row" aria-rowindex={place + 4} className="team__line" data-agent-id={agentId}>
      <div role="rowheader" className="team__cell team__name">
        <Link
          to="/agents/$id"
          params={{ id: agentId }}
          search={dropAbsent({ theme, range, day, from, to, zone })}
          className="team__link"
          dir="auto"
          title={`${name}: the same time in detail`}
        >
          {name}
        </Link>
        {team !== null && (
          <span className="team__of" dir="auto">
            {team}
          </span>
        )}
        {total.isVolatile && (
          <span className="team__badge" title="Changed too often at times: those windows are left out of the shares">
            Volatile
          </span>
        )}
      </div>
      <div role="cell" className="team__cell team__bars">
        <AgentBars line={line} range={question.range} onOpen={onOpen} />
      </div>
      {FIGURE_COLUMNS.map(({ key, word }) => (
        <div
          key={key}
          role="cell"
          className="team__cell team__figure"
          data-figure={key}
          data-word={word}
          data-none={NONE.has(texts[key]) || undefined}
        >
          {texts[key]}
        </div>
      ))}
    </div>
  );
});

/** Said in a low voice. */
const NONE: ReadonlySet<string> = new Set(['0:00:00', '0', '–']);
