import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { foldName } from '../../live/fold-name.ts';
import { useLiveServices } from '../../live/use-live.ts';
import { EFFECT_WORDS, OBSTACLE_WORDS } from './change-words.ts';
import { DRY_RUN_GROUPS, groupOf, type DryRunAgent, type DryRunGroup } from './dry-run-groups.ts';
import { FilterChips } from './filter-chips.tsx';

const GROUP_WORDS: Readonly<Record<DryRunGroup, string>> = {
  go: 'Will be changed',
  warn: 'Against the schedule',
  blocked: 'Blocked by the schedule',
  nothing: 'There already',
  impossible: 'Not possible',
};

interface DryRunTableProps {
  readonly agents: readonly DryRunAgent[];
  readonly excluded: ReadonlySet<string>;
  readonly overrides: boolean;
  readonly onExclude: (excluded: ReadonlySet<string>) => void;
}

/** What would become of each agent, in groups; whoever can be changed can be left out. Cards on a phone. */
export const DryRunTable = ({ agents, excluded, overrides, onExclude }: DryRunTableProps) => {
  const { live } = useLiveServices();
  const [only, setOnly] = useState<DryRunGroup | null>(null);
  const [wanted, setWanted] = useState('');
  const nameOf = ({ agentId }: DryRunAgent): string => live.rowOf(agentId)?.profile.name ?? agentId;
  const counts = DRY_RUN_GROUPS.map((group) => ({
    id: group,
    label: GROUP_WORDS[group],
    count: agents.filter((agent) => groupOf(agent) === group).length,
  })).filter(({ count }) => count > 0);
  const found = agents.filter(
    (agent) => (only === null || groupOf(agent) === only) && foldName(nameOf(agent)).includes(foldName(wanted)),
  );
  const toggle = (agentId: string): void => {
    const next = new Set(excluded);
    if (!next.delete(agentId)) next.add(agentId);
    onExclude(next);
  };
  return (
    <>
      <div className="bulk__filters">
        <FilterChips label="Outcome" options={counts} chosen={only} onChoose={setOnly} />
        <TextInput
          size="xs"
          aria-label="Search agents of the dry run"
          placeholder="Search agents"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      </div>
      <div className="bulk__scroll" tabIndex={0} role="group" aria-label="Dry run, agent by agent">
        <table className="bulk__table">
          <thead>
            <tr>
              <th scope="col">
                <span className="hidden">Taken along</span>
              </th>
              <th scope="col">Agent</th>
              <th scope="col">Now</th>
              <th scope="col">What would happen</th>
            </tr>
          </thead>
          {DRY_RUN_GROUPS.map((group) => {
            const members = found.filter((agent) => groupOf(agent) === group);
            if (members.length === 0) return null;
            return (
              <tbody key={group}>
                <tr className="bulk__group">
                  <th colSpan={4} scope="rowgroup">
                    {GROUP_WORDS[group]} ({members.length})
                  </th>
                </tr>
                {members.map((agent) => (
                  <AgentLine
                    key={agent.agentId}
                    agent={agent}
                    name={nameOf(agent)}
                    mayGo={group === 'go' || group === 'warn' || (group === 'blocked' && overrides)}
                    isExcluded={excluded.has(agent.agentId)}
                    onToggle={toggle}
                  />
                ))}
              </tbody>
            );
          })}
        </table>
        {found.length === 0 && <p className="change__hint">Nobody is like that.</p>}
      </div>
    </>
  );
};

interface AgentLineProps {
  readonly agent: DryRunAgent;
  readonly name: string;
  readonly mayGo: boolean;
  readonly isExcluded: boolean;
  readonly onToggle: (agentId: string) => void;
}

const AgentLine = ({ agent, name, mayGo, isExcluded, onToggle }: AgentLineProps) => (
  <tr data-out={!mayGo || isExcluded || undefined}>
    <td>
      <input
        type="checkbox"
        aria-label={`Take ${name} along`}
        checked={mayGo && !isExcluded}
        disabled={!mayGo}
        onChange={() => onToggle(agent.agentId)}
      />
    </td>
    <th scope="row" dir="auto">
      {name}
    </th>
    <td dir="auto">{agent.current?.label ?? 'not known'}</td>
    <td>{outcomeWords(agent)}</td>
  </tr>
);

const outcomeWords = ({ obstacles, verdict, effects }: DryRunAgent): string =>
  [
    ...obstacles.filter((obstacle) => obstacle !== 'schedule-blocks').map((obstacle) => OBSTACLE_WORDS[obstacle]),
    ...(verdict === null ? [] : [verdict.reason]),
    ...effects.map((effect) => EFFECT_WORDS[effect]),
  ].join(' ');
