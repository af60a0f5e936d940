import { strikeAndRepeat, type StartFault } from './fault.ts';

export const eventsDuplicated: StartFault<'events-duplicated'> = ({ share, delayMs }, { random, struck }) => ({
  deliver: (delivery) => {
    if (!random.chance(share)) return [delivery];
    struck();
    return [delivery, { ...delivery, afterMs: delivery.afterMs + Math.floor(random.between(0, delayMs)) }];
  },
});

export const eventsReordered: StartFault<'events-reordered'> = ({ share, delayMs }, { random, struck }) => ({
  deliver: (delivery) => {
    if (!random.chance(share)) return [delivery];
    struck();
    return [{ ...delivery, afterMs: delivery.afterMs + Math.floor(random.between(0, delayMs)) }];
  },
});

export const eventsDroppedDuringGap: StartFault<'events-dropped-during-gap'> = (
  { gapMs, dropShare, everyMs },
  stage,
) => {
  const { channels, realClock, random, struck } = stage;
  let isOpen = false;
  const openGap = (): void => {
    isOpen = true;
    for (const { socket } of channels.connected()) socket?.terminate();
    struck();
    realClock.after(gapMs, () => {
      isOpen = false;
    });
  };
  const repeated = gapMs === 0 ? null : strikeAndRepeat(stage, everyMs, openGap);
  return {
    ...repeated,
    refusesSockets: () => isOpen,
    deliver: (delivery) => (isOpen || random.chance(dropShare) ? [] : [delivery]),
  };
};
