import { divisionId } from '@floorwatch/domain';
import { act } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PageStage } from '../../live/page-stage.fake.tsx';
import { closeTask, startSelecting, stopSelecting, usePresenceDesk } from '../../live/presence-desk.ts';
import { EVERYBODY } from '../../live/view-filter.ts';
import { AgentTile } from './agent-tile.tsx';
import { useTileTasks } from './use-tile-tasks.ts';
import { wallAt } from './wall-at.fake.ts';

let stage: PageStage;

const NAMES = ['Ana', 'Ben', 'Cem', 'Dea'];

/** The tiles as the grid has them, each of them in the document. */
const Tiles = () => (
  <div role="list" {...useTileTasks({ onClick: () => {}, onKeyDown: () => {} })}>
    {NAMES.map((name, index) => (
      <AgentTile
        key={name}
        agentRef={index}
        x={0}
        y={0}
        place={index + 1}
        count={NAMES.length}
        isSmall={false}
        isCurrent={index === 0}
        takesFocus={false}
      />
    ))}
  </div>
);

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  stage = new PageStage();
  for (const name of NAMES)
    stage.floor.put(name, {
      presence: 'meal',
      routing: 'offQueue',
      at: stage.now,
      division: name === 'Cem' ? 'south' : 'north',
    });
  stage.open();
  usePresenceDesk.setState({ scope: new Set([divisionId('north')]) });
  stage.live.setOptions({ filter: EVERYBODY, sort: 'name' });
  await stage.show(<Tiles />, wallAt());
});

afterEach(async () => {
  await stage.close();
  closeTask();
  stopSelecting();
  usePresenceDesk.setState({ scope: null, underWay: new Map() });
});

const tile = (name: string): HTMLElement => stage.find(`[data-agent-id="id-${name}"]`);

const press = (name: string, init: MouseEventInit = {}) =>
  act(async () => {
    tile(name)
      .querySelector('.tile__name')
      ?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }));
    await Promise.resolve();
  });

const chosen = (): string[] => NAMES.filter((name) => tile(name).dataset['selected'] === 'true');

test('there is a control on those one may change, and none on the others', () => {
  expect(NAMES.map((name) => tile(name).querySelector('button')?.getAttribute('aria-label') ?? null)).toEqual([
    'Change Ana',
    'Change Ben',
    null,
    'Change Dea',
  ]);
});

test('a click chooses, with Shift everybody up to there whom one may change, and again takes it out', async () => {
  await act(async () => {
    startSelecting();
    await Promise.resolve();
  });
  await press('Ana');
  await press('Dea', { shiftKey: true });
  expect(chosen()).toEqual(['Ana', 'Ben', 'Dea']);
  await press('Ben');
  await press('Cem');
  expect(chosen()).toEqual(['Ana', 'Dea']);
  expect(tile('Ana').querySelector('a')?.getAttribute('aria-checked')).toBe('true');
  expect(tile('Cem').querySelector('a')?.getAttribute('role')).toBeNull();
});

test('the keys choose and open, and Escape ends choosing', async () => {
  const key = (name: string, pressed: string) =>
    act(async () => {
      tile(name)
        .querySelector('a')
        ?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true }));
      await Promise.resolve();
    });
  await key('Ben', 'x');
  expect(chosen()).toEqual(['Ben']);
  await key('Ben', ' ');
  expect(chosen()).toEqual([]);
  await key('Ben', 'Escape');
  expect(usePresenceDesk.getState().selection).toBeNull();
  await key('Cem', 'p');
  expect(usePresenceDesk.getState().task).toBeNull();
  await key('Dea', 'p');
  expect(usePresenceDesk.getState().task).toEqual({ kind: 'change', agentId: 'id-Dea' });
});

test('a tile says that a change is under way, and stays what it is until the event comes', async () => {
  await act(async () => {
    usePresenceDesk.setState({ underWay: new Map([['id-Ana', 'pending']]) });
    await Promise.resolve();
  });
  expect(tile('Ana').textContent).toContain('Change pending');
  expect(tile('Ana').dataset['activity']).toBe('meal');
});
