import type { StartFault } from './fault.ts';

/** A topic of next year, with a body of next year. */
const text = JSON.stringify({
  topicName: 'v2.users.00000000-0000-4000-8000-000000000000.horoscope',
  version: '2',
  eventBody: { outlook: 'BRIGHT', lucky: [7, 13] },
  metadata: {},
});

export const unknownTopic: StartFault<'unknown-topic'> = ({ share }, { random, struck }) => ({
  deliver: (delivery) => {
    if (!random.chance(share)) return [delivery];
    struck();
    return [{ text, afterMs: delivery.afterMs }, delivery];
  },
});
