import {
  PROTOCOL_VERSION,
  toDeltaBody,
  type Delta,
  type Heartbeat,
  type Hello,
  type Refused,
  type UpstreamHealth,
} from '@floorwatch/contracts';
import type { Board, Clock, DivisionScope } from '@floorwatch/domain';
import { scopeEpoch } from '../scopes/scope-epoch.ts';
import { patchWithin } from './patch-within.ts';
import { textFrame } from './text-frame.ts';

export interface FrameEncoderOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly platformNow: () => number;
  readonly upstream: (seen: DivisionScope) => UpstreamHealth;
  readonly heartbeatMs: number;
  readonly release: string;
}

/**
 * Makes the bytes that go over the connections, each for those who may see the same. The hub sees to it that each frame is
 * made once, however many get it.
 */
export class FrameEncoder {
  readonly #options: FrameEncoderOptions;

  constructor(options: FrameEncoderOptions) {
    this.#options = options;
  }

  hello(seen: DivisionScope): Buffer {
    const { board, heartbeatMs, release } = this.#options;
    return encode<Hello>({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      epoch: scopeEpoch(board.epoch, seen),
      version: board.version,
      ...this.#now(seen),
      heartbeatMs,
      release,
    });
  }

  /** Everything in the scope that changed after version `from`. */
  delta(seen: DivisionScope, from: number): Buffer {
    return encode<Delta>({
      type: 'delta',
      ...toDeltaBody(patchWithin(this.#options.board.changesSince(from), seen)),
      ...this.#now(seen),
    });
  }

  heartbeat(seen: DivisionScope): Buffer {
    return encode<Heartbeat>({ type: 'heartbeat', version: this.#options.board.version, ...this.#now(seen) });
  }

  refused(code: Refused['code'], message: string): Buffer {
    return encode<Refused>({ type: 'refused', code, message });
  }

  #now(seen: DivisionScope): Pick<Heartbeat, 'now' | 'platformNow' | 'upstream'> {
    const { clock, platformNow, upstream } = this.#options;
    return { now: clock.now(), platformNow: platformNow(), upstream: upstream(seen) };
  }
}

const encode = <Frame>(frame: Frame): Buffer => textFrame(JSON.stringify(frame));
