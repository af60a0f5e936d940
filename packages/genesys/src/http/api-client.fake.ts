import { FakeClock } from '@floorwatch/domain/testing';
import { keepLog } from '../genesys-log.fake.ts';
import { PlatformClock } from '../platform-clock.ts';
import { Secret } from '../secret.ts';
import { ApiClient } from './api-client.ts';
import { Bulkheads } from './bulkheads.ts';
import { createExchange } from './exchange.ts';
import { PlatformBreaker } from './platform-breaker.ts';
import { MAX_IN_FLIGHT } from './priority.ts';
import { RateBudget } from './rate-budget.ts';
import { RequestGate } from './request-gate.ts';
import { TokenEndpoint } from './token-endpoint.ts';
import { serviceTokens } from './token-source.ts';

export const CLIENT_SECRET = 'sesame-do-not-print';

/** The whole HTTP side, as `createGenesysCloud` puts it together, on a clock that the test moves. */
export const makeApiClient = (url: string, { random = (): number => 0.5 } = {}) => {
  const clock = new FakeClock();
  const log = keepLog();
  const platformClock = new PlatformClock(clock);
  const exchange = createExchange(clock);
  const budget = new RateBudget(clock);
  const gate = new RequestGate({ clock, budget, maxInFlight: MAX_IN_FLIGHT });
  const bulkheads = new Bulkheads();
  const breaker = new PlatformBreaker({ clock, log });
  const clientSecret = new Secret(CLIENT_SECRET);
  const client = { clientId: 'wallboard', clientSecret };
  const endpoint = new TokenEndpoint({ loginUrl: url, client, settings: 'GENESYS_CLOUD', exchange });
  const tokens = serviceTokens({ endpoint, clock, log });
  const api = new ApiClient({
    apiUrl: url,
    clock,
    platformClock,
    exchange,
    tokens,
    gate,
    bulkheads,
    breaker,
    budget,
    log,
    random,
    watch: { retried: () => undefined },
  });
  return { api, clock, log, platformClock, budget, gate, bulkheads, breaker, tokens };
};
