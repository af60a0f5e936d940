import type { AvailabilityScope, AvailabilitySortKey, HistoryKind } from '@floorwatch/contracts';
import { timesReach, type Board, type DivisionScope, type Granularity } from '@floorwatch/domain';
import type { DirectoryNames } from '../../ingest/directory.ts';
import { agentNotFound } from '../../plugins/api-error.ts';
import { namesWithin } from '../../scopes/names-within.ts';
import type { AskedRange, RangePurpose } from '../history/asked-range.ts';
import { isPlan, type AgentHistories } from '../history/agent-history.ts';
import type { PastReader } from '../history/past-reader.ts';
import type { Ranges } from '../history/ranges.ts';
import type { AgentAvailabilities } from '../availability/agent-availability.ts';
import type { TeamAvailabilities } from '../availability/team-availability.ts';
import { availabilityExport } from './availability-export.ts';
import type { ExportFile } from './export-file.ts';
import type { AgentFileParts, FileParts } from './export-head.ts';
import { historyExport } from './history-export.ts';
import { teamExport } from './team-export.ts';
import { transitionsExport } from './transitions-export.ts';
import { wallExport } from './wall-export.ts';

export interface ExportsOptions {
  readonly board: Board;
  readonly past: PastReader;
  readonly ranges: Ranges;
  readonly histories: AgentHistories;
  readonly agents: AgentAvailabilities;
  readonly teams: TeamAvailabilities;
  readonly names: () => DirectoryNames;
  /** Name of the organisation. */
  readonly organisation: string;
}

/** What a file about a time is asked for by. */
interface Asked {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  /** Where the asker may see: nobody else is in the file. */
  readonly seen: DivisionScope;
}

export interface TeamAsked extends Asked {
  readonly scope: AvailabilityScope;
  readonly sort: AvailabilitySortKey;
  readonly order: 'asc' | 'desc';
  readonly granularity: Granularity | null;
}

export interface WallAsked extends Pick<Asked, 'zone' | 'seen'> {
  /** In the order of the wall; null for everybody by name. */
  readonly agents: readonly string[] | null;
  /** In words. */
  readonly filter: string;
}

/** Every view as a file: the same services answer, so the sums are those of the screen. All throw as the views do. */
export class Exports {
  readonly #options: ExportsOptions;

  constructor(options: ExportsOptions) {
    this.#options = options;
  }

  async history(
    id: string,
    { kinds, ...asked }: Asked & { kinds: readonly HistoryKind[] | null },
  ): Promise<ExportFile> {
    const parts = await this.#agentParts(id, asked, { isPlan: isPlan(kinds) });
    const whole = await this.#options.histories.readWhole(parts.agent.id, {
      range: parts.range,
      kinds,
      seen: asked.seen,
    });
    return historyExport(parts, whole, kinds);
  }

  async transitions(id: string, asked: Asked): Promise<ExportFile> {
    const parts = await this.#agentParts(id, asked);
    const { past: reader, histories } = this.#options;
    const [past, actorAt] = await Promise.all([
      reader.readOne(parts.agent.id, timesReach(parts.range)),
      histories.readActors(parts.agent.id, parts.range, asked.seen),
    ]);
    return transitionsExport(parts, past, { ...this.#names(asked.seen), actorAt });
  }

  async availability(id: string, { granularity, ...asked }: Asked & { granularity: Granularity }): Promise<ExportFile> {
    const parts = await this.#agentParts(id, asked);
    const cut = { granularity, zone: asked.zone };
    return availabilityExport(parts, await this.#options.agents.read(parts.agent.id, parts.range, cut));
  }

  async team({ scope, sort, order, granularity, ...asked }: TeamAsked): Promise<ExportFile> {
    const { teams, ranges } = this.#options;
    const range = await ranges.read(asked);
    const { divisions, queues } = this.#names(asked.seen);
    const cut = { granularity, zone: asked.zone };
    const figures = await teams.readAll({ scope, seen: asked.seen, range, sort, order });
    return teamExport({ ...this.#parts(asked.zone), range, scope, cut, divisions, queues }, figures, teams);
  }

  wall({ zone, seen, agents, filter }: WallAsked): ExportFile {
    const { board } = this.#options;
    return wallExport({ ...this.#parts(zone), board, seen, names: this.#names(seen), agents, filter });
  }

  #names(seen: DivisionScope): DirectoryNames {
    return namesWithin(this.#options.names(), this.#options.board, seen);
  }

  #parts(zone: string): FileParts {
    return { organisation: this.#options.organisation, zone, now: this.#options.ranges.now };
  }

  async #agentParts(
    id: string,
    { zone, seen, ...asked }: Asked,
    purpose?: RangePurpose,
  ): Promise<AgentFileParts & { readonly range: AskedRange }> {
    const { ranges } = this.#options;
    const agent = this.#options.board.rowOf(ranges.requireAgent(id, seen))?.profile;
    if (agent === undefined) throw agentNotFound(id);
    return { ...this.#parts(zone), agent, range: await ranges.read(asked, purpose) };
  }
}
