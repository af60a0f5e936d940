import { HOPS, type Hop, type HopState } from '@floorwatch/contracts';
import type { Clock } from '@floorwatch/domain';
import type { Facts } from './facts.ts';
import { SignLog, type SeenSign } from './sign-log.ts';
import { troubleSigns } from './trouble-signs.ts';

/** How often it is looked, ms: trouble is named well within ten seconds. */
const LOOK_EVERY_MS = 1000;

/** Looks are compared with the one so long before, ms: enough happens in between to tell. */
const COMPARED_WITH_MS = 5000;

/** A hop is impaired for so long after the last sign of trouble, ms. */
const LINGERS_MS = 60_000;

export interface HopCondition {
  readonly hop: Hop;
  readonly state: HopState;
  /** ms, our clock. */
  readonly since: number;
  readonly message: string | null;
  /** The latest first. */
  readonly signs: readonly SeenSign[];
}

export interface HopWatchOptions {
  readonly clock: Clock;
  readonly facts: () => Facts;
}

/** Looks at every part once a second, and says which hop is in trouble. */
export class HopWatch {
  readonly #options: HopWatchOptions;
  readonly #signs: SignLog;
  readonly #looks: Facts[] = [];
  readonly #held = new Map<Hop, { state: HopState; since: number }>();
  #stopLooking: () => void = () => undefined;

  constructor(options: HopWatchOptions) {
    this.#options = options;
    this.#signs = new SignLog(options.clock);
  }

  start(): void {
    this.#stopLooking = this.#options.clock.every(LOOK_EVERY_MS, () => this.look());
    this.look();
  }

  stop(): void {
    this.#stopLooking();
  }

  look(): void {
    const now = this.#options.facts();
    while ((this.#looks[1]?.at ?? Infinity) <= now.at - COMPARED_WITH_MS) this.#looks.shift();
    const [before] = this.#looks;
    this.#looks.push(now);
    // While the board is being filled everything is new: that is the hop's state, and no sign of trouble.
    if (before !== undefined && before.upstream.state !== 'starting')
      for (const sign of troubleSigns(before, now)) this.#signs.see(sign);
    for (const hop of HOPS) this.#note(hop, this.#stateOf(hop, now));
  }

  /** As of the last look. */
  conditions(): HopCondition[] {
    const now = this.#looks.at(-1) ?? this.#options.facts();
    return HOPS.map((hop) => {
      const signs = this.#signs.of(hop);
      const { state, since } = this.#held.get(hop) ?? { state: this.#stateOf(hop, now), since: now.at };
      const message = state === 'well' || state === 'off' ? null : (troubleNow(hop, now) ?? signs[0]?.message ?? null);
      return { hop, state, since, message, signs };
    });
  }

  #stateOf(hop: Hop, now: Facts): HopState {
    if (isOff(hop, now)) return 'off';
    if (isDown(hop, now)) return 'down';
    if (troubleNow(hop, now) !== null) return 'impaired';
    const [latest] = this.#signs.of(hop);
    return latest !== undefined && latest.lastAt > now.at - LINGERS_MS ? 'impaired' : 'well';
  }

  #note(hop: Hop, state: HopState): void {
    if (this.#held.get(hop)?.state !== state) this.#held.set(hop, { state, since: this.#options.clock.now() });
  }
}

const isOff = (hop: Hop, { recording, webhooks, store }: Facts): boolean =>
  (hop === 'recording' && recording === null) ||
  (hop === 'webhooks' && (webhooks === null || webhooks.running === 0)) ||
  ((hop === 'store' || hop === 'jobs') && store === null);

const isDown = (hop: Hop, { upstream, store, recording }: Facts): boolean => {
  if (upstream.hop === hop) return upstream.state === 'down' || upstream.state === 'starting';
  if (hop === 'store' || hop === 'jobs') return store?.state === 'down';
  return hop === 'recording' && recording !== null && recording.storeDown !== null;
};

/** What stands in the way at this moment; null where nothing does. */
const troubleNow = (hop: Hop, { upstream, store, recording }: Facts): string | null => {
  if (upstream.hop === hop) return upstream.message;
  if (hop === 'recording' && recording !== null && recording.storeDown !== null) return recording.storeDown.reason;
  if (hop === 'store' && store?.state === 'down') return store.lastError;
  return hop === 'jobs' && store?.state === 'down' ? 'The database cannot be used; jobs wait for it' : null;
};
