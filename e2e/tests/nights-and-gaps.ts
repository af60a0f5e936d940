import type { Locator } from '@playwright/test';
import { AgentPage } from '../pages/agent-page.ts';
import { Floor } from '../support/floor.ts';
import { expect, story } from '../support/story.ts';
import { until } from '../support/until.ts';

/** Midnight in Berlin, in the middle of whatever night shift there is. */
const MIDNIGHT = '2026-10-26T23:00:00.000Z';
const MINUTE_MS = 60_000;

interface Stretch {
  readonly from: string;
  readonly to: string;
  readonly system: string | null;
}

interface Found {
  readonly userId: string;
  readonly stretch: Stretch;
}

/** What the keyboard stands on, as a screen reader tells it. */
const spokenOn = async (lane: Locator): Promise<string> => (await lane.getAttribute('aria-valuetext')) ?? '';

/** Stretches of an agent's presence around midnight. */
const aroundMidnight = async (floor: Floor, agentId: string): Promise<readonly Stretch[]> => {
  const from = new Date(Date.parse(MIDNIGHT) - 6 * 60 * MINUTE_MS).toISOString();
  const to = new Date(Date.parse(MIDNIGHT) + 6 * 60 * MINUTE_MS).toISOString();
  const answer = await fetch(`${floor.url}/api/agents/${agentId}/history?from=${from}&to=${to}&kind=system`);
  return ((await answer.json()) as { readonly segments: readonly Stretch[] }).segments;
};

/** Whether it lies over midnight with ten minutes at least on both sides, and begins and ends within what was read. */
const isOverMidnight = ({ from, to, system }: Stretch): boolean => {
  const [before, after] = [Date.parse(MIDNIGHT) - Date.parse(from), Date.parse(to) - Date.parse(MIDNIGHT)];
  const isWhole = before < 350 * MINUTE_MS && after < 350 * MINUTE_MS;
  return system !== null && system !== 'offline' && isWhole && Math.min(before, after) > 10 * MINUTE_MS;
};

story.describe('at night', () => {
  story.use({ startsAt: '2026-10-27T06:00:00.000Z', agents: 60, timezoneId: 'Europe/Berlin', locale: 'en-GB' });

  story('a shift over midnight is cut by the day and whole in a range of one’s own', async ({ floor, wall }) => {
    const { agents } = await floor.simulator.truth();
    let found: Found | null = null;
    await until('the past is known', async () => {
      for (const { userId } of agents) {
        const stretch = (await aroundMidnight(floor, userId)).find(isOverMidnight);
        if (stretch !== undefined) found = { userId, stretch };
        if (found !== null) return true;
      }
      return false;
    });
    if (found === null) throw new Error('Nobody worked over midnight');
    const { userId, stretch } = found as Found;
    const agent = new AgentPage(wall.page);
    const timeIn = (instant: string): string =>
      new Date(instant).toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' });

    await agent.open(floor.url, userId, '?day=2026-10-26&zone=Europe/Berlin');
    await expect(agent.sum).toContainText('Together 24:00:00 of 24:00:00');
    await agent.lane('Presence').press('End');
    const lastOfTheDay = await agent.lane('Presence').getAttribute('aria-valuetext');
    expect(lastOfTheDay).toContain(timeIn(stretch.from));

    await agent.open(floor.url, userId, '?day=2026-10-27&zone=Europe/Berlin');
    await expect(agent.lane('Presence')).toHaveAttribute('aria-valuetext', /\S/);
    await agent.lane('Presence').press('Home');
    await expect(agent.lane('Presence')).toHaveAttribute('aria-valuetext', new RegExp(timeIn(stretch.to)));

    await agent.open(floor.url, userId, '?range=custom&from=2026-10-26T12:00&to=2026-10-27T12:00&zone=Europe/Berlin');
    await expect(agent.sum).toBeVisible();
    const lane = agent.lane('Presence');
    await lane.press('Home');
    for (let step = 0; !(await spokenOn(lane)).includes(`${timeIn(stretch.from)} – `); step += 1) {
      expect(step, 'the lane has so many stretches at most').toBeLessThan(100);
      await lane.press('ArrowRight');
    }
    const whole = `Mon 26 Oct 2026, ${timeIn(stretch.from)} – Tue 27 Oct 2026, ${timeIn(stretch.to)}`;
    expect(await spokenOn(lane)).toContain(whole); // one stretch, not one for each day
  });
});

story('an agent of whom nothing is known: the page says so, why, and what will be', async ({ wall }) => {
  const floor = await Floor.start({ agents: 10, speed: 1 }, (simulator) =>
    simulator.withdrawPermissions(['analytics:userDetail:view']),
  );
  try {
    await floor.isLive();
    const { page } = wall;
    const [somebody] = (await floor.simulator.truth()).agents;
    const agent = new AgentPage(page);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await agent.open(floor.url, somebody?.userId ?? '', `?day=${yesterday}&zone=UTC`);
    await expect(page.getByText('Nothing is known of this time')).toBeVisible();
    await expect(page.getByText(/could not be filled in: .*analytics:userDetail:view/)).toBeVisible();

    await agent.open(floor.url, somebody?.userId ?? '');
    await expect(agent.lane('Presence')).toBeVisible(); // from now on it is recorded
    await expect(page.getByText('Nothing is known of this time')).toBeHidden();
  } finally {
    await floor.close();
  }
});
