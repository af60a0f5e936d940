import {
  askEverything,
  leaksIn,
  LivePage,
  type Browser,
  type DividedFloor,
  type PersonaName,
} from '@floorwatch/bff/testing';
import { systemClock } from '@floorwatch/bff/system-clock';
import { Sight } from './sight.ts';

/** A name or id that somebody was sent who may not see that agent. */
export interface Leak {
  readonly persona: PersonaName;
  readonly text: string;
  /** What it was in: `frame`, or an answer. */
  readonly where: string;
}

export interface ReceivedFigures {
  frames: number;
  frameBytes: number;
  answers: number;
  answerBytes: number;
  /** Answers that were not 200, by status. */
  readonly refusals: Map<string, number>;
  reconnects: number;
  signIns: number;
}

/**
 * Somebody with some divisions, at a page that is open all the time; all that is received is searched as it comes. Those who sign in
 * themselves are not looked for: they are told who they are, and the audit names who did something wherever that person works.
 */
export class RestrictedPerson {
  readonly persona: PersonaName;
  readonly leaks: Leak[] = [];
  readonly received: ReceivedFigures = {
    frames: 0,
    frameBytes: 0,
    answers: 0,
    answerBytes: 0,
    refusals: new Map(),
    reconnects: 0,
    signIns: 0,
  };
  readonly #floor: DividedFloor;
  readonly #sight = new Sight();
  /** Until when there were rights in a division, ms. */
  readonly #rightsUntil = new Map<string, number>();
  #browser: Browser | null = null;
  #page: LivePage | null = null;

  constructor(floor: DividedFloor, persona: PersonaName, division: string) {
    this.#floor = floor;
    this.persona = persona;
    this.#rightsUntil.set(division, Infinity);
    floor.grantIn(persona, [division]);
  }

  /** An administrator of the platform changes where this person may see. */
  mayNowSee(division: string): void {
    const now = systemClock.now();
    for (const [held, until] of this.#rightsUntil) this.#rightsUntil.set(held, Math.min(until, now));
    this.#rightsUntil.set(division, Infinity);
    this.#floor.grantIn(this.persona, [division]);
    this.look();
  }

  /** To be called whenever an agent has moved. */
  look(): void {
    this.#sight.note(this.#floor.everybody, this.#rightsUntil, systemClock.now());
  }

  /** Signs in, in a browser that knows nothing yet. */
  async signIn(): Promise<void> {
    this.look();
    this.#page?.close();
    this.#browser = await this.#floor.signedIn(this.persona);
    this.received.signIns += 1;
    this.#openPage(this.#browser);
  }

  /** The line is cut, and the page comes back. */
  reconnect(): void {
    if (this.#browser === null) return;
    this.#page?.close();
    this.received.reconnects += 1;
    this.#openPage(this.#browser);
  }

  /** Every address that the pages use, files included. */
  async ask(): Promise<void> {
    const browser = this.#browser;
    if (browser === null) return;
    const refusals = await askEverything(browser, this.#sight.own, () => this.#searchAnswers(browser));
    for (const refusal of refusals) {
      const status = refusal.slice(-3);
      this.received.refusals.set(status, (this.received.refusals.get(status) ?? 0) + 1);
    }
  }

  #searchAnswers(browser: Browser): void {
    for (const text of browser.seen.splice(0)) {
      const bytes = Buffer.from(text, 'utf8');
      this.received.answers += 1;
      this.received.answerBytes += bytes.length;
      this.#search(bytes, `answer ${text.slice(0, 60)}`);
    }
  }

  close(): void {
    this.#page?.close();
  }

  #openPage(browser: Browser): void {
    this.#page = LivePage.open(this.#floor, browser, (bytes) => {
      this.received.frames += 1;
      this.received.frameBytes += bytes.length;
      this.#search(bytes, 'frame');
    });
  }

  #search(bytes: Buffer, where: string): void {
    const { own, foreign } = this.#sight.at(systemClock.now());
    const actors = this.#floor.everybody.filter(({ id }) => this.#floor.isPersona(id));
    const others = foreign.filter(({ id }) => !this.#floor.isPersona(id));
    for (const text of leaksIn(bytes, { own: [...own, ...actors], foreign: others }))
      this.leaks.push({ persona: this.persona, text, where });
  }
}
