import { join } from 'node:path';
import { agentId, divisionId, type AuditRecord } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { Database } from '../engine/database.ts';
import { PgliteEngine } from '../engine/pglite-engine.ts';
import { PostgresEngine } from '../engine/postgres-engine.ts';
import { withSession, type Rows } from '../engine/session.ts';
import { keepLog, type Place } from '../testing/engines.fake.ts';
import { SqlAuditLog } from './sql-audit-log.ts';

export const aRecord = (parts: Partial<AuditRecord> = {}): AuditRecord => ({
  at: Date.UTC(2026, 7, 15, 9, 30),
  action: 'presence-change',
  outcome: 'requested',
  actor: { kind: 'person', id: 'user-1', name: 'Jane O’Neil' },
  target: { agentId: agentId('agent-1'), divisionId: divisionId('division-1') },
  before: { presence: 'available', message: null },
  after: { presence: 'break', message: 'back "soon"', isPrimary: true, ms: 1.5 },
  reason: 'break is due',
  correlationId: 'correlation-1',
  platformCorrelationId: 'platform-1',
  ...parts,
});

/** An audit beside its database: what its owner can do to it, with all rights. */
export interface OpenedAudit {
  readonly audit: SqlAuditLog;
  ask(text: string, parameters?: readonly unknown[]): Promise<Rows>;
  /** Past the trigger that refuses it. */
  tamper(text: string, parameters?: readonly unknown[]): Promise<Rows>;
  close(): Promise<void>;
}

export const openWritableAudit = async ({ databaseUrl, dataDir }: Place): Promise<OpenedAudit> => {
  const [clock, log] = [new FakeClock(), keepLog()];
  const engine =
    databaseUrl === null
      ? await PgliteEngine.open({
          directory: join(dataDir ?? '', 'database'),
          clock,
          log,
          register: () => Promise.resolve(),
        })
      : new PostgresEngine({ databaseUrl, log, applicationName: 'test' });
  const database = new Database({ engine, clock, log });
  await database.prepare();
  const ask = (text: string, parameters: readonly unknown[] = []): Promise<Rows> =>
    withSession(engine, (session) => session.query(text, parameters));
  return {
    audit: new SqlAuditLog(database),
    ask,
    tamper: async (text, parameters) => {
      await ask('alter table floorwatch.audit disable trigger audit_only_grows');
      try {
        return await ask(text, parameters);
      } finally {
        await ask('alter table floorwatch.audit enable always trigger audit_only_grows');
      }
    },
    close: () => database.close(),
  };
};
