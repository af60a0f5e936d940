import type { AgentObservation, Board, Presence } from '@floorwatch/domain';

/** The platform's own copies need not be of the same instant, ms. */
const SETTLED_MS = 2000;

/** What was strange about answers that tell of users, since the start. */
export interface AnswerCounts {
  /** They told an older presence or routing status than was known: answers out of a cache. */
  readonly outdated: number;
  /** They left out presence or routing status, though asked for it. */
  readonly incomplete: number;
}

type Told = Pick<Presence, 'since'>;

/** Looks at what the platform answers about users before the board takes it over: the board is right all the same. */
export class AnswerJudge {
  readonly #board: Board;
  #outdated = 0;
  #incomplete = 0;

  constructor(board: Board) {
    this.#board = board;
  }

  get counts(): AnswerCounts {
    return { outdated: this.#outdated, incomplete: this.#incomplete };
  }

  /** An event may overtake an answer; but what began well before the question was asked should be in it. */
  look({ agentId, presence, routing, platformNow }: AgentObservation): void {
    if (presence === undefined || routing === undefined) this.#incomplete += 1;
    const held = this.#board.rowOf(agentId)?.state;
    const isOutdated = (told: Told | undefined, known: Told | null | undefined): boolean =>
      told !== undefined &&
      known !== undefined &&
      known !== null &&
      told.since.at < known.since.at &&
      known.since.at < platformNow - SETTLED_MS;
    if (isOutdated(presence, held?.presence) || isOutdated(routing, held?.routing)) this.#outdated += 1;
  }
}
