import { describe, expect, it } from 'vitest';
import { StoreMisconfigured, StoreUnavailable } from '../store-error.ts';
import { storeErrorOf } from './database-failure.ts';

const PLACE = 'PostgreSQL at db:5432, database floorwatch';

const thrown = (message: string, code?: string): Error =>
  code === undefined ? new Error(message) : Object.assign(new Error(message), { code });

describe('What a driver throws', () => {
  it.each([
    ['a refused connection', thrown('connect ECONNREFUSED', 'ECONNREFUSED'), /nothing listens there/],
    [
      'one that was refused on every address',
      new AggregateError([thrown('connect', 'ECONNREFUSED'), thrown('connect', 'ECONNREFUSED')]),
      /nothing listens there/,
    ],
    ['an unknown host', thrown('getaddrinfo', 'ENOTFOUND'), /there is no host of that name/],
    ['a connection that was cut', thrown('Connection terminated unexpectedly'), /the connection was lost/],
    ['no free connection in time', thrown('timeout exceeded when trying to connect'), /the connection was lost/],
    ['no answer in time', thrown('Query read timeout'), /the connection was lost/],
    ['a server that shuts down', thrown('terminating connection', '57P01'), /it is shutting down/],
    ['a statement that took too long', thrown('canceling statement', '57014'), /a statement took too long/],
    ['a full disk', thrown('could not extend file', '53100'), /its disk is full/],
    ['a standby', thrown('cannot execute INSERT in a read-only transaction', '25006'), /it takes no writes/],
    ['a lost protocol', thrown('protocol violation', '08P01'), /the connection was lost/],
  ])('is for later where it is %s', (_, error, words) => {
    const failure = storeErrorOf(error, PLACE);
    expect(failure).toBeInstanceOf(StoreUnavailable);
    expect(failure?.message).toMatch(words);
    expect(failure?.message).toContain(PLACE);
  });

  it.each([
    ['a wrong password', thrown('password authentication failed for user "x"', '28P01'), /check both in DATABASE_URL/],
    ['a missing database', thrown('database "x" does not exist', '3D000'), /create it, or correct DATABASE_URL/],
    ['a missing right', thrown('permission denied for database x', '42501'), /give it the right CREATE/],
  ])('is for a person where it is %s', (_, error, words) => {
    const failure = storeErrorOf(error, PLACE);
    expect(failure).toBeInstanceOf(StoreMisconfigured);
    expect(failure?.message).toMatch(words);
  });

  it.each([
    ['a broken constraint', thrown('duplicate key value violates unique constraint', '23505')],
    ['a mistake in a statement', thrown('syntax error at or near "connection"', '42601')],
    ['a mistake of ours', new TypeError('undefined is not a function')],
  ])('is left as it is where it is %s', (_, error) => {
    expect(storeErrorOf(error, PLACE)).toBeNull();
  });
});
