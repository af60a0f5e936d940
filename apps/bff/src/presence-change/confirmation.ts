import type { AgentId, Board, ChangeProgress, ChangeRecord, Clock, Presence, SetBy } from '@floorwatch/domain';
import type { PresenceHand } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import { presenceValues, type ChangeBook, type Told } from './change-book.ts';
import { isWanted, type FindOut } from './find-out.ts';
import type { EchoTrail } from './presence-echoes.ts';
import type { WhoSet } from './who-set.ts';

/** How long somebody waits for the event that shows a change, ms. */
export const CONFIRM_WITHIN_MS = 10_000;

/** How long an echo may still come late, ms. */
const LATE_MS = 60_000;

export interface ConfirmationOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly log: Logger;
  readonly book: ChangeBook;
  readonly whoSet: WhoSet;
  readonly findOut: FindOut;
  /** Told who set a presence, by the platform's instant (ms), when an event has shown it. */
  readonly onSetBy?: (agentId: AgentId, at: number, setBy: SetBy) => void;
}

interface Watched {
  readonly record: ChangeRecord;
  readonly trail: EchoTrail;
  /** Reads what is there where no event comes. */
  readonly hand: PresenceHand;
  /** An earlier run may have told the end already. */
  readonly isRecovered?: boolean;
}

const REPLACED =
  'Between the last look and the write somebody set another presence, which the platform cannot rule out: it was replaced';

/**
 * Watches one change until an event has shown it, or none has in time; and a while longer, for echoes that come late and for what somebody
 * else had set just before the write.
 */
export class Confirmation {
  readonly #options: ConfirmationOptions;
  readonly #watched: Watched;
  #record: ChangeRecord;
  #isConfirmed = false;
  /** Instants of what looked like it, and was somebody else's. */
  readonly #foreign = new Set<number>();
  /** What is written down, one after the other. */
  #writing: Promise<void> = Promise.resolve();

  constructor(options: ConfirmationOptions, watched: Watched) {
    this.#options = options;
    this.#watched = watched;
    this.#record = watched.record;
  }

