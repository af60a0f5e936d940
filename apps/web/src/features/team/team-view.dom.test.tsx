import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { until } from '../../lib/until.fake.ts';
import { refusal, TeamStage } from './team-stage.fake.tsx';

let stage: TeamStage;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  stage = new TeamStage();
});

afterEach(() => stage.close());

describe('the lines', () => {
  test('tell every figure of each agent, of all together, and the median', async () => {
    stage.put('Ana', 'Early', [1800, 3600, 600, 1200, 0, 0]);
    stage.put('Ben', 'Late', [0, 0, 0, 0, 7200, 0]);
    await stage.openTeam();
    await stage.shows('2 of 2 agents');
    expect(stage.names()).toEqual(['Ana', 'Ben']);
    expect(stage.figure('Ana', 'readyShare')).toBe('25.0 %');
    expect(stage.figure('Ana', 'onCallSeconds')).toBe('1:00:00');
    expect(stage.figure('Ben', 'occupancy')).toBe('–');
    expect(stage.figure('team-total', 'offlineSeconds')).toBe('2:00:00');
    expect(stage.figure('team-median', 'availableSeconds')).toBe('0:30:00');
  });

  test('say day, zone and up to when, on the platform’s day', async () => {
    stage.put('Ana', 'Early');
    await stage.openTeam('?zone=Europe/Berlin');
    await stage.shows('Sat 15 Aug 2026 · Europe/Berlin, UTC+2 · up to 10:00:00, still growing');
    expect(stage.asked.at(-1)?.searchParams.get('from')).toBe('2026-08-14T22:00:00.000Z');
    expect(stage.asked.at(-1)?.searchParams.get('to')).toBe('2026-08-15T22:00:00.000Z');
  });

  test('the rounded times of a line add up to its length', async () => {
    stage.put('Ana', 'Early', [0.6, 0.6, 0.6, 0.6, 0.6, 0]);
    await stage.openTeam();
    await stage.shows('1 of 1 agents');
    const states = ['availableSeconds', 'onCallSeconds', 'wrapUpSeconds', 'notReadySeconds', 'offlineSeconds'] as const;
    const shown = states.map((state) => Number(stage.figure('Ana', state).slice(-1)));
    expect(shown.reduce((sum, seconds) => sum + seconds, 0)).toBe(3);
  });

  test('a heading puts them in order, most first, and again the other way', async () => {
    stage.put('Ana', 'Early', [60, 3600, 0, 0, 0, 0]);
    stage.put('Ben', 'Late', [3600, 60, 0, 0, 0, 0]);
    await stage.openTeam();
    await stage.shows('2 of 2 agents');
    await stage.press('[role="columnheader"][data-figure="readyShare"] button');
    await until(() => expect(stage.names()).toEqual(['Ben', 'Ana']));
    const question = (): URLSearchParams => stage.asked.at(-1)?.searchParams ?? new URLSearchParams();
    expect([question().get('sort'), question().get('order')]).toEqual(['readyShare', 'desc']);
    await stage.press('[role="columnheader"][data-figure="readyShare"] button');
    await until(() => expect(question().get('order')).toBe('asc'));
    expect(stage.find('[role="columnheader"][data-figure="readyShare"]').getAttribute('aria-sort')).toBe('ascending');
  });

  test('every agent is read, page by page, and until then it says how many are there', async () => {
    for (const name of ['Ana', 'Ben', 'Cem']) stage.put(name, 'Early');
    stage.pageSize = 2;
    await stage.openTeam();
    await until(() => expect(stage.names()).toEqual(['Ana', 'Ben', 'Cem']));
    expect(stage.asked.map((url) => url.searchParams.get('cursor'))).toEqual([null, '2']);
  });

  test('lead to the agent’s page with the same time and zone', async () => {
    stage.put('Ana', 'Early');
    await stage.openTeam('?range=week&day=2026-08-03&zone=Europe/Berlin');
    await stage.shows('1 of 1 agents');
    expect(stage.find('.team__link').getAttribute('href')).toBe(
      '/agents/id-Ana?range=week&day=2026-08-03&zone=Europe%2FBerlin',
    );
  });

  test('the bars have their numbers in a table', async () => {
    stage.put('Ana', 'Early', [1800, 1800, 0, 0, 0, 0]);
    await stage.openTeam();
    await stage.shows('1 of 1 agents');
    await stage.press('.mini-bars');
    const table = (part: string): string | undefined =>
      document.querySelector(`.intervals__table ${part}`)?.textContent;
    await until(() => expect(table('caption')).toBe('Times in UTC'));
    expect(table('tbody tr')).toContain('00:00 – 01:0050.0 %');
  });

  test('where an hour comes twice the table says which of the two it is', async () => {
    stage.put('Ana', 'Early');
    await stage.openTeam('?range=custom&from=2026-03-29T00:00&to=2026-03-29T12:00&zone=Europe/Berlin');
    await stage.shows('1 of 1 agents');
    await stage.press('.mini-bars');
    await until(() =>
      expect(document.querySelector('.intervals__table tbody th')?.textContent).toContain('00:00 UTC+1 – '),
    );
  });
});

