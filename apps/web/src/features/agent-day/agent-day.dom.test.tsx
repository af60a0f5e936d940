import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { until } from '../../lib/until.fake.ts';
import { AgentStage, refusal } from './agent-stage.fake.tsx';
import type { PastStretch } from './history.fake.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let stage: AgentStage;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  stage = new AgentStage();
});

afterEach(() => stage.close());

/** How often the API was asked for the past. */
const histories = (): number => stage.asked.filter(({ pathname }) => pathname.endsWith('/history')).length;

/** Midnight (UTC) of the day it is on the stage. */
const midnight = (): number => Math.floor(stage.now / DAY) * DAY;

/** Offline until eight hours before now, then on queue; idle, then since an hour in a contact. */
const usualPast = (): PastStretch[] => [
  { from: midnight() - 40 * DAY, to: stage.now - 2 * HOUR, presence: 'offline', routing: 'offQueue' },
  { from: stage.now - 2 * HOUR, to: stage.now - HOUR, presence: 'onQueue', routing: 'idle' },
  { from: stage.now - HOUR, to: stage.now + DAY, presence: 'onQueue', routing: 'interacting' },
];

/** The floor as that past left it. */
const openFloor = (): void => {
  stage.past = usualPast();
  stage.floor.put('Ana', { presence: 'onQueue', routing: 'idle', at: stage.now - 2 * HOUR });
  stage.floor.put('Ana', { presence: 'onQueue', routing: 'interacting', at: stage.now - HOUR, contacts: 1 });
  stage.open();
};

describe('who it is', () => {
  test('before the board is there the page says that it loads, and goes on by itself', async () => {
    await stage.openAgent();
    expect(stage.find('[role="status"]').getAttribute('aria-label')).toBe('Loading the agent');
    await act(async () => {
      openFloor();
      await stage.clock.advance(0);
    });
    expect(stage.find('h1').textContent).toBe('Ana');
  });

  test('presence and routing status are two facts, each with its own time that ticks', async () => {
    openFloor();
    await stage.openAgent();
    expect(stage.find('[data-fact="presence"]').textContent).toBe('PresenceOn queue1:00 hNot known who set it');
    expect(stage.find('[data-fact="routing"]').textContent).toBe('RoutingInteracting1:00 h');
    await stage.pass(60_000);
    await stage.hear(); // else the data would be stale, and the time stand still
    await stage.pass(1000);
    expect(stage.find('[data-fact="routing"]').textContent).toBe('RoutingInteracting1:01 h');
  });

  test('an id that nobody on the board has is told as that', async () => {
    stage.floor.put('Zoe', { presence: 'onQueue', routing: 'idle', at: stage.now });
    stage.open();
    await stage.openAgent();
    expect(stage.text).toContain('Nobody on the board has this id');
    expect(stage.text).toContain('id-Ana');
  });

  test('an agent who leaves the board stays on the page with what was recorded', async () => {
    openFloor();
    await stage.openAgent();
    stage.floor.remove('Ana');
    await stage.sendChanges();
    expect(stage.find('h1').textContent).toBe('Ana');
    expect(stage.text).toContain('No longer on the board');
    await until(() => expect(stage.page.querySelector('.lane__stretch')).not.toBeNull());
  });

  test('why the state is to be read with care is told with its reason', async () => {
    stage.floor.put('Ana', { presence: 'onQueue', routing: 'interacting', at: stage.now, flags: ['stuck'] });
    stage.open();
    await stage.openAgent();
    expect(stage.find('.agent__warnings').textContent).toContain('Stuck stuck for a reason, since');
  });
});

