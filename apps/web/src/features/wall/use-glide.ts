import { useLayoutEffect, useRef, type RefObject } from 'react';

/** So many tiles an eye may follow at once. Each is drawn anew in every frame of its way. */
export const MOST_GLIDING = 24;

/**
 * Lets tiles glide to their new places where few move. Where the whole wall is put in order they jump: nobody could
 * follow them, and a browser without a graphics card would drop frames for it.
 * @param places of the tiles in sight, by their agents
 */
export const useGlide = (grid: RefObject<HTMLElement | null>, places: ReadonlyMap<number, string>): void => {
  const before = useRef(places);
  useLayoutEffect(() => {
    let moving = 0;
    for (const [ref, place] of places) if ((before.current.get(ref) ?? place) !== place) moving += 1;
    before.current = places;
    if (moving > 0) grid.current?.toggleAttribute('data-glides', moving <= MOST_GLIDING);
  });
};
