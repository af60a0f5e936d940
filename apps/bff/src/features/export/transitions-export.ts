import type { Actor, NamedEntity, PresenceDefinition } from '@floorwatch/contracts';
import { factSegments, type FactSegment, type Interval, type RecordedPast } from '@floorwatch/domain';
import { iso } from '../history/asked-range.ts';
import { daysOf, type ExportFile, type ExportRow } from './export-file.ts';
import { headOf, type AgentFileParts } from './export-head.ts';
import { localTime } from './local-time.ts';

/** The record that team leads' tools expect; at its end the instant in the zone, and who set the presence. */
const COLUMNS = [
  'userId',
  'timestamp',
  'uiPresence',
  'routingAvailability',
  'wrapupCode',
  'queueAssignments',
  'stateDurationSeconds',
  'timestampLocal',
  'setBy',
  'setByName',
] as const;

export interface TransitionNames {
  readonly presenceDefinitions: readonly PresenceDefinition[];
  readonly queues: readonly NamedEntity[];
  /** Who set the presence that began at an instant (ms). */
  readonly actorAt: (at: number) => Actor;
}

/** A stretch in which presence, routing status and queues stayed what they were. */
interface State extends Interval {
  readonly presence: FactSegment<'presence'> | null;
  readonly routing: FactSegment<'routing'>['value'];
  readonly queues: FactSegment<'queues'>['value'];
}

/**
 * One record for each change of presence or routing status, and one for the state at the beginning: so the durations add
 * up to the range. The wrap-up code is not known: no presence, routing status or history carries one.
 */
export const transitionsExport = (parts: AgentFileParts, past: RecordedPast, names: TransitionNames): ExportFile => {
  const { agent, range, zone } = parts;
  const states = statesOf(past, range);
  return {
    title: 'Transitions of an agent',
    nameParts: ['transitions', agent.name, ...daysOf(range, zone)],
    head: headOf({ ...parts, more: [['Agent', agent.name]] }),
    columns: COLUMNS,
    rowCount: states.length,
    rows: rowsOf(states, parts, names),
    total: null,
  };
};

const statesOf = (past: RecordedPast, range: Interval): State[] => {
  const presences = factSegments('presence', past, range);
  const routings = factSegments('routing', past, range);
  const queues = factSegments('queues', past, range);
  const starts = [...new Set([...presences, ...routings].map(({ from }) => from))].toSorted((a, b) => a - b);
  return starts.map((from, index) => ({
    from,
    to: starts[index + 1] ?? range.to,
    presence: segmentAt(presences, from),
    routing: segmentAt(routings, from)?.value ?? null,
    queues: segmentAt(queues, from)?.value ?? null,
  }));
};

const segmentAt = <Part extends Interval>(lane: readonly Part[], at: number): Part | null =>
  lane.find(({ from, to }) => from <= at && at < to) ?? null;

function* rowsOf(
  states: readonly State[],
  { agent, zone }: AgentFileParts,
  names: TransitionNames,
): Generator<ExportRow> {
  const labels = new Map<string, string>(names.presenceDefinitions.map(({ id, label }) => [id, label]));
  const queueNames = new Map<string, string>(names.queues.map(({ id, name }) => [id, name]));
  for (const { from, to, presence: segment, routing, queues } of states) {
    const presence = segment?.value ?? null;
    const setter = setterOf(segment, names);
    yield {
      userId: agent.id,
      timestamp: iso(from),
      uiPresence: presence === null ? 'unknown' : (labels.get(presence.definitionId ?? '') ?? presence.presence),
      routingAvailability: routing?.routing ?? 'unknown',
      wrapupCode: null,
      queueAssignments: queues?.queueIds.map((id) => queueNames.get(id) ?? id).join('; ') ?? null,
      stateDurationSeconds: (to - from) / 1000,
      timestampLocal: localTime(from, zone),
      setBy: setter.by,
      setByName: setter.name,
    };
  }
}

/** Told in each record that the presence holds in, as the presence itself is. */
const setterOf = (segment: FactSegment<'presence'> | null, { actorAt }: TransitionNames): Actor =>
  segment?.value && segment.startsExactly ? actorAt(segment.from) : { by: 'unknown', name: null };
