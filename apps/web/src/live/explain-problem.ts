import { FloorwatchRefused } from '../lib/api-client.ts';
import type { Problem } from './connection.ts';

/** Puts a list that could not be loaded into words. */
export const explainListFailure = (error: unknown): Problem => ({
  message: error instanceof Error ? error.message : 'The agents could not be loaded.',
  isNotReady: error instanceof FloorwatchRefused && error.body?.code === 'not-ready',
  correlationId: error instanceof FloorwatchRefused ? (error.body?.correlationId ?? null) : null,
  retryAfterMs: error instanceof FloorwatchRefused ? (error.body?.retryAfterMs ?? null) : null,
  ...refusalIn(error),
});

const refusalIn = (error: unknown): Pick<Problem, 'refusal'> => {
  const code = error instanceof FloorwatchRefused ? error.body?.code : undefined;
  return code === 'signed-out' || code === 'not-allowed' ? { refusal: code } : {};
};
