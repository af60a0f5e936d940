import type { AgentRowWire, Delta } from '@floorwatch/contracts';
import { describe, expect, it } from 'vitest';
import { FrameLedger } from './frame-ledger.ts';

const row = (ref: number, [presenceAt, routingAt]: readonly [number, number], flags = 0): AgentRowWire => [
  ref,
  'onQueue',
  null,
  presenceAt,
  'idle',
  routingAt,
  null,
  null,
  null,
  flags,
  null,
];

const delta = (from: number, to: number, rows: AgentRowWire[]): Buffer => {
  const frame: Delta = {
    type: 'delta',
    from,
    to,
    now: 0,
    platformNow: 0,
    upstream: { state: 'live', hop: null, since: null, dataAt: null, message: null, agentsLive: 1, agentsTotal: 1 },
    cards: [],
    rows,
    removed: [],
  };
  return Buffer.from(JSON.stringify(frame));
};

describe('FrameLedger', () => {
  const primed = (): FrameLedger => {
    const ledger = new FrameLedger();
    ledger.prime([row(0, [100, 100]), row(1, [100, 100])], 10);
    return ledger;
  };

  it('finds the instants that are new in a row, and only those', () => {
    expect(primed().read(delta(10, 13, [row(0, [100, 250]), row(1, [300, 310])]))).toEqual({
      instants: [250, 300, 310],
      rows: 2,
      changes: 3,
    });
  });

  it('tells every socket the same of the same frame', () => {
    const ledger = primed();
    const frame = delta(10, 11, [row(0, [100, 250])]);
    expect(ledger.read(frame)).toBe(ledger.read(Buffer.from(frame)));
  });

  it('passes over instants that are only a lower bound', () => {
    expect(primed().read(delta(10, 11, [row(0, [200, 250], 3)]))?.instants).toEqual([]);
  });

  it('takes no old news from the frame that brings a latecomer up to date', () => {
    const ledger = primed();
    ledger.read(delta(10, 12, [row(0, [100, 250])]));
    expect(ledger.read(delta(5, 12, [row(0, [100, 250]), row(1, [90, 100])]))).toEqual({
      instants: [],
      rows: 2,
      changes: 7,
    });
  });

  it('has nothing to say of other frames', () => {
    expect(primed().read(Buffer.from('{"type":"heartbeat","version":10}'))).toBeNull();
  });
});
