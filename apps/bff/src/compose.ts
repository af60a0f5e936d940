import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ACCESSIBILITY } from '@floorwatch/domain';
import { accessOf } from './access.ts';
import { KeyCheck } from './api-keys/key-check.ts';
import { KeyOffice } from './api-keys/key-office.ts';
import { buildApp } from './app.ts';
import { AuditTrail } from './audit/audit-trail.ts';
import { HeadWitness } from './audit/head-witness.ts';
import { automationsOf, noting } from './automations-of.ts';
import { DEFAULT_RETENTION_DAYS, type Composition, type Floorwatch } from './composition.ts';
import { AgentListRenderer, type AgentListOptions } from './features/agents/agent-list.ts';
import { AgentReader } from './features/agents/agent-reader.ts';
import { AuditReader, type AuditReaderOptions } from './features/audit/audit-reader.ts';
import { createHistoryServices, type HistoryServicesOptions } from './features/history/history-services.ts';
import { Metrics } from './features/metrics/metrics.ts';
import { OperationsReporter } from './features/operations/operations-report.ts';
import { floorOf } from './floor-of.ts';
import type { BoardFeed } from './ingest/board-feed.ts';
import { knownFacts } from './observability/known-facts.ts';
import { meterWebhooks } from './observability/live-meters.ts';
import { feedRoutesOf, webhooksOf } from './outward-of.ts';
import { presenceChangeOf } from './presence-change-of.ts';
import { systemClock } from './system-clock.ts';

export type { Composition, Floorwatch } from './composition.ts';

const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url));

type HistoryParts = Pick<HistoryServicesOptions, 'board' | 'cloud' | 'clock' | 'names'>;

const historyOf = (composition: Composition, parts: HistoryParts) =>
  createHistoryServices({
    ...parts,
    log: composition.log.child({ part: 'history' }),
    store: composition.store ?? null,
    audit: composition.audit ?? null,
    retentionDays: composition.retentionDays ?? DEFAULT_RETENTION_DAYS,
    accessibility: composition.accessibility ?? ACCESSIBILITY,
    organisation: composition.organisation.name,
  });

type ListParts = Pick<AgentListOptions, 'board' | 'clock' | 'names'> & { readonly feed: BoardFeed };

const listOf = (organisation: Composition['organisation'], { feed, ...parts }: ListParts): AgentListRenderer =>
  new AgentListRenderer({ ...parts, organisation: () => ({ ...organisation, narrowedFrom: feed.narrowedFrom }) });

type AuditParts = Pick<AuditReaderOptions, 'board' | 'clock' | 'names'>;

const auditOf = ({ log, audit = null, organisation }: Composition, { board, clock, names }: AuditParts) => {
  const options = { audit, clock, log: log.child({ part: 'audit' }) };
  return {
    routes: {
      audit: new AuditReader({ audit, board, names, clock, organisation: organisation.name }),
      trail: new AuditTrail(options),
      board,
    },
    witness: audit === null ? null : new HeadWitness({ ...options, audit }),
  };
};

/** The composition root: the one place where the real parts meet. Nothing runs yet. */
export const compose = async (composition: Composition): Promise<Floorwatch> => {
  const { log, release, organisation, clock = systemClock } = composition;
  const { board, watch, cloud, recording, echoes, feed, ...floor } = floorOf(composition, clock);
  const { names, hub } = floor;
  const auditing = auditOf(composition, { board, clock, names });
  const { trail } = auditing.routes;
  const { apiKeys = null } = composition;
  const keys = new KeyCheck({ store: apiKeys, clock, log: log.child({ part: 'api-keys' }) });
  const webhooks = webhooksOf(composition, { board, clock, trail });
  meterWebhooks(watch.registry, () => webhooks?.status() ?? null);
  const sessionLog = log.child({ part: 'sessions' });
  const access = accessOf(composition.signIn ?? null, { cloud, clock, log: sessionLog, trail, keys });
  const presenceChange = presenceChangeOf(composition, { board, cloud, clock, names, trail, echoes, feed, access });
  const automations = automationsOf({
    store: composition.automation ?? null,
    retentionDays: composition.retentionDays ?? DEFAULT_RETENTION_DAYS,
    log: log.child({ part: 'automation' }),
    board,
    cloud,
    clock,
    names,
    trail,
    way: presenceChange?.changer ?? null,
    isBoardComplete: () => feed.isBoardComplete,
  });
  const app = await buildApp({
    log,
    clock,
    release,
    ...floor,
    metricsToken: composition.metricsToken ?? null,
    metrics: new Metrics({ registry: watch.registry, board, floorHealth: () => floor.floorHealth.report('all') }),
    operations: new OperationsReporter({
      watch,
      clock,
      release,
      browsers: () => ({ connected: hub.browsers, behind: hub.behind, dropped: hub.dropped }),
      budget: () => cloud.budget(),
    }),
    list: listOf(organisation, { board, clock, names, feed }),
    reader: new AgentReader({ board, clock, cloud, isLive: (id) => feed.isLive(id) }),
    history: historyOf(composition, { board, cloud, clock, names }),
    audit: auditing.routes,
    webhooks: { webhooks: webhooks?.service ?? null, board },
    presenceChange,
    automations,
    recordingState: () => recording?.storeState ?? 'off',
    access: noting(access, automations),
    feed: feedRoutesOf(composition, { board, clock, keys, isBoardComplete: () => feed.isBoardComplete }),
    apiKeys: { office: new KeyOffice({ store: apiKeys, trail, clock }), names, clock },
    isBoardComplete: () => feed.isBoardComplete,
    webRoot: existsSync(WEB_ROOT) ? WEB_ROOT : null,
  });
  app.addHook('onReady', async () =>
    watch.start(knownFacts({ board, cloud, clock, feed, hub, recording, webhooks }), () => hub.browsers),
  );
  app.addHook('onClose', async () => watch.stop());
  return { app, feed, board, recording, witness: auditing.witness, webhooks };
};
