import { describe, expect, it } from 'vitest';
import { timedEventsOf } from './timed-events.ts';

describe('timedEventsOf', () => {
  it('makes each row an event of its own, spread over the beat that gathered them', () => {
    const upstream = {
      state: 'live',
      hop: null,
      since: null,
      dataAt: null,
      message: null,
      agentsLive: 1,
      agentsTotal: 1,
    };
    const rowOf = (ref: number): unknown[] => [ref, 'busy', null, 5, 'idle', 6, 1, 0, 7, 0, null];
    const clock = { now: 0, platformNow: 0, upstream };
    const frames = [
      { type: 'heartbeat', version: 1, ...clock },
      { type: 'delta', from: 1, to: 3, ...clock, cards: [], rows: [rowOf(4), rowOf(9)], removed: [] },
    ];
    const events = timedEventsOf(frames.map((frame, index) => ({ atMs: index * 100, text: JSON.stringify(frame) })));
    expect(events.map(({ atMs }) => atMs)).toEqual([100, 150]);
    expect(events[1]?.agent).toMatchObject({ ref: 9, presence: 'busy', routingStatus: 'idle', routingSince: 6 });
  });
});
