/** Why the BFF closed a live socket, and what the browser does about it. */
export const CLOSE_CODE = {
  /** Get a session, then come back. */
  signedOut: 4001,
  /** Coming back is of no use. */
  notAllowed: 4003,
  /** Reload the page: it is from another release. */
  protocolTooOld: 4010,
  /** The frame could not be understood; come back, it is most likely a fault of ours. */
  malformedFrame: 4400,
  /** The BFF restarts; come back, jittered. */
  restart: 1012,
} as const;
