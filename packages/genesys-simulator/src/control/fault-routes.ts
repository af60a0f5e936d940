import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { FAULT_NAMES, FAULTS, type FaultName, type FaultParams } from '../faults/fault-catalogue.ts';
import { readBody } from '../operations/operation.ts';
import { notFound } from '../server/platform-error.ts';
import type { FaultState } from '../server/fault-switchboard.ts';
import type { Platform } from '../server/platform.ts';

/** The catalogue once more, in a shape that keeps a name and its settings together. */
const PARAMS: { readonly [Name in FaultName]: { readonly params: z.ZodType<FaultParams<Name>> } } = FAULTS;

interface FaultRoute {
  readonly Params: { readonly name: string };
}

/** `/control/faults`: the list with what can be set, and a switch for each. */
export const registerFaultControl = (app: FastifyInstance, { faults }: Platform): void => {
  app.get('/control/faults', () => ({
    faults: faults.states().map((state) => ({ ...state, settings: z.toJSONSchema(FAULTS[state.name].params) })),
  }));

  app.put<FaultRoute>('/control/faults/:name', (request) => {
    const name = nameOf(request.params.name);
    return switchOn(name, request.body ?? {});
  });

  app.delete<FaultRoute>('/control/faults/:name', (request) => faults.switchOff(nameOf(request.params.name)));

  app.delete('/control/faults', () => {
    faults.switchAllOff();
    return { faults: faults.states() };
  });

  const switchOn = <Name extends FaultName>(name: Name, body: unknown): FaultState =>
    faults.switchOn(name, readBody(PARAMS[name].params, body));
};

const nameOf = (name: string): FaultName => {
  const found = FAULT_NAMES.find((one) => one === name);
  if (found !== undefined) return found;
  throw notFound(`there is no fault ${name}; the faults are: ${FAULT_NAMES.join(', ')}`);
};
