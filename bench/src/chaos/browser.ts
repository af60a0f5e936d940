import {
  fromDeltaBody,
  serverToClient,
  type Delta,
  type ServerToClient,
  type UpstreamHealth,
} from '@floorwatch/contracts';
import { Board } from '@floorwatch/domain';
import { WebSocket } from 'ws';
import { loadList, subscribeFrom } from '../live/position.ts';
import type { Floorwatch } from '../processes/floorwatch.ts';
import { sightingsIn, spanOf, type FrameSpan, type Sighting } from './sightings.ts';

type Where = Pick<Floorwatch, 'url' | 'socketUrl'>;
type Body = Pick<Delta, 'from' | 'to' | 'cards' | 'rows' | 'removed'>;

/** A browser without a screen that writes down every transition it is told of. It can go away, doze, and come back. */
export class Browser {
  readonly name: string;
  readonly board: Board;
  readonly sightings: Sighting[] = [];
  readonly frames: FrameSpan[] = [];
  /** What it was sent and should not have been. */
  readonly problems: string[] = [];
  /** The platform's health as last told. */
  upstream: UpstreamHealth | null = null;
  readonly #where: Where;
  #socket: WebSocket | null = null;

  private constructor(name: string, where: Where, epoch: string) {
    this.name = name;
    this.#where = where;
    this.board = new Board(epoch);
  }

  static async open(name: string, where: Where): Promise<Browser> {
    const list = await loadList(where.url);
    const browser = new Browser(name, where, list.epoch);
    browser.#apply({ from: 0, to: list.version, cards: list.cards, rows: list.rows, removed: [] });
    browser.frames.length = 0;
    browser.comeBack();
    return browser;
  }

  /** Goes on from where it stands, without a new list. */
  comeBack(): void {
    const socket = new WebSocket(this.#where.socketUrl);
    this.#socket = socket;
    socket.on('message', (data) => {
      if (socket === this.#socket && Buffer.isBuffer(data)) this.#hear(data.toString('utf8'), socket);
    });
    socket.on('error', (error) => this.problems.push(`its socket failed: ${error.message}`));
    socket.on('close', (code) => {
      if (socket === this.#socket) this.problems.push(`its socket was closed with ${String(code)}`);
    });
  }

  leave(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
  }

  /** Takes nothing from the wire until it wakes up. */
  doze(): void {
    this.#socket?.pause();
  }

  wakeUp(): void {
    this.#socket?.resume();
  }

  #hear(text: string, socket: WebSocket): void {
    const parsed = serverToClient.safeParse(JSON.parse(text));
    if (parsed.success) this.#take(parsed.data, socket);
    else this.problems.push(`a frame it does not understand: ${text.slice(0, 200)}`);
  }

  #take(frame: ServerToClient, socket: WebSocket): void {
    if (frame.type === 'refused') {
      this.problems.push(`it was refused: ${frame.code}`);
      return;
    }
    this.upstream = frame.upstream;
    if (frame.type === 'delta') this.#apply(frame);
    if (frame.type !== 'hello') return;
    const { epoch, version } = this.board;
    if (frame.epoch !== epoch) this.problems.push('the board has another epoch: Floorwatch was restarted');
    socket.send(subscribeFrom({ epoch, version }));
  }

  #apply(body: Body): void {
    if (body.to <= this.board.version) this.problems.push(`told twice how to get to version ${String(body.to)}`);
    const patch = fromDeltaBody(body, (ref) => this.board.rowAt(ref));
    const changes = patch === 'gap' ? patch : this.board.applyPatch(patch);
    if (changes === 'gap') {
      this.problems.push(`a gap before version ${String(body.from)}`);
      return;
    }
    const frame = spanOf(body);
    this.frames.push(frame);
    for (const { before, after } of changes)
      if (after !== null) this.sightings.push(...sightingsIn(before, after, frame));
  }
}
