import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FloorHealth } from '@floorwatch/contracts';
import { FloorHealthReport } from './floor-health-report.tsx';
import { WELL } from './health-report.fake.ts';

const shown = vi.fn<(kind: string) => void>();
let page: HTMLElement;
let root: Root;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  page = document.createElement('div');
  root = createRoot(page);
});

afterEach(() => {
  act(() => root.unmount());
});

const show = (health: FloorHealth): void => {
  act(() => root.render(<FloorHealthReport health={health} onShow={shown} />));
};

const section = (title: string): string => page.querySelector(`[aria-label="${title}"]`)?.textContent ?? '';

test('shows every channel with its state, and why one is lost', () => {
  show(WELL);
  const rows = [...page.querySelectorAll('tbody tr')].map(({ textContent }) => textContent);
  expect(rows).toEqual(['1Live8001 s ago', '2Lost40040 s ago', 'the socket closed · attempt 3 · next try in 4 s']);
});

test('every count of agents to look at is the way to exactly those', () => {
  show(WELL);
  const stuck = [...page.querySelectorAll('button')].find(({ textContent }) => textContent === '1 Stuck');
  act(() => stuck?.click());
  expect(shown).toHaveBeenCalledWith('stuck');
});

test('names agents whose topics were rejected, and how many more there are', () => {
  const named = [{ topic: 'v2.users.7.presence', agent: 'Ana Kovač', reason: 'no permission' }];
  show({ ...WELL, rejectedTopics: { total: 101, named } });
  expect(section('Rejected topics')).toBe('Rejected topicsAna Kovač no permission… and 100 more');
});

test('says what was passed over, most frequent first, or that nothing was', () => {
  show(WELL);
  expect(section('Passed over')).toContain('Nothing');
  show({ ...WELL, oddities: [{ kind: 'users: routingStatus', count: 12 }] });
  expect(section('Passed over')).toContain('12 × users: routingStatus');
});

test('says that the second witness may not be asked', () => {
  show({ ...WELL, stuck: { ...WELL.stuck, statusRefused: 'missing.permissions' } });
  expect(section('Reading')).toContain('cannot be asked. missing.permissions');
});

test('says how recording goes, and that nothing is lost while the store is away', () => {
  show(WELL);
  expect(section('Recording')).toContain('12,345 since the start, recorded within 310 ms');
  const { recording } = WELL;
  if (recording === null) throw new Error('the report is about a recorded floor');
  const down = { since: recording.windowsUpTo ?? WELL.now, reason: 'no database' };
  show({ ...WELL, recording: { ...recording, store: 'down', down, spilled: 40 } });
  expect(section('Recording')).toContain('no database. 42 waiting, on disk too; nothing is lost');
  show({ ...WELL, recording: null });
  expect(section('Recording')).toContain('switched off');
});
