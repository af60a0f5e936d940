import { SegmentedControl } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import type { Chart } from './agent-day-search.ts';
import { useAgentDaySearch } from './use-agent-day-search.ts';

interface PanelProps {
  readonly title: string;
  /** What is shown is of this time and zone: printed under every title. */
  readonly note: string;
  /** Named where it can be read as a drawing or as a table. */
  readonly chart?: Chart;
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

/** One part of the page with its title, its time and zone, and the choice between drawing and table. */
export const Panel = ({ title, note, chart, controls, children }: PanelProps) => {
  const id = useId();
  return (
    <section className="panel" data-panel={chart} aria-labelledby={id}>
      <div className="panel__head">
        <div>
          <h2 className="panel__title" id={id}>
            {title}
          </h2>
          <p className="panel__note">{note}</p>
        </div>
        <div className="panel__controls">
          {controls}
          {chart !== undefined && <TableSwitch chart={chart} title={title} />}
        </div>
      </div>
      {children}
    </section>
  );
};

const TableSwitch = ({ chart, title }: { readonly chart: Chart; readonly title: string }) => {
  const { isTable, setTable } = useTableTwin(chart);
  return (
    <SegmentedControl
      size="xs"
      aria-label={`${title}: drawing or table`}
      data={[
        { value: 'chart', label: 'Chart' },
        { value: 'table', label: 'Table' },
      ]}
      value={isTable ? 'table' : 'chart'}
      onChange={(value) => setTable(value === 'table')}
    />
  );
};

const NONE: readonly Chart[] = [];

/** Whether a chart is read as its table, as the address has it. */
export const useTableTwin = (chart: Chart) => {
  const { search, change } = useAgentDaySearch();
  const tables = search.tables ?? NONE;
  return {
    isTable: tables.includes(chart),
    setTable: (isTable: boolean) =>
      change({ tables: isTable ? [...tables, chart] : tables.filter((other) => other !== chart) }),
  };
};
