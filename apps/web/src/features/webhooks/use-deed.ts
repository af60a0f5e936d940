import { useWrite } from '../../live/use-write.ts';
import { WEBHOOKS_KEY } from './webhooks-query.ts';

/** Something that is done once to webhooks, after which the page looks again. */
export const useDeed = <Answer>(deed: () => Promise<Answer>, onDone?: () => void) =>
  useWrite(deed, { reads: WEBHOOKS_KEY, ...(onDone && { onDone }) });
