import { StoreMisconfigured, StoreUnavailable, type StoreError } from '../store-error.ts';

/** What an operator of a computer's network says (Node's codes). */
const NETWORK_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'no answer in time',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the host’s name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no network',
  ENOENT: 'there is no such socket',
};

/** PostgreSQL's codes for "not now": nothing is wrong with the statement. */
const PASSING_WORDS: Readonly<Record<string, string>> = {
  '57P01': 'it is shutting down',
  '57P02': 'it has crashed and is recovering',
  '57P03': 'it is starting or stopping',
  '57014': 'a statement took too long',
  '25006': 'it takes no writes: a standby, or read-only',
  '40001': 'two writers were in each other’s way',
  '40P01': 'two writers were in each other’s way',
  '53100': 'its disk is full',
  '53200': 'it is out of memory',
  '53300': 'it has no connections left',
};

/** PostgreSQL's codes for settings that cannot work. */
const SETTINGS_WORDS: Readonly<Record<string, string>> = {
  '28P01': 'it refuses the user or the password: check both in DATABASE_URL',
  '28000': 'it refuses the user, or this way to connect: check DATABASE_URL and the server’s pg_hba.conf',
  '3D000': 'there is no database of that name: create it, or correct DATABASE_URL',
  '42501':
    'the user may not create what Floorwatch needs: give it the right CREATE on the database, or a database of its own',
};

/** The driver's own words for a lost connection, which carry no code. */
const LOST_CONNECTION = /connection|timeout|terminated|not queryable|server does not support ssl/i;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Whether a database said it, with a code and its own message, and not the driver or the network. */
const isFromDatabase = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E');

/** Of several addresses tried in vain the driver reports the errors together. */
const firstOf = (error: unknown): unknown => (error instanceof AggregateError ? (error.errors[0] as unknown) : error);

const unavailable = (place: string, reason: string, cause: unknown): StoreUnavailable =>
  new StoreUnavailable(`${place} cannot be used now: ${reason}`, { cause });

/**
 * Turns a driver's error into ours where the database is the trouble. A mistake in a statement or a broken constraint is
 * none of these: null.
 * @param place where the database is, in words without secrets
 */
export const storeErrorOf = (thrown: unknown, place: string): StoreError | null => {
  const error = firstOf(thrown);
  const code = codeOf(error);
  const settings = SETTINGS_WORDS[code];
  if (settings !== undefined) return new StoreMisconfigured(`${place}: ${settings}`, { cause: error });
  const passing = PASSING_WORDS[code] ?? (code.startsWith('08') ? 'the connection was lost' : undefined);
  if (passing !== undefined) return unavailable(place, passing, error);
  if (code.startsWith('53')) return unavailable(place, 'it has run out of something', error);
  const network = NETWORK_WORDS[code];
  if (network !== undefined) return unavailable(place, network, error);
  const isLost = error instanceof Error && !isFromDatabase(code) && LOST_CONNECTION.test(error.message);
  return isLost ? unavailable(place, 'the connection was lost', error) : null;
};