describe('the timeline', () => {
  test('can be stepped through with the keyboard, lane by lane', async () => {
    openFloor();
    await stage.openAgent();
    await until(() => expect(stage.lane('routing').getAttribute('aria-valuemax')).toBe('2'));
    const lane = stage.lane('routing');
    const press = (key: string) =>
      act(async () => {
        lane.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        await stage.clock.advance(0);
      });
    await press('End');
    expect(lane.getAttribute('aria-valuetext')).toContain('Interacting');
    expect(lane.getAttribute('aria-valuetext')).toContain('1:00:00');
    await press('ArrowLeft');
    expect(lane.getAttribute('aria-valuetext')).toContain('Idle');
    expect(stage.find('.tooltip').textContent).toContain('Idle');
    await press('Escape');
    expect(stage.page.querySelector('.tooltip')).toBeNull();
  });

  test('a live transition is there at once, without a request, and the later answer does not tell it twice', async () => {
    openFloor();
    const start = stage.now - 2 * HOUR;
    await stage.openAgent();
    await until(() => expect(stage.changes()).toHaveLength(5));
    const asked = histories();
    await stage.pass(10_000);
    stage.floor.put('Ana', { presence: 'meal', routing: 'offQueue', at: stage.now });
    await stage.sendChanges();
    expect(stage.changes().slice(0, 2).toSorted()).toEqual([
      expect.stringMatching(/Presence \| Meal \| 0:00:00$/),
      expect.stringMatching(/Routing \| Off queue \| 0:00:00$/),
    ]);
    expect(histories()).toBe(asked);
    const grown = stage.changes().length;

    stage.past = [
      { from: midnight() - 40 * DAY, to: start, presence: 'offline', routing: 'offQueue' },
      { from: start, to: start + HOUR, presence: 'onQueue', routing: 'idle' },
      { from: start + HOUR, to: stage.now, presence: 'onQueue', routing: 'interacting' },
      { from: stage.now, to: stage.now + DAY, presence: 'meal', routing: 'offQueue' },
    ];
    await stage.pass(5000);
    await stage.hear();
    await act(() => stage.queries.invalidateQueries());
    await until(() => {
      expect(histories()).toBeGreaterThan(asked);
      expect(stage.queries.isFetching()).toBe(0);
    });
    expect(stage.changes()).toHaveLength(grown);
    expect(stage.changes()[0]).toContain('0:00:05');
  });

  test('says how far it is while the days of a long range come in', async () => {
    openFloor();
    const held: (() => void)[] = [];
    stage.instead = ({ url, range }) =>
      url.pathname.endsWith('/history') && range.to <= midnight() && url.searchParams.get('kind') !== 'schedule'
        ? new Promise((resolve) =>
            held.push(() => resolve(refusal(503, { code: 'store-unavailable', message: 'Down' }))),
          )
        : null;
    const day = new Date(midnight() - 2 * DAY).toISOString().slice(0, 10);
    const next = new Date(midnight() + DAY).toISOString().slice(0, 10);
    await stage.openAgent(`?range=custom&from=${day}T00:00&to=${next}T00:00`);
    await stage.shows('1 of 3 days loaded');
    expect(stage.page.querySelectorAll('.timeline__pending')).toHaveLength(1);
    for (const release of held) release();
    await stage.shows('the store is down');
    expect(stage.find('h1').textContent).toBe('Ana');
  });

  test('of a day that has not begun shows what is planned, and says so', async () => {
    openFloor();
    const day = new Date(midnight() + 2 * DAY).toISOString().slice(0, 10);
    await stage.openAgent(`?day=${day}`);
    await stage.shows('This time is still to come');
    await until(() => expect(stage.lane('schedule').getAttribute('aria-valuemax')).toBe('2'));
    expect(stage.text).not.toContain('No schedule lane');
  });

  test('without a schedule it says why', async () => {
    openFloor();
    stage.scheduleProblem = 'The right wfm:schedule:view is missing.';
    await stage.openAgent();
    await stage.shows('No schedule lane');
    expect(stage.text).toContain('No schedule lane: The right wfm:schedule:view is missing.');
  });

  test('can be read as a table, and the address says so', async () => {
    openFloor();
    await stage.openAgent('?tables=timeline');
    await until(() => expect(stage.page.querySelectorAll('table')).toHaveLength(2));
    expect(stage.page.querySelector('.timeline')).toBeNull();
    const lines = stage.page.querySelectorAll('.panel[data-panel="timeline"] tbody tr');
    const words = [...lines].map((row) => row.children[1]?.textContent);
    expect(new Set(words)).toEqual(new Set(['Presence', 'Routing', 'Activity', 'Schedule']));
  });
});

describe('what it adds up to', () => {
  test('a day adds up to its length, also when it has 25 hours', async () => {
    openFloor();
    stage.past = [{ from: 0, to: stage.now, presence: 'onQueue', routing: 'idle' }];
    await stage.openAgent('?day=2025-10-26&zone=Europe/Berlin');
    await stage.shows('Together 25:00:00 of 25:00:00');
    expect(stage.text).toContain('Europe/Berlin, UTC+2, then UTC+1');
  });

  test('a day that goes on says that it is so far', async () => {
    openFloor();
    await stage.openAgent();
    await stage.shows('so far');
    expect(stage.text).toContain('of 24:00:00 so far');
  });
});

describe('what is not there', () => {
  test('a range beyond what is kept says which can be asked for, and offers it', async () => {
    openFloor();
    const allowed = { from: new Date(stage.now - 31 * DAY).toISOString(), to: new Date(stage.now).toISOString() };
    stage.instead = ({ range }) =>
      range.from < Date.parse(allowed.from)
        ? refusal(422, { code: 'outside-retention', message: 'Nothing is kept from before', allowed })
        : null;
    await stage.openAgent('?day=2024-01-01');
    await stage.shows('Nothing of this time is kept any more');
    expect(stage.page.querySelector('.timeline')).toBeNull();
    await stage.click('Show the first whole day that is kept');
    await until(() => expect(stage.page.querySelector('.timeline')).not.toBeNull());
    expect(stage.text).not.toContain('kept any more');
  });

  test('of a time of which nothing is known it says why', async () => {
    openFloor();
    stage.past = [];
    await stage.openAgent('?day=2026-01-02');
    await stage.shows('Nothing is known');
    expect(stage.text).toContain('Genesys Cloud’s own history has nothing of this agent');
  });

  test('a request that failed can be made again', async () => {
    openFloor();
    stage.instead = ({ url }) =>
      url.pathname.endsWith('/availability')
        ? refusal(503, { code: 'platform-unavailable', message: 'Genesys Cloud does not answer.' })
        : null;
    await stage.openAgent();
    await stage.shows('Availability is out of reach: Genesys Cloud does not answer');
    expect(stage.text).toContain('c-42');
    stage.instead = () => null;
    await stage.click('Try now');
    await stage.shows('of 24:00:00 so far');
  });
});
