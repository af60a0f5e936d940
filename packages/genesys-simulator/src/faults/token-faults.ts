import { strikeAndRepeat, type StartFault } from './fault.ts';

/** Nobody is told: the next call answers 401, and sockets close with their channel. */
export const tokenExpires: StartFault<'token-expires'> = ({ lifetimeSeconds, everyMs }, stage) => ({
  ...strikeAndRepeat(stage, everyMs, () => {
    stage.endTokens({ tell: false });
    stage.struck();
  }),
  tokenLifetimeSeconds: lifetimeSeconds,
});

export const tokenRevoked: StartFault<'token-revoked'> = ({ everyMs }, stage) =>
  strikeAndRepeat(stage, everyMs, () => {
    stage.endTokens({ tell: true });
    stage.struck();
  });
