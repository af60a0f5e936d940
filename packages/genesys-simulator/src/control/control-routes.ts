import type { FastifyInstance } from 'fastify';
import { readBody } from '../operations/operation.ts';
import { notFound } from '../server/platform-error.ts';
import type { Platform } from '../server/platform.ts';
import { Query } from '../server/query.ts';
import { applyAgentChange } from './agent-change.ts';
import {
  agentChange,
  clockChange,
  clockStep,
  limitChange,
  rateChange,
  rawFrame,
  restart,
  type SimulatorState,
} from './control-contract.ts';
import { registerFaultControl } from './fault-routes.ts';
import { toAgentTruth, toEntryWire } from './journal-wire.ts';
import { sendRawFrame } from './raw-frame.ts';

const MAX_JOURNAL_PAGE = 5000;
const MAX_TRUTH_PAGE = 5000;

/** `/control`: what tests and operators do to the simulated platform. Never part of the platform itself. */
export const registerControl = (app: FastifyInstance, platform: Platform): void => {
  registerReads(app, platform);
  registerFloorChanges(app, platform);
  registerWireChanges(app, platform);
  registerFaultControl(app, platform);
};

const registerReads = (app: FastifyInstance, platform: Platform): void => {
  app.get('/control/state', () => describe(platform));

  app.get('/control/secrets', () => ({ secrets: platform.secrets.all() }));

  app.get('/control/journal', (request) => {
    const { pump, engine } = platform.world;
    pump.pump();
    const query = queryOf(request.url);
    const after = query.whole('after', { fallback: 0, min: 0, max: Number.MAX_SAFE_INTEGER });
    const limit = query.whole('limit', { fallback: 1000, min: 1, max: MAX_JOURNAL_PAGE });
    const { firstSeq, lastSeq } = engine.journal;
    return { firstSeq, lastSeq, entries: engine.journal.after(after, limit).map(toEntryWire) };
  });

  app.get('/control/truth', (request) => {
    const { pump, engine, organisation, virtualClock } = platform.world;
    pump.pump();
    const query = queryOf(request.url);
    const after = query.whole('after', { fallback: 0, min: 0, max: organisation.agents.length });
    const limit = query.whole('limit', { fallback: MAX_TRUTH_PAGE, min: 1, max: MAX_TRUTH_PAGE });
    const agents = organisation.agents.slice(after, after + limit);
    return {
      at: new Date(virtualClock.now()).toISOString(),
      seq: engine.journal.lastSeq,
      agents: agents.map(({ id }) => toAgentTruth(id, engine.stateOf(id))),
      nextAfter: after + limit < organisation.agents.length ? after + limit : null,
    };
  });
};

const queryOf = (url: string): Query => new Query(new URL(url, 'http://control').searchParams);

const registerFloorChanges = (app: FastifyInstance, platform: Platform): void => {
  app.post('/control/clock', (request) => {
    const { speed } = readBody(clockChange, request.body);
    platform.world.pump.pump();
    platform.world.virtualClock.setSpeed(speed);
    return describe(platform);
  });

  app.post('/control/clock/advance', async (request) => {
    platform.world.pump.advance(readBody(clockStep, request.body).ms);
    await platform.channels.settle();
    return describe(platform);
  });

  app.post('/control/rate', (request) => {
    platform.world.pump.setRate(readBody(rateChange, request.body).eventsPerSecond);
    return describe(platform);
  });

  app.post('/control/restart', (request) => {
    const { seed, agents, startsAt } = readBody(restart, request.body);
    const { organisation } = platform.world;
    platform.restart({
      seed: seed ?? organisation.seed,
      agents: agents ?? organisation.agents.length,
      startsAt: startsAt === undefined ? null : Date.parse(startsAt),
    });
    return describe(platform);
  });

  app.post('/control/events', (request) => {
    const change = readBody(agentChange, request.body);
    const { engine, pump } = platform.world;
    pump.pump();
    if (!engine.has(change.userId)) throw notFound(`userId ${change.userId} is not an agent of this organisation`);
    const { lastSeq } = engine.journal;
    applyAgentChange(platform.world, change);
    return { entries: engine.journal.after(lastSeq, MAX_JOURNAL_PAGE).map(toEntryWire) };
  });
};

const registerWireChanges = (app: FastifyInstance, platform: Platform): void => {
  app.post('/control/frames', (request) => ({ sockets: sendRawFrame(platform, readBody(rawFrame, request.body)) }));

  app.post('/control/limits', (request) => {
    platform.requestsPerMinute = readBody(limitChange, request.body).requestsPerMinute;
    return describe(platform);
  });
};

const describe = (platform: Platform): SimulatorState => {
  const { world, channels } = platform;
  const { organisation, engine, virtualClock, pump } = world;
  return {
    organisation: { id: organisation.id, name: organisation.name },
    seed: organisation.seed,
    agents: organisation.agents.length,
    speed: virtualClock.speed,
    virtualNow: new Date(virtualClock.now()).toISOString(),
    eventsPerSecond: pump.perSecond,
    transitions: engine.transitions,
    journal: { firstSeq: engine.journal.firstSeq, lastSeq: engine.journal.lastSeq },
    tokens: platform.tokens.count,
    requestsPerMinute: platform.requestsPerMinute,
    channels: channels.all().map((channel) => ({
      id: channel.id,
      topics: channel.topics.size,
      isConnected: channel.socket !== null,
      expires: platform.expiresOf(channel),
    })),
    calls: Object.fromEntries(platform.calls),
    faults: platform.faults.states().flatMap(({ name, isOn }) => (isOn ? [name] : [])),
  };
};
