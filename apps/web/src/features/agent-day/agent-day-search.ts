import { GRANULARITIES, type Granularity, type Interval } from '@floorwatch/domain';
import { listIn, textIn } from '../../lib/page-search.ts';
import { readRangeSearch, type RangeSearch } from '../../lib/range-search.ts';
import { LANE_KINDS, type LaneKind } from './lane.ts';
import { SHORTEST_WINDOW_MS } from './time-window.ts';

/** The parts of the page that can be read as a drawing or as a table. */
export const CHARTS = ['timeline', 'availability', 'statuses', 'comparison'] as const;

export type Chart = (typeof CHARTS)[number];

/** The whole view of an agent's page, as it stands in the address. Absent means the default. */
export interface AgentDaySearch extends RangeSearch {
  /** What of the range the time axis shows; see {@link writeZoom}. */
  readonly zoom?: string;
  /** Lanes shown. */
  readonly lanes?: readonly LaneKind[];
  /** Length of the intervals of availability. */
  readonly grain?: Granularity;
  /** Charts shown as tables. */
  readonly tables?: readonly Chart[];
}

/** Reads the view from an address. What makes no sense is left out: an old link shows the rest of what it meant. */
export const readAgentDaySearch = (raw: Readonly<Record<string, unknown>>, fallbackZone: string): AgentDaySearch => {
  const zoom = textIn(raw['zoom']);
  const lanes = LANE_KINDS.filter((kind) => listIn(raw['lanes']).includes(kind));
  const grain = GRANULARITIES.find((name) => name === raw['grain']);
  const tables = CHARTS.filter((chart) => listIn(raw['tables']).includes(chart));
  return {
    ...readRangeSearch(raw, fallbackZone),
    ...(readZoom(zoom) !== null && { zoom }),
    ...(lanes.length > 0 && lanes.length < LANE_KINDS.length && { lanes }),
    ...(grain !== undefined && { grain }),
    ...(tables.length > 0 && { tables }),
  };
};

const ZOOM = /^(\d{8}T\d{6}Z)-(\d{8}T\d{6}Z)$/;

/** `20260815T080000Z-20260815T103000Z`: in UTC, so that it means the same in every zone. */
export const writeZoom = ({ from, to }: Interval): string => `${basicInstant(from)}-${basicInstant(to)}`;

const basicInstant = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** The window a zoom names; null for one that makes no sense. */
export const readZoom = (text: string): Interval | null => {
  const [, from, to] = ZOOM.exec(text) ?? [];
  if (from === undefined || to === undefined) return null;
  const window = { from: parseBasic(from), to: parseBasic(to) };
  return window.to - window.from >= SHORTEST_WINDOW_MS ? window : null;
};

const parseBasic = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
