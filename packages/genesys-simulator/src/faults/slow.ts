import type { StartFault } from './fault.ts';

export const slow: StartFault<'slow'> = ({ delayMs, share }, { random, struck }) => ({
  delayAnswer: () => {
    if (!random.chance(share)) return 0;
    struck();
    return delayMs;
  },
});
