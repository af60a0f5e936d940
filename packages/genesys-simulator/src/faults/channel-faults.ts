import { Random } from '../time/random.ts';
import { strikeAndRepeat, type StartFault } from './fault.ts';

export const channelEvicted: StartFault<'channel-evicted'> = ({ channels: wanted, everyMs }, stage) =>
  strikeAndRepeat(stage, everyMs, () => {
    const byUse = stage.channels.all().toSorted((a, b) => a.lastUse - b.lastUse);
    const evicted = byUse.slice(0, wanted ?? byUse.length);
    for (const channel of evicted) stage.channels.end(channel, 'too many channels');
    stage.struck(evicted.length);
  });

/** Always the same topics, whoever asks and however often. */
export const topicForbidden: StartFault<'topic-forbidden'> = ({ share }, { struck }) => ({
  forbidsTopic: (topicId) => {
    const isForbidden = new Random(`forbidden/${topicId}`).chance(share);
    if (isForbidden) struck();
    return isForbidden;
  },
});
