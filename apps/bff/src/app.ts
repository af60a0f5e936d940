import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import websocket from '@fastify/websocket';
import type { UpstreamHealth } from '@floorwatch/contracts';
import type { Clock, DivisionScope } from '@floorwatch/domain';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { AgentListRenderer } from './features/agents/agent-list.ts';
import type { AgentReader } from './features/agents/agent-reader.ts';
import { agentsRoutes } from './features/agents/agents.routes.ts';
import { auditRoutes, type AuditRoutesOptions } from './features/audit/audit.routes.ts';
import { exportRoutes } from './features/export/export.routes.ts';
import type { FloorHealthReporter } from './features/floor-health/floor-health.ts';
import { floorHealthRoutes } from './features/floor-health/floor-health.routes.ts';
import { availabilityRoutes } from './features/availability/availability.routes.ts';
import { sessionRoutes, type SignInServices } from './features/session/session.routes.ts';
import { healthRoutes } from './features/health/health.routes.ts';
import type { HistoryServices } from './features/history/history-services.ts';
import { historyRoutes } from './features/history/history.routes.ts';
import type { Metrics } from './features/metrics/metrics.ts';
import { metricsRoutes } from './features/metrics/metrics.routes.ts';
import { presenceDefinitionsRoutes } from './features/presence-definitions/presence-definitions.routes.ts';
import type { DirectoryNames } from './ingest/directory.ts';
import type { BoardHub } from './live/board-hub.ts';
import type { FrameEncoder } from './live/frame-encoder.ts';
import { liveRoutes } from './live/live.routes.ts';
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
  readonly floorHealth: FloorHealthReporter;
  readonly metrics: Metrics;
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

/** Builds the server from ready parts; it never listens by itself. Read top-down, this is its table of contents. */
export const buildApp = async (deps: AppDeps): Promise<FastifyInstance> => {
  const { hub, frames, clock, webRoot } = deps;
  let isDraining = false;
  const loggerInstance: FastifyBaseLogger = deps.log.child({ part: 'http' });
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(), // the correlation id: in every log line and error body of the request
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    trustProxy: deps.access.trustedProxies.length > 0 && [...deps.access.trustedProxies],
  });
  const sessions = deps.access.services?.sessions ?? null;
  app.addHook('onReady', (done) => {
    hub.start();
    sessions?.start();
    done();
  });
  app.addHook('onClose', async () => sessions?.stop());
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
    if (services !== null) await api.register(sessionLimitPlugin);
    await api.register(csrfPlugin);
    await api.register(sessionRoutes, { services, permissionsOf: deps.access.permissionsOf });
    await api.register(liveRoutes, { hub, frames, clock });
    await api.register(agentsRoutes, { list: deps.list, reader: deps.reader, upstream: deps.upstream });
    await api.register(historyRoutes, { ...deps.history, reader: deps.reader });
    await api.register(availabilityRoutes, deps.history);
    await api.register(exportRoutes, { ...deps.history, auditing: deps.audit });
    await api.register(auditRoutes, deps.audit);
    await api.register(presenceDefinitionsRoutes, { names: deps.names });
    await api.register(floorHealthRoutes, { floorHealth: deps.floorHealth });
    await api.register(metricsRoutes, { metrics: deps.metrics });
    await api.register(healthRoutes, {
      release: deps.release,
      isDraining: () => isDraining,
      isBoardComplete: deps.isBoardComplete,
      upstream: () => deps.upstream('all'),
      browsers: () => hub.browsers,
      recording: deps.recordingState,
    });
  });
  if (webRoot !== null) await app.register(staticApp, { root: webRoot });
  return app;
};
