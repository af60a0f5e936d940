import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cornerOf, DENSITIES, layOutGrid } from './grid-layout.ts';

test.each([
  ['phone', 370, 2],
  ['small phone', 300, 1],
  ['laptop', 1408, 8],
  ['wall screen, read from further away', 1888, 9],
])('a %s (%i px) gets %i columns more or less', (_screen, width, columns) => {
  expect(layOutGrid(width, 'compact').columns).toBe(columns);
});

test('tiles fill the width and never overlap or stick out', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 270, max: 8000 }),
      fc.nat(500),
      fc.constantFrom(...DENSITIES),
      (width, index, density) => {
        const layout = layOutGrid(width, density);
        const here = cornerOf(layout, index);
        const next = cornerOf(layout, index + 1);
        expect(here.x + layout.tileWidth).toBeLessThanOrEqual(width);
        expect(next.y > here.y || next.x >= here.x + layout.tileWidth + layout.gap).toBe(true);
      },
    ),
  );
});

test('500 agents fit a full-HD screen in the matrix, below header, totals and toolbar', () => {
  const { columns, tileHeight, gap } = layOutGrid(1888, 'matrix');
  const heightLeft = 1080 - 200;
  expect(columns * Math.floor((heightLeft + gap) / (tileHeight + gap))).toBeGreaterThanOrEqual(500);
});
