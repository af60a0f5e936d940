import {
  PROTOCOL_VERSION,
  toDeltaBody,
  type Delta,
  type Heartbeat,
  type Hello,
  type Refused,
  type UpstreamHealth,
} from '@floorwatch/contracts';
import type { Board, Clock } from '@floorwatch/domain';
import { textFrame } from './text-frame.ts';

export interface FrameEncoderOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly platformNow: () => number;
  readonly upstream: () => UpstreamHealth;
  readonly heartbeatMs: number;
  readonly release: string;
}

/** Makes the bytes that go over the connections. The hub sees to it that each frame is made once, however many get it. */
export class FrameEncoder {
  readonly #options: FrameEncoderOptions;

  constructor(options: FrameEncoderOptions) {
    this.#options = options;
  }

  hello(): Buffer {
    const { board, heartbeatMs, release } = this.#options;
    return encode<Hello>({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      epoch: board.epoch,
      version: board.version,
      ...this.#now(),
      heartbeatMs,
      release,
    });
  }

  /** Everything that changed after version `from`. */
  delta(from: number): Buffer {
    return encode<Delta>({
      type: 'delta',
      ...toDeltaBody(this.#options.board.changesSince(from)),
      ...this.#now(),
    });
  }

  heartbeat(): Buffer {
    return encode<Heartbeat>({ type: 'heartbeat', version: this.#options.board.version, ...this.#now() });
  }

  refused(code: Refused['code'], message: string): Buffer {
    return encode<Refused>({ type: 'refused', code, message });
  }

  #now(): Pick<Heartbeat, 'now' | 'platformNow' | 'upstream'> {
    const { clock, platformNow, upstream } = this.#options;
    return { now: clock.now(), platformNow: platformNow(), upstream: upstream() };
  }
}

const encode = <Frame>(frame: Frame): Buffer => textFrame(JSON.stringify(frame));
