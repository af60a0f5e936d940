import { useWrite } from '../../live/use-write.ts';
import { AUTOMATION_KEY } from './automation-api.ts';

/** Changes something about automations or suggestions; the page is read anew after it. */
export const useRuleWrite = <Input, Answer>(
  run: (input: Input) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => useWrite(run, { reads: AUTOMATION_KEY, ...(onDone && { onDone }) });
