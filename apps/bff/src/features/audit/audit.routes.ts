import { errorBody, exportAudit, listAudit, verifyAudit } from '@floorwatch/contracts';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { auditExports, type ExportAuditing } from '../export/audited-exports.ts';
import { sendFile } from '../export/send-file.ts';
import type { AuditReader } from './audit-reader.ts';

export interface AuditRoutesOptions extends ExportAuditing {
  readonly audit: AuditReader;
}

const errors = { '4xx': errorBody, '5xx': errorBody };
const config = { needs: 'see-audit' } as const;

export const auditRoutes: FastifyPluginCallbackZod<AuditRoutesOptions> = (app, { audit, ...auditing }, done) => {
  const { path, query: querystring, reply } = listAudit;
  app.get(path, { config, schema: { querystring, response: { 200: reply, ...errors } } }, ({ viewer, query }) =>
    audit.list(viewer, query),
  );

  app.get(verifyAudit.path, { config, schema: { response: { 200: verifyAudit.reply, ...errors } } }, () =>
    audit.verify(),
  );

  void app.register(auditFileRoutes, { audit, ...auditing });
  done();
};

/** Whoever takes the audit away stands in it, too. */
const auditFileRoutes: FastifyPluginCallbackZod<AuditRoutesOptions> = (app, { audit, ...auditing }, done) => {
  auditExports(app, auditing);
  const { path, query: querystring } = exportAudit;
  app.get(path, { config, schema: { querystring, response: errors } }, async ({ viewer, query }, reply) => {
    const { format, zone, ...asked } = query;
    return sendFile(reply, await audit.file(viewer, asked, zone), format);
  });
  done();
};
