import { act, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MOST_GLIDING, useGlide } from './use-glide.ts';

const page = document.createElement('div');
const root = createRoot(page);

const Grid = ({ places }: { readonly places: ReadonlyMap<number, string> }) => {
  const grid = useRef<HTMLDivElement>(null);
  useGlide(grid, places);
  return <div ref={grid} />;
};

/** @returns whether the tiles of agents 0, 1, 2, … that are put there glide */
const putAt = (places: readonly (readonly [number, number])[]): boolean => {
  act(() => root.render(<Grid places={new Map(places.map(([ref, place]) => [ref, `${String(place)} 0`]))} />));
  return page.firstElementChild?.hasAttribute('data-glides') ?? false;
};

const row = (count: number, shift = 0): [number, number][] =>
  Array.from({ length: count }, (_, ref) => [ref, ref + shift]);

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
});

afterEach(() => {
  act(() => root.render(null));
});

test('tiles that have just come into sight do not glide: they have not been elsewhere', () => {
  putAt([]);
  expect(putAt(row(10))).toBe(false);
});

test('a few tiles glide to their new places, and a whole wall jumps', () => {
  putAt(row(100));
  expect(putAt([...row(100).slice(2), [0, 1], [1, 0]])).toBe(true);
  expect(putAt(row(100, 1))).toBe(false);
  putAt(row(MOST_GLIDING, 0));
  expect(putAt(row(MOST_GLIDING, 1)), 'a small wall as a whole').toBe(true);
  expect(putAt(row(MOST_GLIDING, 1)), 'nothing moves: what glides goes on').toBe(true);
});