  /** Returns at once. */
  start(): void {
    const { clock } = this.#options;
    const { trail } = this.#watched;
    this.#examine();
    trail.listen(() => this.#examine());
    if (this.#record.progress.state === 'accepted') clock.after(CONFIRM_WITHIN_MS, () => this.#giveUp());
    clock.after(CONFIRM_WITHIN_MS + LATE_MS, () => trail.stop());
  }

  #examine(): void {
    const between = this.#between();
    if (between !== null) this.#tellReplaced(between);
    if (this.#isConfirmed) return;
    if (this.#record.wanted === null ? this.#isAwake() : this.#shown() !== null) this.#confirm();
  }

  #confirm(): void {
    this.#isConfirmed = true;
    this.#write(async () => {
      if (this.#record.progress.state === 'failed' && !(await this.#acceptLate())) return;
      const told = this.#record.progress;
      const wasLate = told.state !== 'accepted';
      const reason = told.replaced !== null ? REPLACED : wasLate ? 'The event came late' : null;
      await this.#note('confirmed', { reason, after: this.#replacedValues() });
      this.#record = await this.#options.book.settle(this.#record, { state: 'confirmed', now: null, problem: null });
      this.#tellSetter();
    });
  }

  /**
   * Nobody knew whether it was made, and now something shows that looks like it.
   * @returns whether it is ours, and not the same wish of somebody else
   */
  async #acceptLate(): Promise<boolean> {
    const { findOut, book, clock } = this.#options;
    const shown = this.#shown();
    const made = shown === null ? null : await findOut.madeBy(this.#record, shown);
    if (made === null) {
      if (shown !== null) this.#foreign.add(shown.since.at);
      this.#isConfirmed = false;
      return false;
    }
    this.#record = withProgress(this.#record, { written: made, acceptedAt: clock.now() });
    await book.note(this.#record, 'accepted', { reason: 'Genesys Cloud took it late, after it had given no answer' });
    return true;
  }

  /** Found before the end it is told with the end; afterwards by itself. */
  #tellReplaced(replaced: Presence): void {
    if (this.#record.progress.replaced !== null) return;
    this.#record = withProgress(this.#record, { replaced });
    if (this.#record.progress.settledAt === null && !this.#isConfirmed) return;
    this.#write(async () => {
      this.#record = await this.#options.book.advance(this.#record, { replaced });
      await this.#options.book.note(this.#record, 'confirmed', { reason: REPLACED, after: this.#replacedValues() });
    });
  }

  #giveUp(): void {
    if (this.#isConfirmed) return;
    this.#write(async () => {
      if (this.#isConfirmed) return;
      const { book } = this.#options;
      const now = await this.#readNow();
      await this.#askForReplaced();
      if (this.#isConfirmed) return;
      const reason = this.#record.progress.replaced === null ? 'No event has shown it in time' : REPLACED;
      const there = now === null ? {} : { now: now.system, nowSince: now.since.exact ? now.since.at : null };
      await this.#note('not-confirmed', { reason, after: { ...there, ...this.#replacedValues() } });
      this.#record = await book.settle(this.#record, { state: 'not-confirmed', now });
    });
  }

  #note(outcome: 'confirmed' | 'not-confirmed', told: Told): Promise<void> {
    const { book } = this.#options;
    return this.#watched.isRecovered === true
      ? book.noteOnce(this.#record, outcome, told)
      : book.note(this.#record, outcome, told);
  }

  #write(task: () => Promise<void>): void {
    this.#writing = this.#writing.then(task).catch((error: unknown) => {
      const { agentId, id: change } = this.#record;
      this.#options.log.error(
        { event: 'change-not-followed', agentId, change, err: error },
        'a change was not followed',
      );
    });
  }

  /** What is written, as it was seen in an event or is on the board. */
  #shown(): Presence | null {
    const onBoard = this.#options.board.rowOf(this.#record.agentId)?.state.presence ?? null;
    const seen = [...this.#watched.trail.presences, ...(onBoard === null ? [] : [onBoard])];
    return seen.find((presence) => !this.#foreign.has(presence.since.at) && this.#isEcho(presence)) ?? null;
  }

  #isAwake(): boolean {
    const onBoard = this.#options.board.rowOf(this.#record.agentId)?.state.routing ?? null;
    const seen = [...this.#watched.trail.routings, ...(onBoard === null ? [] : [onBoard])];
    return seen.some(({ state }) => state !== 'notResponding');
  }

  #isEcho(seen: Presence): boolean {
    const { wanted, progress } = this.#record;
    const { written, before } = progress;
    if (written?.since.exact === true && seen.since.exact) return seen.since.at === written.since.at;
    // It is not known when it was made: then it is what was asked for, and newer than what was there.
    return wanted !== null && isWanted(seen, wanted) && before !== null && seen.since.at > before.since.at;
  }

  /** What was there for a moment between the last look and the write. */
  #between(): Presence | null {
    const { before, written } = this.#record.progress;
    if (before?.since.exact !== true || written?.since.exact !== true) return null;
    const isBetween = ({ since }: Presence): boolean =>
      since.exact && since.at > before.since.at && since.at < written.since.at;
    return this.#watched.trail.presences.findLast(isBetween) ?? null;
  }

  /** Events are being lost: the platform's audit is asked for what came between. */
  async #askForReplaced(): Promise<void> {
    const { before, written, replaced } = this.#record.progress;
    if (replaced !== null || before?.since.exact !== true || written?.since.exact !== true) return;
    const interval = { from: before.since.at + 1, to: written.since.at };
    const changes = await this.#options.whoSet.between(this.#record.agentId, interval);
    const between = changes?.findLast(({ at }) => at > before.since.at && at < written.since.at);
    if (between === undefined) return;
    const since = { at: between.at, exact: true };
    this.#record = withProgress(this.#record, { replaced: { ...before, definitionId: null, message: null, since } });
  }

  async #readNow(): Promise<Presence | null> {
    const { agentId } = this.#record;
    try {
      return await this.#watched.hand.getPresence(agentId);
    } catch {
      return this.#options.board.rowOf(agentId)?.state.presence ?? null;
    }
  }

  #replacedValues(): Record<string, string | number | boolean | null> {
    const { replaced } = this.#record.progress;
    if (replaced === null) return {};
    const { presence = null, definitionId = null, message = null, since = null } = presenceValues(replaced);
    return {
      replacedPresence: presence,
      replacedDefinitionId: definitionId,
      replacedMessage: message,
      replacedSince: since,
    };
  }

  #tellSetter(): void {
    const { agentId, actor, progress } = this.#record;
    if (progress.written?.since.exact !== true) return;
    const kind = actor.kind === 'person' ? (actor.id === agentId ? 'agent' : 'supervisor') : actor.kind;
    if (kind === 'anonymous') return;
    this.#options.onSetBy?.(agentId, progress.written.since.at, { kind, id: actor.id, name: actor.name });
  }
}

const withProgress = (record: ChangeRecord, to: Partial<ChangeProgress>): ChangeRecord => ({
  ...record,
  progress: { ...record.progress, ...to },
});
