import { act } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LIVE } from '../../live/floor.fake.ts';
import { PageStage } from '../../live/page-stage.fake.tsx';
import { wallAt } from './wall-at.fake.ts';
import { Wall } from './wall.tsx';

let stage: PageStage;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network in this test')));
  stage = new PageStage();
});

afterEach(() => stage.close());

const waiting = {
  message: 'Floorwatch does not answer.',
  correlationId: 'c-77',
  retryAfterMs: null,
  isNotReady: false,
} as const;

const click = async (label: string): Promise<void> => {
  const button = [...stage.page.querySelectorAll('button')].find(({ textContent }) => textContent.includes(label));
  await act(async () => {
    button?.click();
    await stage.clock.advance(0);
  });
};

describe('says why there are no tiles', () => {
  test('while it is still asking', async () => {
    await stage.show(<Wall />, wallAt());
    expect(stage.text).toContain('Loading the agents from Floorwatch');
  });

  test('when the list failed, with what ties it to the log', async () => {
    stage.live.setConnection({ kind: 'waiting', attempt: 2, retryAtMs: 0, problem: waiting });
    await stage.show(<Wall />, wallAt());
    expect(stage.text).toContain('Floorwatch does not answer.');
    expect(stage.text).toContain('c-77');
    expect(stage.text).toContain('Try now');
  });

  test('while Floorwatch itself is still loading, with progress', async () => {
    stage.open();
    await stage.show(<Wall />, wallAt());
    await stage.hear({ ...LIVE, state: 'starting', agentsLive: 320, agentsTotal: 1000 });
    expect(stage.text).toContain('320 of 1,000 agents are live');
  });

  test('when the organisation has none', async () => {
    stage.open();
    await stage.show(<Wall />, wallAt());
    expect(stage.text).toContain('Harbour Insurance has no agents to show');
  });

  test('when the filter hides them all, and the way out works', async () => {
    for (const name of ['Ana', 'Ben']) stage.floor.put(name, { presence: 'onQueue', routing: 'idle', at: stage.now });
    stage.open();
    await stage.show(<Wall />, wallAt('/?q=zoe&activity=meal'));
    expect(stage.text).toContain('The filter hides 2 agents');
    expect(stage.text).toContain('name has “zoe”');
    await click('Show everybody');
    expect(stage.text).not.toContain('The filter hides');
    expect(stage.find('.toolbar__shown').textContent).toBe('2 of 2 agents');
  });
});

describe('a total', () => {
  test('is a button that shows exactly those it counts', async () => {
    stage.floor.put('Ana', { presence: 'onQueue', routing: 'idle', at: stage.now });
    stage.floor.put('Ben', { presence: 'meal', routing: 'offQueue', at: stage.now });
    stage.floor.put('Cem', { presence: 'meal', routing: 'offQueue', at: stage.now });
    stage.open();
    await stage.show(<Wall />, wallAt());
    const meal = stage.find('.total[data-activity="meal"]');
    expect(meal.textContent).toBe('2Meal');
    await click('Meal');
    expect(stage.find('.toolbar__shown').textContent).toBe('2 of 3 agents');
    expect(meal.getAttribute('aria-pressed')).toBe('true');
    expect(stage.find('.total[data-activity="ready"]').textContent).toBe('1Ready');
  });
});

describe('flagged agents', () => {
  test('are counted, and one click shows exactly those', async () => {
    const idle = { presence: 'onQueue', routing: 'idle' } as const;
    stage.floor.put('Ana', { ...idle, at: stage.now, flags: ['volatile'] });
    stage.floor.put('Ben', { ...idle, at: stage.now, flags: ['stuck', 'volatile'] });
    stage.floor.put('Cem', { ...idle, at: stage.now });
    stage.open();
    await stage.show(<Wall />, wallAt());
    expect(stage.find('.total[data-activity="flagged"]').textContent).toBe('2Flagged');
    await click('Flagged');
    expect(stage.find('.toolbar__shown').textContent).toBe('2 of 3 agents');
  });

  test('can be told apart in the address', async () => {
    stage.floor.put('Ana', { presence: 'meal', routing: 'offQueue', at: stage.now, flags: ['volatile'] });
    stage.open();
    await stage.show(<Wall />, wallAt('/?flag=stuck'));
    expect(stage.text).toContain('The filter hides one agent');
    expect(stage.text).toContain('Stuck');
  });
});
