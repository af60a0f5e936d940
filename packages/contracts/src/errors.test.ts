import { expect, it } from 'vitest';
import { errorBody } from './errors.ts';

const body = { code: 'rate-limited', message: 'Try again in 2 seconds.', correlationId: 'c-1' };

it('an error body says when to try again only where that makes sense', () => {
  expect(errorBody.parse({ ...body, retryAfterMs: 2000 })).toHaveProperty('retryAfterMs', 2000);
  expect(errorBody.parse(body)).not.toHaveProperty('retryAfterMs');
  expect(errorBody.safeParse({ ...body, retryAfterMs: -1 }).success).toBe(false);
});

it('an error code outside the closed list is refused, so that the browser can act on each', () => {
  expect(errorBody.safeParse({ ...body, code: 'teapot' }).success).toBe(false);
});

it('an error body carries nothing but its four fields', () => {
  expect(errorBody.parse({ ...body, stack: 'at main.ts:1', cause: 'connect ECONNREFUSED' })).toEqual(body);
});
