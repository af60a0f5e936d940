import { getOperations } from '@floorwatch/contracts';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { scopeHere } from '../../plugins/access.ts';
import { ApiError } from '../../plugins/api-error.ts';
import type { OperationsReporter } from './operations-report.ts';

export interface OperationsRoutesOptions {
  readonly operations: OperationsReporter;
}

export const operationsRoutes: FastifyPluginCallbackZod<OperationsRoutesOptions> = (app, { operations }, done) => {
  app.get(
    getOperations.path,
    { config: { needs: 'see-floor' }, schema: { response: { 200: getOperations.reply } } },
    async (request) => {
      // What the machinery tells is of agents all over the organisation, and its reasons may name them.
      if (scopeHere(request, 'see-floor') !== 'all')
        throw new ApiError(
          403,
          'not-allowed',
          'This tells of the organisation as a whole: only those who may see all its divisions may look',
        );
      return operations.report();
    },
  );
  done();
};
