import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import websocket from '@fastify/websocket';
import type { UpstreamHealth } from '@floorwatch/contracts';
import type { Clock, DivisionScope } from '@floorwatch/domain';
import type { Secret } from '@floorwatch/genesys';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { Automations } from './automation/automations.ts';
import type { AgentListRenderer } from './features/agents/agent-list.ts';
import type { AgentReader } from './features/agents/agent-reader.ts';
import { agentsRoutes } from './features/agents/agents.routes.ts';
import { apiKeysRoutes, type ApiKeysRoutesOptions } from './features/api-keys/api-keys.routes.ts';
import { auditRoutes, type AuditRoutesOptions } from './features/audit/audit.routes.ts';
import { automationRoutes } from './features/automation/automation.routes.ts';
import { docsRoutes } from './features/docs/docs.routes.ts';
import { exportRoutes } from './features/export/export.routes.ts';
import { feedRoutes, type FeedRoutesOptions } from './features/feed/feed.routes.ts';
import type { FloorHealthReporter } from './features/floor-health/floor-health.ts';
import { floorHealthRoutes } from './features/floor-health/floor-health.routes.ts';
import { availabilityRoutes } from './features/availability/availability.routes.ts';
import { sessionRoutes, type SignInServices } from './features/session/session.routes.ts';
import { healthRoutes } from './features/health/health.routes.ts';
import type { HistoryServices } from './features/history/history-services.ts';
import { historyRoutes } from './features/history/history.routes.ts';
import type { Metrics } from './features/metrics/metrics.ts';
import { metricsRoutes } from './features/metrics/metrics.routes.ts';
import {
  presenceChangeRoutes,
  type PresenceChangeRoutesOptions,
} from './features/presence-change/presence-change.routes.ts';
import type { OperationsReporter } from './features/operations/operations-report.ts';
import { operationsRoutes } from './features/operations/operations.routes.ts';
import { presenceDefinitionsRoutes } from './features/presence-definitions/presence-definitions.routes.ts';
import { webhooksRoutes, type WebhooksRoutesOptions } from './features/webhooks/webhooks.routes.ts';
import type { DirectoryNames } from './ingest/directory.ts';
import type { BoardHub } from './live/board-hub.ts';
import type { FrameEncoder } from './live/frame-encoder.ts';
import { liveRoutes } from './live/live.routes.ts';
import { meterRequests } from './observability/request-meter.ts';
import { accessPlugin, type AccessOptions } from './plugins/access.ts';
import { csrfPlugin } from './plugins/csrf.ts';
import { errorsPlugin } from './plugins/errors.ts';
import { addressLimitPlugin, sessionLimitPlugin } from './plugins/limits.ts';
import { ownPagesPlugin } from './plugins/own-pages.ts';
import { securityPlugin } from './plugins/security.ts';
import { staticApp } from './plugins/static-app.ts';

/** Largest frame a browser may send, bytes: its position is all it has to say. */
const MAX_CLIENT_FRAME_BYTES = 4096;

/**
 * How long a browser may take to agree to a close, ms. One that has vanished never does, and a restart must not wait
 * for it. The option is too new for the types of `ws`.
 */
const SOCKET_OPTIONS = { maxPayload: MAX_CLIENT_FRAME_BYTES, closeTimeout: 1000 };

/** Largest body of a request, bytes. */
const MAX_BODY_BYTES = 64 * 1024;

export interface AppDeps {
  readonly log: Logger;
  readonly clock: Clock;
  readonly release: string;
  readonly hub: BoardHub;
  readonly frames: FrameEncoder;
  readonly list: AgentListRenderer;
  readonly reader: AgentReader;
  readonly history: HistoryServices;
  readonly audit: AuditRoutesOptions;
  readonly apiKeys: ApiKeysRoutesOptions;
  readonly feed: FeedRoutesOptions;
  readonly webhooks: WebhooksRoutesOptions;
  /** Null where there is nowhere to keep changes: then none can be made. */
  readonly presenceChange: (PresenceChangeRoutesOptions & { start(): void; stop(): Promise<void> }) | null;
  /** Null where there is nowhere to keep what is set up: then nothing is done by itself. */
  readonly automations: Automations | null;
  readonly floorHealth: FloorHealthReporter;
  readonly metrics: Metrics;
  /** What a collector of metrics has to bring; null where only programs on this machine are answered. */
  readonly metricsToken: Secret | null;
  readonly operations: OperationsReporter;
  readonly names: () => DirectoryNames;
  readonly upstream: (seen: DivisionScope) => UpstreamHealth;
  readonly recordingState: () => 'up' | 'down' | 'off';
  readonly isBoardComplete: () => boolean;
  /** Who may come in, and from where. */
  readonly access: Access;
  /** Folder of the built web application; null serves the API alone. */
  readonly webRoot: string | null;
}

