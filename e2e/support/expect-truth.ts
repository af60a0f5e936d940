import type { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { expect } from '@playwright/test';
import type { WallPage } from '../pages/wall-page.ts';

/** Waits until every agent of the organisation is on the wall with the presence and routing status it truly has. */
export const expectTruth = async (wall: WallPage, simulator: SimulatorControl): Promise<void> => {
  await expect(async () => {
    const { agents } = await simulator.truth();
    const truth = agents.map(({ userId, presence, routingStatus }) => ({
      userId,
      presence: inOneSpelling(presence.systemPresence),
      routing: inOneSpelling(routingStatus.status),
    }));
    const tiles = await wall.readAllTiles();
    const shown = agents.map(({ userId }) => ({
      userId,
      presence: inOneSpelling(tiles.get(userId)?.presence),
      routing: inOneSpelling(tiles.get(userId)?.routing),
    }));
    expect(shown).toEqual(truth);
    expect(tiles.size).toBe(agents.length);
  }).toPass({ timeout: 20_000 });
};

/** `On queue · Team huddle`, `On Queue` and `ON_QUEUE` are the same word. */
const inOneSpelling = (text = 'no such tile'): string =>
  (text.split(' · ')[0] ?? '').toUpperCase().replaceAll('_', ' ');
