import {
  PROTOCOL_VERSION,
  toCard,
  toDeltaBody,
  toRowWire,
  type AgentList,
  type Delta,
  type Hello,
  type UpstreamHealth,
} from '@floorwatch/contracts';
import {
  agentId,
  Board,
  divisionId,
  FLAG_KINDS,
  type AgentObservation,
  type AgentRow,
  type FlagKind,
  type RoutingState,
  type SystemPresence,
} from '@floorwatch/domain';

export const T0 = Date.parse('2026-08-15T08:00:00.000Z');

export const LIVE: UpstreamHealth = {
  state: 'live',
  hop: null,
  since: null,
  dataAt: null,
  message: null,
  agentsLive: 0,
  agentsTotal: 0,
};

export interface Mood {
  readonly presence: SystemPresence;
  readonly routing: RoutingState;
  readonly at: number;
  readonly division?: string;
  readonly team?: string;
  readonly contacts?: number;
  readonly flags?: readonly FlagKind[];
}

/** The BFF's side of a floor: a real board, and what a browser would be sent of it. */
export class FloorFake {
  readonly board: Board;
  #observedAt = 0;

  constructor(epoch = 'epoch-1') {
    this.board = new Board(epoch);
  }

  put(name: string, mood: Mood): AgentRow {
    const id = agentId(`id-${name}`);
    this.board.putAgent({
      id,
      name,
      divisionId: mood.division === undefined ? null : divisionId(mood.division),
      title: null,
      department: null,
      team: mood.team ?? null,
    });
    this.board.applyEvent(this.#observation(name, mood));
    for (const kind of FLAG_KINDS) {
      if (mood.flags?.includes(kind))
        this.board.raiseFlag(id, { kind, since: mood.at, reason: `${kind} for a reason` });
      else this.board.lowerFlag(id, kind);
    }
    const row = this.board.rowOf(id);
    if (row === null) throw new Error(`${name} is not on the board`);
    return row;
  }

  remove(name: string): void {
    this.board.removeAgent(agentId(`id-${name}`));
  }

  list(): AgentList {
    const rows = [...this.board.rows()];
    return {
      epoch: this.board.epoch,
      version: this.board.version,
      organisation: { name: 'Harbour Insurance', isDemo: true, narrowedFrom: null },
      cutTo: null,
      divisions: [{ id: 'north', name: 'North' }],
      queues: [{ id: 'sales', name: 'Sales' }],
      cards: rows.map(toCard),
      rows: rows.map(toRowWire),
    };
  }

  hello(now: number): Hello {
    return {
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      epoch: this.board.epoch,
      version: this.board.version,
      now,
      platformNow: now,
      upstream: LIVE,
      heartbeatMs: 5000,
      release: 'test',
    };
  }

  delta(from: number, now: number): Delta {
    return { type: 'delta', ...toDeltaBody(this.board.changesSince(from)), now, platformNow: now, upstream: LIVE };
  }

  #observation(name: string, { presence, routing, at, contacts = 0 }: Mood): AgentObservation {
    this.#observedAt += 1;
    const since = { at, exact: true };
    return {
      agentId: agentId(`id-${name}`),
      observedAt: this.#observedAt,
      platformNow: at,
      kind: 'event',
      presence: { system: presence, definitionId: null, message: null, since },
      routing: { state: routing, since },
      contacts: { call: { active: contacts, afterCallWork: 0 } },
      queues: { ids: [], modifiedAt: null },
    };
  }
}
