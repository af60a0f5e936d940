import { agentId } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { makeApiClient } from '../http/api-client.fake.ts';
import { startPlatformServer, type PlatformServer, type ScriptedAnswer } from '../platform-server.fake.ts';
import { ActivityCodesReader } from './activity-codes.ts';
import { Schedules } from './schedules.ts';

const ANN = agentId('ann');
const READ = { priority: 'interactive' } as const;
const DAY_MS = 24 * 3_600_000;
const MONDAY = Date.parse('2026-10-19T00:00:00.000Z');
const WEEK = { from: MONDAY, to: MONDAY + 7 * DAY_MS };
const WFM = '/api/v2/workforcemanagement';

const resultOf = (days: readonly number[], parts: object = {}) => ({
  businessUnitTimeZone: 'Europe/Berlin',
  agentSchedules: [
    {
      user: { id: 'ann' },
      shifts: days.map((day) => ({
        activities: [
          {
            startDate: new Date(MONDAY + day * DAY_MS).toISOString(),
            lengthMinutes: 60,
            activityCodeId: '0',
            description: '',
            paid: true,
          },
        ],
      })),
      ...parts,
    },
    { user: { id: 'bo' }, shifts: [] },
  ],
});

interface Asked {
  readonly startDate: string;
  readonly endDate: string;
}

describe('schedules', () => {
  let server: PlatformServer;
  afterEach(() => server.close());

  const start = async (search: (asked: Asked) => ScriptedAnswer): Promise<Schedules> => {
    server = await startPlatformServer({
      [`${WFM}/agents/ann/managementunit`]: () => ({
        body: { user: { id: 'ann' }, managementUnit: { id: 'mu' }, businessUnit: { id: 'bu' } },
      }),
      [`${WFM}/businessunits/bu/activitycodes`]: () => ({ body: { downloadUrl: `${server.url}/codes` } }),
      '/codes': () => ({ body: { entities: [{ id: '0', name: 'On Queue', category: 'OnQueueWork' }] } }),
      [`${WFM}/managementunits/mu/agentschedules/search`]: ({ body }) => search(JSON.parse(body) as Asked),
      '/result': () => ({ body: resultOf([0]) }),
    });
    const { api } = makeApiClient(server.url);
    return new Schedules({ api, codes: new ActivityCodesReader({ api, clock: new FakeClock() }) });
  };

  it('are fetched from a file where the platform says so, and the token is not sent along', async () => {
    const schedules = await start(() => ({ body: { status: 'Complete', downloadUrl: `${server.url}/result` } }));
    expect(await schedules.get(ANN, WEEK, READ)).toEqual([
      { from: MONDAY, to: MONDAY + 3_600_000, category: 'OnQueueWork', activityCode: 'On Queue', isPaid: true },
    ]);
    expect(server.to('/result')[0]?.headers).not.toHaveProperty('authorization');
    expect(server.to('/codes')[0]?.headers).not.toHaveProperty('authorization');
  });

  it('are not fetched from an address that is neither the platform’s own nor encrypted', async () => {
    const schedules = await start(() => ({ body: { status: 'Complete', downloadUrl: 'http://example.org/result' } }));
    await expect(schedules.get(ANN, WEEK, READ)).rejects.toThrow(/not https/);
  });

  it('are asked for in halves where the answer to a whole would go to a person', async () => {
    const schedules = await start(({ startDate, endDate }) => {
      const day = (Date.parse(startDate) - MONDAY) / DAY_MS;
      const days = (Date.parse(endDate) - Date.parse(startDate)) / DAY_MS;
      return { body: days > 2 ? { status: 'Processing' } : { status: 'Complete', result: resultOf([day, day + 1]) } };
    });
    const starts = (await schedules.get(ANN, WEEK, READ))?.map(({ from }) => (from - MONDAY) / DAY_MS);
    expect(starts).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('that are never answered at once are an error and no endless loop', async () => {
    const schedules = await start(() => ({ body: { status: 'Processing' } }));
    await expect(schedules.get(ANN, WEEK, READ)).rejects.toThrow(/not answered at once/);
  });

  it('have whole days off in the zone of the business unit: 25 hours where the clocks go back', async () => {
    const off = { fullDayTimeOffMarkers: [{ businessUnitDate: '2026-10-25', activityCodeId: '9', paid: false }] };
    const schedules = await start(() => ({ body: { status: 'Complete', result: resultOf([], off) } }));
    expect(await schedules.get(ANN, WEEK, READ)).toEqual([
      {
        from: Date.parse('2026-10-24T22:00:00.000Z'),
        to: Date.parse('2026-10-25T23:00:00.000Z'),
        category: 'TimeOff',
        activityCode: null,
        isPaid: false,
      },
    ]);
  });
});
