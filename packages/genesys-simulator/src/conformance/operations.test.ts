import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ALL_OPERATIONS } from '../operations/all-operations.ts';
import type { Operation } from '../operations/operation.ts';
import { PERSONA_KEYS } from '../org/persona.ts';
import { PlatformCaller, type Answer } from '../platform-caller.fake.ts';
import { startSimulator, type RunningSimulator } from '../simulator.ts';
import { pathOf, sampleCalls, sampleIdsOf, type SampleCall, type SampleIds } from './calls.fake.ts';
import { HAS_PLATFORM_SCHEMAS, readSpecification } from './platform-schemas.fake.ts';

/** Calls that end what others need come last. */
const ENDINGS = [
  'deleteAnalyticsUsersDetailsJob',
  'deleteNotificationsChannelSubscriptions',
  'deleteTokensMe',
  'deleteToken',
];

describe.skipIf(!HAS_PLATFORM_SCHEMAS)('every operation of the simulator', () => {
  let simulator: RunningSimulator;
  let ids: SampleIds;
  let calls: Readonly<Record<string, SampleCall>>;
  const callers = new Map<string, PlatformCaller>();
  let callsMade = 0;

  beforeAll(async () => {
    simulator = await startSimulator({ agents: 120, speed: 0, requestsPerMinute: 10_000 });
    const service = await PlatformCaller.signIn(simulator);
    callers.set('service', service);
    for (const key of PERSONA_KEYS) callers.set(key, await PlatformCaller.signInAs(simulator, key));
    ids = sampleIdsOf(simulator, (await service.createChannel()).id);
    calls = sampleCalls(ids);
  });

  afterAll(async () => {
    process.stdout.write(`conformance: ${callsMade} of ${ALL_OPERATIONS.length} operations checked\n`);
    await simulator.close();
  });

  const call = async (operation: Operation): Promise<Answer> => {
    const sample = calls[operation.id] ?? {};
    const caller = callers.get(sample.as ?? 'service');
    if (caller === undefined) throw new Error(`nobody is signed in as ${sample.as ?? 'service'}`);
    return caller.send(operation.method, pathOf(operation.path, sample, ids), sample.body);
  };

  const specified = HAS_PLATFORM_SCHEMAS ? readSpecification() : () => undefined;
  const ordered = ALL_OPERATIONS.toSorted((a, b) => ENDINGS.indexOf(a.id) - ENDINGS.indexOf(b.id));

  it.each(ordered)('$id is called, permitted and answered as the platform specifies', async (operation) => {
    const specification = specified(operation.method, operation.path);
    expect(specification?.operationId).toBe(operation.id);
    expect(operation.permissions, 'permissions').toEqual(specification?.permissions);
    const { status, body } = await call(operation);
    expect(status, JSON.stringify(body)).toBe(operation.status ?? 200);
    expect(specification?.complaintsAbout(status, body)).toEqual([]);
    const job = z.object({ jobId: z.string() }).safeParse(body);
    if (job.success) ids = { ...ids, ...job.data };
    const audit = z.object({ id: z.string(), interval: z.string() }).safeParse(body);
    if (audit.success) ids = { ...ids, transactionId: audit.data.id };
    callsMade += 1;
  });
});
