import { alterEvent, alterUsers, isBody, type Body } from './altered-bodies.ts';
import type { StartFault } from './fault.ts';

/** Gives presence and routing status names that are not in any specification yet, wherever they stand in a body. */
const renameStates = (body: Body): Body => {
  const renamed: Record<string, unknown> = { ...body };
  const { presence, routingStatus, presenceDefinition } = body;
  if (isBody(presence)) renamed['presence'] = renameStates(presence);
  if (isBody(presenceDefinition)) renamed['presenceDefinition'] = { ...presenceDefinition, systemPresence: 'SIESTA' };
  if (isBody(routingStatus)) renamed['routingStatus'] = { ...routingStatus, status: 'DAYDREAMING' };
  return renamed;
};

export const unknownEnum: StartFault<'unknown-enum'> = ({ share }, { random, struck }) => {
  const rename = (body: Body): Body => {
    if (!random.chance(share)) return body;
    struck();
    return renameStates(body);
  };
  return {
    deliver: (delivery) => [alterEvent(delivery, rename)],
    alterAnswer: (operationId, body) => alterUsers(operationId, body, rename),
  };
};
