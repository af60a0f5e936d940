import type { WebSocket } from 'ws';
import type { Channels } from '../notifications/channels.ts';
import type { PlatformError } from '../server/platform-error.ts';
import type { RateState } from '../server/rate-window.ts';
import type { World } from '../server/world.ts';
import type { Random } from '../time/random.ts';
import type { RealClock } from '../time/system-clock.ts';
import type { FaultName, FaultParams } from './fault-catalogue.ts';

/** A frame on its way to one socket. */
export interface Delivery {
  readonly text: string;
  /** 0 is at once. */
  readonly afterMs: number;
}

/** What a token's request costs, and how long the platform asks to wait when there is nothing left. */
export interface Budget extends RateState {
  readonly retryAfterSeconds: number;
}

/** A fault that is on, by the places in which it takes part. What it has no opinion about is left out. */
export interface Fault {
  readonly refuseCall?: (side: 'api' | 'login') => PlatformError | null;
  /** How long an answer of the API is kept back, ms. */
  readonly delayAnswer?: () => number;
  /** How much later one operation is carried out, ms. */
  readonly delayCall?: (operationId: string) => number;
  /** The error that one operation is answered with in place of being carried out. */
  readonly refuseOperation?: (operationId: string) => PlatformError | null;
  /** Whether the connection breaks when the operation has been carried out. */
  readonly cutsAnswer?: (operationId: string) => boolean;
  readonly payFrom?: (budget: Budget) => Budget;
  /** The body of an answer as it leaves. */
  readonly alterAnswer?: (operationId: string, body: unknown) => unknown;
  readonly tokenLifetimeSeconds?: number;
  readonly forbidsTopic?: (topicId: string) => boolean;
  readonly refusesSockets?: () => boolean;
  readonly silences?: (socket: WebSocket) => boolean;
  /** What becomes of one frame: nothing, itself, another one, several. */
  readonly deliver?: (delivery: Delivery) => readonly Delivery[];
  /** Called once, when the fault is switched off. */
  readonly stop?: () => void;
}

/** What a fault works with. */
export interface FaultStage {
  readonly realClock: RealClock;
  readonly random: Random;
  readonly channels: Channels;
  /** The present organisation; another one after a restart. */
  readonly world: () => World;
  /** Ends every token, and the channels with them. @param tell whether sockets hear why */
  readonly endTokens: (how: { readonly tell: boolean }) => void;
  /** Counts how often the fault has struck. */
  readonly struck: (times?: number) => void;
}

/** Switches a fault on; null for one that was over in that moment. */
export type StartFault<Name extends FaultName> = (params: FaultParams<Name>, stage: FaultStage) => Fault | null;

/** Strikes now and, where a pace is given, again and again until it is switched off. */
export const strikeAndRepeat = (stage: FaultStage, everyMs: number | null, strike: () => void): Fault | null => {
  strike();
  return everyMs === null ? null : { stop: stage.realClock.every(everyMs, strike) };
};
