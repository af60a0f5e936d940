import { Button } from '@mantine/core';
import type { ErrorCode } from '@floorwatch/contracts';
import { useEffect, useState } from 'react';
import { FloorwatchRefused, FloorwatchUnreachable } from '../../lib/api-client.ts';
import { thereWords } from './change-words.ts';
import { useServerSecond } from './use-server-second.ts';
import { useSessionNews } from '../../live/use-session-news.ts';

/** What to do next, where the message of the API does not say it. */
const NEXT: Readonly<Partial<Record<ErrorCode, string>>> = {
  'audit-unavailable': 'Nothing was changed: without the audit no presence is changed. Try again in a minute.',
  'store-unavailable': 'Nothing was changed. Try again in a minute.',
  'platform-unavailable': 'Nothing was changed. Try again in a minute.',
  'csrf-failed': 'This page was out of date and has been brought up to date. Try again.',
  'not-ready': 'Nothing was changed. Try again in a minute.',
  'idempotency-conflict': 'Nothing was changed. Try again.',
  'not-allowed': 'Nothing was changed. Your rights may have been changed while this was open.',
  'rate-limited': 'Nothing was changed: too much is being asked at once.',
  internal: 'Whether it was carried out is not known. Try again: the same try is never carried out twice.',
};

/** Nothing can be said about whether it was carried out: the next try must have the same name. */
export const isUncertain = (error: Error): boolean =>
  !(error instanceof FloorwatchRefused) || error.body === null || error.body.code === 'internal';

interface SendProblemProps {
  readonly error: Error;
  readonly onRetry: () => void;
  /** What a retry does. */
  readonly label?: string;
}

/** Why something was not done, or is not known to be done, and what to do about it. */
export const SendProblem = ({ error, onRetry, label = 'Try again' }: SendProblemProps) => {
  const body = error instanceof FloorwatchRefused ? error.body : null;
  const wait = useWait(error, body?.retryAfterMs ?? 0);
  const tellNews = useSessionNews();
  useEffect(() => tellNews(error), [tellNews, error]);
  const next = body === null ? undefined : NEXT[body.code];
  return (
    <div className="problem" role="alert">
      <p>
        <b>{error.message}</b>{' '}
        {error instanceof FloorwatchUnreachable
          ? 'Whether it arrived is not known. Check the connection and try again: the same try is never carried out twice.'
          : next}
      </p>
      {body?.now !== undefined && (
        <p>
          There is now: <b dir="auto">{thereWords(body.now)}</b>.
        </p>
      )}
      {body?.missing !== undefined && (
        <p>
          It takes <code>{body.missing.permissions.join(', ')}</code> in the agent’s division.
        </p>
      )}
      {body !== null && <p className="problem__small">For the log: {body.correlationId}</p>}
      {body?.code !== 'version-conflict' && (
        <Button size="compact-sm" variant="default" disabled={wait > 0} onClick={onRetry}>
          {wait > 0 ? `${label} in ${String(wait)} s` : label}
        </Button>
      )}
    </div>
  );
};

const SECOND_MS = 1000;

/** Whole seconds until another try makes sense. */
const useWait = (error: Error, waitMs: number): number => {
  const now = useServerSecond();
  const [began, setBegan] = useState({ error, at: now });
  if (began.error !== error) setBegan({ error, at: now });
  if (now === null || began.at === null) return 0;
  return Math.max(0, Math.ceil((began.at + waitMs - now) / SECOND_MS));
};
