import { Button } from '@mantine/core';
import { signOut } from '@floorwatch/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sendToApi } from '../../lib/api-client.ts';
import { sessionQuery } from '../../live/session-query.ts';
import { noteGoodbye } from './goodbye.ts';

/** Ends the session here and at Genesys Cloud. */
export const SignOutButton = () => {
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => sendToApi({ method: 'POST', path: signOut.path }),
    onMutate: () => noteGoodbye(true),
    onSuccess: () => queries.setQueryData(sessionQuery.queryKey, null),
    onError: () => {
      noteGoodbye(false);
      return queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={isPending}
      onClick={() => mutate()}
      title={error === null ? undefined : `It did not work: ${error.message}`}
    >
      {error === null ? 'Sign out' : 'Sign out: try again'}
    </Button>
  );
};
