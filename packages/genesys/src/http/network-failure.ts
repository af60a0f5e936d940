const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of the host is not known: check the region and the name service',
  EAI_AGAIN: 'the name service does not answer: check the network',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'no answer to the attempt to connect',
  EHOSTUNREACH: 'there is no way to the host: check the network',
  ENETUNREACH: 'there is no way to the host: check the network',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted: is a proxy in between?',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted: is a proxy in between?',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted: is a proxy in between?',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is made out for another host: is a proxy in between?',
};

export interface NetworkFailure {
  /** "cannot reach host: why", fit for people and free of secrets. */
  readonly message: string;
  /** A bare error with the cause's code: libraries keep headers, and so tokens, in theirs. */
  readonly cause: Error;
}

/** Puts a failed connection into words. */
export const describeNetworkFailure = (error: unknown, host: string): NetworkFailure => {
  const code = codeOf(error);
  const why = code === null ? 'the connection failed' : (WORDS[code] ?? 'the connection failed');
  const suffix = code === null ? '' : ` (${code})`;
  return { message: `cannot reach ${host}: ${why}${suffix}`, cause: new Error(code ?? 'connection failed') };
};

/** The system's code of an error, looked for in its causes too (several addresses tried make an AggregateError). */
const codeOf = (error: unknown, depth = 0): string | null => {
  if (typeof error !== 'object' || error === null || depth > 4) return null;
  const inner = 'cause' in error ? codeOf(error.cause, depth + 1) : null;
  if (inner !== null) return inner;
  if (error instanceof AggregateError) return codeOf(error.errors[0], depth + 1);
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
};
