import type { PresenceThere } from '@floorwatch/contracts';
import { FloorwatchRefused } from '../../lib/api-client.ts';
import { useWrite } from '../../live/use-write.ts';
import { UNDER_WAY_KEY } from './change-api.ts';

/** What is there now, where a write was refused because somebody else was faster; undefined for any other error. */
export const conflictIn = (error: Error | null): PresenceThere | null | undefined =>
  error instanceof FloorwatchRefused && error.body?.code === 'version-conflict' ? (error.body.now ?? null) : undefined;

/** Sends something that changes presences; what is under way is looked at anew after it. */
export const useSend = <Input, Answer>(run: (input: Input) => Promise<Answer>, onDone?: (answer: Answer) => void) =>
  useWrite(run, { reads: UNDER_WAY_KEY, ...(onDone && { onDone }) });
