import { alterEvent, alterUsers, isBody, type Body } from './altered-bodies.ts';
import type { FaultStage, StartFault } from './fault.ts';

/** Leaves out fields at any depth, each with the same probability. */
const thinOut = (body: Body, share: number, random: FaultStage['random']): Body =>
  Object.fromEntries(
    Object.entries(body)
      .filter(() => !random.chance(share))
      .map(([name, value]) => [name, isBody(value) ? thinOut(value, share, random) : value]),
  );

export const missingFields: StartFault<'missing-fields'> = ({ share }, { random, struck }) => {
  const thin = (body: Body): Body => {
    struck();
    return thinOut(body, share, random);
  };
  return {
    deliver: (delivery) => [alterEvent(delivery, thin)],
    alterAnswer: (operationId, body) => alterUsers(operationId, body, thin),
  };
};
