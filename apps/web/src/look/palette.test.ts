import { ACTIVITIES, type Activity } from '@floorwatch/domain';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { ACTIVITY_GROUPS } from './activity-groups.ts';
import { parseHex } from './colour.ts';
import { BLINDNESSES, contrastOf, distanceOf, labDistance, seenBy } from './colour-vision.fake.ts';
import { GLYPHS } from './glyphs.tsx';
import { activityHue, SURFACES, tileColours } from './palette.ts';

const TEXT = 4.5;
const NON_TEXT = 3;
const TELLABLE = 10;

const contrast = (a: string, b: string): number => contrastOf(parseHex(a), parseHex(b));

describe('the measures themselves', () => {
  test('contrast agrees with the definition', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  test.each([
    // Pairs of the data published with the CIEDE2000 formula (Sharma, Wu, Dalal 2005).
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, -1, 2], [50, 0, 0], 2.3669],
    [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ] as const)('CIEDE2000 of %j and %j is %d', (a, b, distance) => {
    expect(labDistance(a, b)).toBeCloseTo(distance, 4);
  });
});

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const surfaces = SURFACES[theme];

  test.each(ACTIVITIES)('a tile of %s can be read: words 4.5:1, glyph and edge 3:1', (activity) => {
    const { ground, hue, ink, quiet } = tileColours(theme, activity);
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(TEXT);
    expect(contrast(quiet, ground)).toBeGreaterThanOrEqual(TEXT);
    expect(contrast(hue, ground)).toBeGreaterThanOrEqual(TEXT); // the activity's word wears its hue
  });

  test.each(ACTIVITIES)('the glyph of %s stands out in the totals', (activity) => {
    expect(contrast(activityHue(theme, activity), surfaces.surface)).toBeGreaterThanOrEqual(NON_TEXT);
  });

  test.each([
    ['ink', 'page'],
    ['ink', 'surface'],
    ['ink', 'well'],
    ['quiet', 'page'],
    ['quiet', 'surface'],
    ['quiet', 'well'],
    ['warn', 'warnGround'],
    ['warn', 'surface'],
    ['alarm', 'alarmGround'],
    ['alarm', 'surface'],
    ['surface', 'ink'],
  ] as const)('%s on %s can be read', (text, ground) => {
    expect(contrast(surfaces[text], surfaces[ground])).toBeGreaterThanOrEqual(TEXT);
  });

  test('the edge of focus stands out from every ground', () => {
    for (const ground of [surfaces.page, surfaces.surface, surfaces.well])
      expect(contrast(surfaces.focus, ground)).toBeGreaterThanOrEqual(NON_TEXT);
  });

  test('those who can take a contact, work, or need somebody are told apart by colour too', () => {
    const telling = ['notResponding', 'ready', 'interacting', 'offline'] as const;
    for (const [a, b] of pairsOf(telling)) {
      const [one, other] = [parseHex(activityHue(theme, a)), parseHex(activityHue(theme, b))];
      for (const blindness of BLINDNESSES)
        expect(
          distanceOf(seenBy(blindness, one), seenBy(blindness, other)),
          `${a} and ${b}, ${blindness}`,
        ).toBeGreaterThanOrEqual(TELLABLE);
    }
  });
});

test('no two activities differ by colour alone: each has a shape of its own', () => {
  const drawn = ACTIVITIES.map((activity) => renderToStaticMarkup(GLYPHS[activity]));
  expect(new Set(drawn).size).toBe(ACTIVITIES.length);
});

test('every activity is in exactly one group of the totals', () => {
  const grouped = ACTIVITY_GROUPS.flatMap(({ activities }) => activities);
  expect(grouped.toSorted()).toEqual([...ACTIVITIES].toSorted());
});

const pairsOf = <Item extends Activity>(items: readonly Item[]): [Item, Item][] =>
  items.flatMap((a, index) => items.slice(index + 1).map((b): [Item, Item] => [a, b]));
