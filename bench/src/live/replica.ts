import { fromDeltaBody, serverToClient, type AgentList, type Delta } from '@floorwatch/contracts';
import { Board } from '@floorwatch/domain';
import { WebSocket } from 'ws';
import { loadList, subscribeFrom } from './position.ts';

/** A browser without a screen: holds the board as the page does, from the list and the live socket. */
export class Replica {
  readonly board: Board;
  readonly #socket: WebSocket;

  private constructor(list: AgentList, socket: WebSocket) {
    this.board = new Board(list.epoch);
    this.#apply({ from: 0, to: list.version, cards: list.cards, rows: list.rows, removed: [] });
    this.#socket = socket;
    socket.on('message', (data) => {
      const frame = serverToClient.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : ''));
      if (frame.type === 'delta') this.#apply(frame);
    });
    socket.send(subscribeFrom(list));
  }

  static async connect({ url, socketUrl }: { readonly url: string; readonly socketUrl: string }): Promise<Replica> {
    const list = await loadList(url);
    const socket = new WebSocket(socketUrl);
    await new Promise((resolve, reject) => {
      socket.once('message', resolve);
      socket.once('error', reject);
    });
    return new Replica(list, socket);
  }

  close(): void {
    this.#socket.terminate();
  }

  #apply(body: Pick<Delta, 'from' | 'to' | 'cards' | 'rows' | 'removed'>): void {
    const patch = fromDeltaBody(body, (ref) => this.board.rowAt(ref));
    if (patch === 'gap' || this.board.applyPatch(patch) === 'gap') throw new Error('the live socket left a gap');
  }
}
