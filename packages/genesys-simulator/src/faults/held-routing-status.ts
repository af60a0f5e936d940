import type { LiveState, RoutingStatusName } from '../floor/live-state.ts';
import { alterEvent, alterUsers, isBody, type Body } from './altered-bodies.ts';
import type { Fault, FaultStage, StartFault } from './fault.ts';

interface Held {
  readonly status: RoutingStatusName;
  readonly startTime: string;
}

/** Agents who are in a routing status now, at most so many of them. */
const chooseAgents = (stage: FaultStage, status: RoutingStatusName, count: number): ReadonlyMap<string, LiveState> => {
  const { organisation, engine, pump } = stage.world();
  pump.pump();
  const states = organisation.agents.map(({ id }) => [id, engine.stateOf(id)] as const);
  const chosen = stage.random.sample(
    states.filter(([, { routingStatus }]) => routingStatus.status === status),
    count,
  );
  stage.struck(chosen.length);
  return new Map(chosen);
};

/** The routing service goes on telling what was true of these agents; presence and contacts are told as they are. */
const holdRoutingStatus = (agents: ReadonlyMap<string, LiveState>): Fault => {
  const held = new Map<unknown, Held>(
    [...agents].map(([id, { routingStatus }]) => [
      id,
      { status: routingStatus.status, startTime: new Date(routingStatus.startAt).toISOString() },
    ]),
  );
  const hold = (body: Body): Body => {
    const told = held.get(body['id']);
    const { routingStatus } = body;
    return told === undefined || !isBody(routingStatus)
      ? body
      : { ...body, routingStatus: { ...routingStatus, ...told } };
  };
  return {
    deliver: (delivery) => [alterEvent(delivery, hold)],
    alterAnswer: (operationId, body) => {
      const told = isBody(body) ? held.get(body['userId']) : undefined;
      if (!isBody(body) || told === undefined) return alterUsers(operationId, body, hold);
      if (operationId === 'getUserRoutingstatus') return { ...body, ...told };
      if (operationId !== 'getAnalyticsAgentStatus') return body;
      return { ...body, routingStatus: told.status, routingStatusDate: told.startTime };
    },
  };
};

export const stuckInteracting: StartFault<'stuck-interacting'> = ({ agents }, stage) =>
  holdRoutingStatus(chooseAgents(stage, 'INTERACTING', agents));

export const phantomAvailability: StartFault<'phantom-availability'> = ({ agents }, stage) => {
  const chosen = chooseAgents(stage, 'IDLE', agents);
  const fault = holdRoutingStatus(chosen);
  const { engine, organisation } = stage.world();
  const definition = organisation.presenceDefinitions.find((one) => one.systemPresence === 'Break');
  if (definition !== undefined)
    for (const id of chosen.keys()) engine.change(id, { presence: { definition, message: '' } });
  return fault;
};
