import type { AccessibilityMapping, AgentId, AgentProfile, Clock } from '@floorwatch/domain';
import type { Store } from '@floorwatch/store';
import type { Logger } from 'pino';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { TokenSeal } from '../sessions/token-seal.ts';
import { AllowedTargets } from './allowed-targets.ts';
import { keepEndpoint, type EnvironmentEndpoint } from './endpoint-of-environment.ts';
import type { WebhookParts } from './running-webhook.ts';
import { SharedStream } from './shared-stream.ts';
import { TargetGuard } from './target-guard.ts';
import { WebhookCaller } from './webhook-caller.ts';
import { WebhookDeeds } from './webhook-deeds.ts';
import { WebhookDispatcher } from './webhook-dispatcher.ts';
import { WEBHOOK_LIMITS, type WebhookLimits } from './webhook-limits.ts';
import { WebhookSecrets } from './webhook-secrets.ts';
import { WebhookService } from './webhook-service.ts';
import { WebhookTally, type WebhookStatus } from './webhook-tally.ts';

const RETRY_MS = 2000;

/** Whom to tell, and what with. */
export interface WebhookSettings {
  readonly store: Pick<Store, 'webhooks' | 'deliveries' | 'stream' | 'jobs'>;
  /** What secrets are sealed with. */
  readonly key: string;
  /** Hosts, addresses and networks that may be called though they are not public. */
  readonly allowedHosts: readonly string[];
  /** A webhook to have from the start; null for none. */
  readonly endpoint: EnvironmentEndpoint | null;
  /** `WEBHOOK_LIMITS` where left out. */
  readonly limits?: Partial<WebhookLimits>;
}

interface WebhookDeps {
  readonly clock: Clock;
  readonly log: Logger;
  readonly release: string;
  readonly trail: AuditTrail;
  readonly accessibility: AccessibilityMapping;
  readonly profileOf: (agentId: AgentId) => AgentProfile | null;
}

export interface Webhooks {
  readonly service: WebhookService;
  status(): WebhookStatus;
  start(): void;
  stop(): Promise<void>;
}

/** Puts the parts together. Nothing runs yet. */
export const composeWebhooks = (
  { store, key, allowedHosts, endpoint, limits: given }: WebhookSettings,
  { clock, log, release, trail, accessibility, profileOf }: WebhookDeps,
): Webhooks => {
  const limits = { ...WEBHOOK_LIMITS, ...given };
  const { webhooks, deliveries, jobs } = store;
  const guard = new TargetGuard(new AllowedTargets(allowedHosts));
  const secrets = new WebhookSecrets(new TokenSeal(key));
  const deeds = new WebhookDeeds(trail);
  const tally = new WebhookTally();
  const parts: WebhookParts = {
    webhooks,
    deliveries,
    stream: store.stream,
    pages: new SharedStream(store.stream, clock),
    caller: new WebhookCaller({ guard, clock, release, tally, answerWithinMs: limits.answerWithinMs }),
    profileOf,
    accessibility,
    limits,
    tally,
    clock,
    log,
  };
  const dispatcher = new WebhookDispatcher({ ...parts, jobs, secrets });
  const stopping = new AbortController();
  let starting: Promise<void> = Promise.resolve();
  return {
    service: new WebhookService({ parts, dispatcher, secrets, guard, deeds }),
    status: () => dispatcher.status(),
    start: () => {
      starting = untilKept(endpoint, { parts, secrets, deeds, signal: stopping.signal }).then(() => {
        dispatcher.start();
      });
    },
    stop: async () => {
      stopping.abort();
      await starting;
      await dispatcher.stop();
    },
  };
};

interface KeepParts {
  readonly parts: WebhookParts;
  readonly secrets: WebhookSecrets;
  readonly deeds: WebhookDeeds;
  readonly signal: AbortSignal;
}

/** The store may be away when Floorwatch starts. */
const untilKept = async (endpoint: EnvironmentEndpoint | null, { signal, ...how }: KeepParts): Promise<void> => {
  const { clock, log } = how.parts;
  while (endpoint !== null && !signal.aborted)
    try {
      await keepEndpoint(endpoint, how);
      return;
    } catch (error) {
      log.warn({ event: 'webhooks-waiting', reason: String(error) }, 'WEBHOOK_ENDPOINT waits for the store');
      await clock.sleep(RETRY_MS, signal).catch(() => undefined);
    }
};
