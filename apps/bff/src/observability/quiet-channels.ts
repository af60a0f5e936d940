import type { ChannelStatus } from '@floorwatch/genesys';

/** Weight of one look in what is usual: the last quarter of a minute or so. */
const WEIGHT = 0.1;

/** A channel that is heard at so many of the looks, one a second, is busy: its silence means something. */
const BUSY = 0.85;

/** A busy channel (two events a second and more) is silent for so long by chance once in a million times, ms. */
const QUIET_MS = 7000;

/**
 * Notices that a busy channel has gone quiet long before it may be called silent: that takes the platform's heartbeat, which comes
 * each half minute (API §8.5).
 */
export class QuietChannels {
  readonly #heardShare = new Map<number, number>();
  /** What was usual when it was heard last. */
  readonly #usual = new Map<number, number>();
  #lookedAt = -Infinity;

  /** Takes a look. @returns how many have gone quiet */
  look(channels: readonly ChannelStatus[], now: number): number {
    let quiet = 0;
    for (const { index, state, lastFrameAt } of channels) {
      const isHeard = lastFrameAt !== null && lastFrameAt > this.#lookedAt;
      const share = (this.#heardShare.get(index) ?? 0) * (1 - WEIGHT) + (isHeard ? WEIGHT : 0);
      this.#heardShare.set(index, share);
      if (isHeard) this.#usual.set(index, share);
      const wasBusy = (this.#usual.get(index) ?? 0) >= BUSY;
      if (state === 'live' && wasBusy && lastFrameAt !== null && now - lastFrameAt > QUIET_MS) quiet += 1;
    }
    this.#lookedAt = now;
    return quiet;
  }
}
