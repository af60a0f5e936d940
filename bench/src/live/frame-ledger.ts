import { serverToClient, type AgentRowWire } from '@floorwatch/contracts';
import { ChangeInstants } from './change-instants.ts';

/** What one delta frame holds, read once however many sockets it arrives at. */
export interface FrameContents {
  /** When the changes in it happened, ms on the platform's clock. */
  readonly instants: readonly number[];
  readonly rows: number;
  /** Versions it covers: changes of agents, also those passed over because a later one replaced them. */
  readonly changes: number;
}

/** Enough of a frame to know its type and position. */
const HEAD_LENGTH = 64;

/** Frames on their way to other sockets while this one has arrived; a slow socket is at most this many behind. */
const REMEMBERED_FRAMES = 200;

const DELTA_HEAD = /^\{"type":"delta","from":(\d+),"to":(\d+),/;

/** Reads the frames that arrive at many sockets: each different one is parsed once and known by its position. */
export class FrameLedger {
  readonly #contents = new Map<string, FrameContents>();
  readonly #instants = new ChangeInstants();
  #version = 0;

  prime(rows: readonly AgentRowWire[], version: number): void {
    this.#instants.prime(rows);
    this.#version = version;
  }

  /** @returns null for a frame that is no delta */
  read(data: Buffer): FrameContents | null {
    const head = DELTA_HEAD.exec(data.toString('latin1', 0, HEAD_LENGTH));
    if (head === null) return null;
    const [key] = head;
    const known = this.#contents.get(key);
    if (known !== undefined) return known;
    const contents = this.#parse(data);
    this.#contents.set(key, contents);
    const [oldest] = this.#contents.keys();
    if (this.#contents.size > REMEMBERED_FRAMES && oldest !== undefined) this.#contents.delete(oldest);
    return contents;
  }

  /** Of a frame that starts before what has been read already, only the count matters: its news were told before. */
  #parse(data: Buffer): FrameContents {
    const frame = serverToClient.parse(JSON.parse(data.toString('utf8')));
    if (frame.type !== 'delta') throw new Error('a frame that begins like a delta is none');
    const { from, to, rows } = frame;
    const isNews = from >= this.#version;
    if (isNews) this.#version = to;
    const instants = isNews ? rows.flatMap((row) => this.#instants.take(row)) : [];
    return { instants, rows: rows.length, changes: to - from };
  }
}