describe('whom it is about', () => {
  test('options are counted before they are chosen, and the choice says what it leaves out', async () => {
    stage.put('Ana', 'Early');
    stage.put('Ben', 'Late');
    await stage.openTeam('?team=Late');
    await stage.shows('1 of 2 agents: Team Late');
    expect(stage.names()).toEqual(['Ben']);
    expect(stage.asked.at(-1)?.searchParams.get('team')).toBe('Late');
    expect(Object.fromEntries(stage.live.store.getState().view?.counts.teams ?? [])).toEqual({ Early: 1, Late: 1 });
  });

  test('a choice that nobody is in says so, and the way out works', async () => {
    stage.put('Ana', 'Early');
    await stage.openTeam('?team=Nobody');
    await stage.shows('The filter hides one agent.');
    await stage.press('.empty .mantine-Button-root:last-of-type');
    await stage.shows('1 of 1 agents');
    expect(stage.names()).toEqual(['Ana']);
  });
});

describe('says why there is nothing', () => {
  test('beyond what is kept, with the range that can be asked for', async () => {
    stage.put('Ana', 'Early');
    const allowed = { from: '2026-05-15T00:00:00.000Z', to: '2026-08-15T08:00:00.000Z' };
    stage.instead = ({ searchParams }) =>
      searchParams.get('from')?.startsWith('2025') === true
        ? refusal(422, { code: 'outside-retention', message: 'History is kept for 92 days.', allowed })
        : null;
    await stage.openTeam('?day=2025-01-01');
    await stage.shows('from Fri 15 May 2026 to Sat 15 Aug 2026');
    await stage.press('.empty .mantine-Button-root');
    await stage.shows('1 of 1 agents');
    expect(stage.asked.at(-1)?.searchParams.get('from')).toBe('2026-05-16T00:00:00.000Z');
  });

  test('when the recorded history cannot be reached, with what ties it to the log', async () => {
    stage.put('Ana', 'Early');
    stage.instead = () => refusal(503, { code: 'store-unavailable', message: 'The database does not answer.' });
    await stage.openTeam();
    await stage.shows('The recorded history cannot be reached');
    expect(stage.text).toContain('The database does not answer.');
    expect(stage.text).toContain('c-42');
    stage.instead = () => null;
    await stage.press('.empty .mantine-Button-root');
    await stage.shows('1 of 1 agents');
  });

  test('for a range that ends before it begins nothing is asked', async () => {
    stage.put('Ana', 'Early');
    await stage.openTeam('?range=custom&from=2026-08-14T10:00&to=2026-08-14T09:00');
    await stage.shows('The end must be later than the start.');
    expect(stage.asked).toEqual([]);
  });

  test('for a day that is still to come', async () => {
    stage.put('Ana', 'Early');
    await stage.openTeam('?day=2026-09-01');
    await stage.shows('Tue 1 Sept 2026 has not begun');
    expect(stage.asked).toEqual([]);
  });

  test('where nothing was recorded yet, since when there is', async () => {
    stage.put('Ana', 'Early', [0, 0, 0, 0, 0, 28_800]);
    stage.recordedFrom = '2026-08-15T07:30:00.000Z';
    await stage.openTeam('?zone=Europe/Berlin');
    await stage.shows('Nothing is known of this range.');
    expect(stage.text).toContain('Recording began Sat 15 Aug 2026, 09:30:00.');
  });

  test('what is not known is told as a share of the time', async () => {
    stage.put('Ana', 'Early', [2700, 0, 0, 0, 0, 900]);
    await stage.openTeam();
    await stage.shows('1 of 1 agents');
    expect(stage.text).toContain('25.0 % of this time is not known and counts as nothing.');
  });
});
