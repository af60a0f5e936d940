import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useSessionNews } from './use-session-news.ts';

interface WriteOptions<Answer> {
  /** What is read anew afterwards, however it went. */
  readonly reads: QueryKey;
  readonly onDone?: (answer: Answer) => void;
}

/** Something that changes what the server has. It is tried once, offline too: that is an answer, and one to be shown. */
export const useWrite = <Input, Answer>(
  run: (input: Input) => Promise<Answer>,
  { reads, onDone = () => undefined }: WriteOptions<Answer>,
) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: run,
    networkMode: 'always',
    retry: false,
    onSuccess: onDone,
    onError: useSessionNews(),
    onSettled: () => queries.invalidateQueries({ queryKey: reads }),
  });
};
