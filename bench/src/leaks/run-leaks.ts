import { closeTheStore, DividedFloor, leaksIn, LivePage, type SomeAgent } from '@floorwatch/bff/testing';
import { systemClock } from '@floorwatch/bff/system-clock';
import { agentId, divisionId, seededRandom } from '@floorwatch/domain';
import { untilStopped } from '../processes/teardown.ts';
import type { LeaksWish } from './leaks-command-line.ts';
import { RestrictedPerson, type Leak, type ReceivedFigures } from './restricted-person.ts';

const MINUTE_MS = 60_000;

/** The product allows a session 1200 requests a minute; a round is some 25. */
const ROUND_MS = 1500;

export interface LeaksResult {
  readonly leaks: readonly Leak[];
  readonly people: readonly { readonly persona: string; readonly received: ReceivedFigures }[];
  readonly rounds: number;
  readonly agentsMoved: number;
  readonly rightsChanged: number;
  /** Versions of the board that went by: one for each change of an agent. */
  readonly changes: number;
  /** Names and ids that are looked for in what each was sent. */
  readonly lookedFor: number;
  /** Of these, how many the same search finds in what somebody was sent who may see everybody. */
  readonly foundWhereAllowed: number;
}

const someOf = <Item>(items: readonly Item[], random: () => number): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
};

/** A floor at work, with two people who may see some of it, and one who may see all. */
class LeakyWorld {
  readonly floor: DividedFloor;
  readonly people: readonly RestrictedPerson[];
  readonly divisions: readonly string[];
  readonly #random: () => number;
  agentsMoved = 0;
  rightsChanged = 0;

  constructor(floor: DividedFloor, seed: number) {
    this.floor = floor;
    this.#random = seededRandom(`leaks ${String(seed)}`);
    this.divisions = [...new Set(floor.everybody.map((agent) => agent.divisionId))].filter((id) => id !== '');
    const [first = '', second = ''] = this.divisions;
    this.people = [new RestrictedPerson(floor, 'team-lead', first), new RestrictedPerson(floor, 'viewer', second)];
    // Before any frame of it is made. Not only we move agents: whoever is read again is back where the platform has them.
    floor.floorwatch.board.onChange(({ before, after }) => {
      if (before?.profile.divisionId === after?.profile.divisionId) return;
      this.agentsMoved += 1;
      for (const person of this.people) person.look();
    });
  }

  /** What happens between two looks: people move, say things, are set to something by others, and rights change. */
  async live(round: number): Promise<void> {
    const { floor, people, divisions } = this;
    for (let moved = 0; moved < 3; moved += 1) this.#move(this.#somebody());
    for (let spoke = 0; spoke < 5; spoke += 1) await this.#speak(this.#somebody(), round);
    this.#setForSomebody();
    if (round % 8 === 5) {
      someOf(people, this.#random).mayNowSee(someOf(divisions, this.#random));
      this.rightsChanged += 1;
    }
    if (round % 3 === 1) someOf(people, this.#random).reconnect();
    if (round % 20 === 11) await someOf(people, this.#random).signIn();
    if (round % 10 === 9) await floor.control.advance(MINUTE_MS);
  }

  #somebody(): SomeAgent {
    return someOf(this.floor.everybody, this.#random);
  }

  #move({ id }: SomeAgent): void {
    const { board } = this.floor.floorwatch;
    const row = board.rowOf(agentId(id));
    if (row === null) return;
    board.putAgent({ ...row.profile, divisionId: divisionId(someOf(this.divisions, this.#random)) });
  }

  /** Their own name is in it, so it must go nowhere where they do not. */
  async #speak({ id, name }: SomeAgent, round: number): Promise<void> {
    const systemPresence = someOf(['Busy', 'Available', 'Break', 'Meeting'] as const, this.#random);
    await this.floor.control.push({ userId: id, presence: { systemPresence, message: `${name} ${String(round)}` } });
  }

  /** Somebody of any division has set an agent's presence: whose name is told, and to whom? */
  #setForSomebody(): void {
    const { board } = this.floor.floorwatch;
    const row = board.rowOf(agentId(this.#somebody().id));
    const since = row?.state.presence?.since;
    if (row && since) board.noteSetBy(row.profile.id, since.at, { kind: 'supervisor', id: this.#somebody().id });
  }
}

/** Looks for foreign names and ids in every byte that people with some divisions are sent, for so many minutes. */
export const runLeaks = async (
  { minutes, agents, speed, seed }: LeaksWish,
  progress: (line: string) => void,
): Promise<LeaksResult> => {
  const floor = await DividedFloor.open({ agents, speed });
  const close = untilStopped(async () => {
    await floor.close();
    await closeTheStore();
  });
  try {
    const world = new LeakyWorld(floor, seed);
    const seesAll = await floor.signedIn('supervisor');
    const whole = LivePage.open(floor, seesAll);
    for (const person of world.people) await person.signIn();
    const startedAt = systemClock.now();
    const from = floor.floorwatch.board.version;
    let rounds = 0;
    for (; systemClock.now() - startedAt < minutes * MINUTE_MS; rounds += 1) {
      const next = systemClock.now() + ROUND_MS;
      await world.live(rounds);
      await Promise.all(world.people.map((person) => person.ask()));
      if (rounds % 20 === 19)
        progress(`  round ${String(rounds + 1)}: ${String(world.people.flatMap(({ leaks }) => leaks).length)} leaks`);
      await systemClock.sleep(Math.max(0, next - systemClock.now()));
    }
    const everybody = { own: [], foreign: floor.everybody };
    return {
      leaks: world.people.flatMap(({ leaks }) => leaks),
      people: world.people.map(({ persona, received }) => ({ persona, received })),
      rounds,
      agentsMoved: world.agentsMoved,
      rightsChanged: world.rightsChanged,
      changes: floor.floorwatch.board.version - from,
      lookedFor: floor.everybody.length * 2,
      foundWhereAllowed: leaksIn(Buffer.concat([Buffer.from(seesAll.seen.join('\n')), ...whole.received]), everybody)
        .length,
    };
  } finally {
    await close();
  }
};