/** Who may come in, from where, and how they sign in. */
export interface Access extends AccessOptions {
  /** Where browsers reach this Floorwatch; null where it is only reached on this machine. */
  readonly publicUrl: URL | null;
  /** Addresses and networks of proxies that are believed; none where empty. */
  readonly trustedProxies: readonly string[];
  /** Null where nobody is asked to sign in. */
  readonly services: SignInServices | null;
}

const serverOf = ({ log, access }: AppDeps): FastifyInstance => {
  const loggerInstance: FastifyBaseLogger = log.child({ part: 'http' });
  return fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(), // the correlation id: in every log line and error body of the request
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    trustProxy: access.trustedProxies.length > 0 && [...access.trustedProxies],
  });
};

/** Builds the server from ready parts; it never listens by itself. Read top-down, this is its table of contents. */
export const buildApp = async (deps: AppDeps): Promise<FastifyInstance> => {
  const { hub, frames, clock, webRoot } = deps;
  let isDraining = false;
  const app = serverOf(deps);
  meterRequests(app, deps.metrics.registry);
  startAndStop(app, deps);
  app.addHook('preClose', (done) => {
    isDraining = true;
    hub.stop(); // before the server: it would cut the sockets without a word
    done();
  });
  await app.register(securityPlugin);
  await app.register(cookie);
  await app.register(websocket, { options: SOCKET_OPTIONS });
  await app.register(errorsPlugin, { servesPages: webRoot !== null });
  await app.register(async (api) => {
    api.setValidatorCompiler(validatorCompiler);
    api.setSerializerCompiler(serializerCompiler);
    const { publicUrl, services } = deps.access;
    await api.register(ownPagesPlugin, { publicUrl });
    if (services !== null) await api.register(addressLimitPlugin);
    await api.register(accessPlugin, deps.access);
    await api.register(docsRoutes, { release: deps.release }); // describes what is registered from here on
    if (services !== null) await api.register(sessionLimitPlugin);
    await api.register(csrfPlugin);
    await api.register(sessionRoutes, { services, permissionsOf: deps.access.permissionsOf });
    await api.register(liveRoutes, { hub, frames, clock });
    await api.register(agentsRoutes, { list: deps.list, reader: deps.reader, upstream: deps.upstream });
    await api.register(historyRoutes, { ...deps.history, reader: deps.reader });
    await api.register(availabilityRoutes, deps.history);
    await api.register(exportRoutes, { ...deps.history, auditing: deps.audit });
    await api.register(auditRoutes, deps.audit);
    await registerOutward(api, deps);
    await registerChanges(api, deps);
    await api.register(presenceDefinitionsRoutes, { names: deps.names });
    await api.register(floorHealthRoutes, { floorHealth: deps.floorHealth });
    await api.register(operationsRoutes, { operations: deps.operations });
    await api.register(healthRoutes, {
      release: deps.release,
      isDraining: () => isDraining,
      isBoardComplete: deps.isBoardComplete,
      upstream: () => deps.upstream('all'),
      recording: deps.recordingState,
    });
  });
  if (webRoot !== null) await app.register(staticApp, { root: webRoot });
  return app;
};

/** What other systems use, and how they are let in. */
const registerOutward = async (
  api: FastifyInstance,
  { apiKeys, feed, webhooks, metrics, metricsToken }: AppDeps,
): Promise<void> => {
  await api.register(apiKeysRoutes, apiKeys);
  await api.register(feedRoutes, feed);
  await api.register(webhooksRoutes, webhooks);
  await api.register(metricsRoutes, { metrics, token: metricsToken?.reveal() ?? null });
};

/** What changes presences: by somebody's hand, for longer, or by itself. */
const registerChanges = async (api: FastifyInstance, { presenceChange, automations }: AppDeps): Promise<void> => {
  if (presenceChange !== null) await api.register(presenceChangeRoutes, presenceChange);
  if (automations !== null) await api.register(automationRoutes, { automations });
};

/** What runs as long as the server does. */
const startAndStop = (app: FastifyInstance, { access, hub, presenceChange, automations }: AppDeps): void => {
  const sessions = access.services?.sessions ?? null;
  app.addHook('onReady', (done) => {
    hub.start();
    sessions?.start();
    presenceChange?.start();
    automations?.start();
    done();
  });
  app.addHook('onClose', async () => {
    await automations?.stop(); // what is under way still needs the way to the platform
    await presenceChange?.stop();
    await sessions?.stop();
  });
};
