import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixture } from '../fixtures.fake.ts';
import { keepLog } from '../genesys-log.fake.ts';
import { Oddities } from '../oddities.ts';
import { decodeFrame } from './decode-frame.ts';

const AGENT = '1f0c8c5e-5a3b-4c0e-8a7f-2b9d6e4f1a01';
const NOW = Date.parse('2026-08-15T12:00:00.000Z');

const decode = (frame: unknown) => {
  const log = keepLog();
  const oddities = new Oddities(log);
  const learned: number[] = [];
  const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
  const decoded = decodeFrame(text, {
    receivedAt: NOW,
    learnInstant: (instant) => learned.push(instant),
    platformNow: () => NOW + 1000,
    oddities,
  });
  return { decoded, learned, oddities: oddities.counts(), log };
};

const observationOf = (frame: unknown) => {
  const { decoded } = decode(frame);
  return decoded.kind === 'observation' ? decoded.observation : null;
};

const base = { agentId: AGENT, kind: 'event', observedAt: NOW, platformNow: NOW + 1000 };
const at = (text: string) => ({ at: Date.parse(text), exact: true });

test('an activity event tells presence, routing status, out-of-office and joined queues', () => {
  expect(observationOf(fixture('activity-event'))).toEqual({
    ...base,
    presence: {
      system: 'available',
      definitionId: '6a3af858-942f-489d-9700-5f9bcdcdae9b',
      message: null,
      since: at('2026-08-15T09:03:17.047Z'),
    },
    routing: { state: 'offQueue', since: at('2026-08-15T09:03:17.067Z') },
    outOfOffice: { active: false, modifiedAt: Date.parse('2026-04-02T01:42:52.505Z') },
    queues: { ids: ['0a4d7a10-11c2-4a52-9a53-6f1d0f3c7e22'], modifiedAt: Date.parse('2026-03-25T04:15:44.913Z') },
  });
});

test('the instants of an event teach the platform clock', () => {
  const instants = [Date.parse('2026-08-15T09:03:17.047Z'), Date.parse('2026-08-15T09:03:17.067Z')];
  expect(decode(fixture('activity-event')).learned).toEqual(instants);
});

test('a part that an activity event does not carry is unchanged', () => {
  const eventBody = { routingStatus: { status: 'IDLE', startTime: '2026-08-15T09:00:00.000Z' }, presence: null };
  expect(observationOf({ topicName: `v2.users.${AGENT}.activity`, eventBody })).toEqual({
    ...base,
    routing: { state: 'idle', since: at('2026-08-15T09:00:00.000Z') },
  });
});

test('a presence event takes the agent from its topic', () => {
  expect(observationOf(fixture('presence-event'))).toEqual({
    ...base,
    presence: {
      system: 'break',
      definitionId: '227b37e2-f1d0-4dd0-8f50-badd7cf6d158',
      message: 'back 10:30',
      since: at('2026-08-15T10:15:00.250Z'),
    },
  });
});

test('a presence from a source that is not the primary one is passed over', () => {
  const topicName = `v2.users.${AGENT}.presence`;
  const presenceDefinition = { systemPresence: 'BUSY' };
  expect(observationOf({ topicName, eventBody: { presenceDefinition, primary: false } })).toBeNull();
  expect(observationOf({ topicName, eventBody: { presenceDefinition, source: 'MICROSOFTTEAMS' } })).toBeNull();
  expect(observationOf({ topicName, eventBody: { presenceDefinition } })?.presence?.system).toBe('busy');
});

test('a routing status event, and an out-of-office event', () => {
  expect(observationOf(fixture('routing-status-event'))).toEqual({
    ...base,
    routing: { state: 'notResponding', since: at('2026-08-15T10:20:04.000Z') },
  });
  expect(observationOf(fixture('out-of-office-event'))).toEqual({
    ...base,
    outOfOffice: { active: true, modifiedAt: null },
  });
});

test('a conversation summary counts contact-centre work only, and only of the media it names', () => {
  expect(observationOf(fixture('conversation-summary-event'))).toEqual({
    ...base,
    contacts: { call: { active: 0, afterCallWork: 1 }, message: { active: 2, afterCallWork: 0 } },
  });
});

test('one strange part of an event is left out and counted, the others are taken', () => {
  const eventBody = {
    routingStatus: { status: 'DREAMING' },
    presence: { presenceDefinition: { systemPresence: 'Meal' } },
  };
  const { decoded, oddities } = decode({ topicName: `v2.users.${AGENT}.activity`, eventBody });
  expect(decoded).toMatchObject({ kind: 'observation', observation: { presence: { system: 'meal' } } });
  expect(oddities).toEqual({ 'v2.users.{id}.activity: routingStatus': 1 });
});

test('heartbeats and pongs are signs of life and nothing strange', () => {
  const { decoded, oddities } = decode({
    topicName: 'channel.metadata',
    eventBody: { message: 'WebSocket Heartbeat' },
  });
  expect(decoded).toEqual({ kind: 'sign-of-life' });
  expect(oddities).toEqual({});
});

test('system messages announce the end of a socket or of the channel', () => {
  const system = (topic: string, reason?: string) => decode({ topicName: `v2.system.${topic}`, eventBody: { reason } });
  expect(system('socket_closing').decoded).toEqual({ kind: 'socket-closing' });
  expect(system('no_longer_subscribed.streaming-1-x', 'another_channel_subscribed').decoded).toMatchObject({
    kind: 'channel-lost',
    reason: expect.stringContaining('another_channel_subscribed') as string,
  });
  expect(system('token_revoked.streaming-1-x').decoded).toMatchObject({ kind: 'channel-lost' });
});

test('an unknown topic is counted and logged without its ids', () => {
  const { decoded, oddities, log } = decode({ topicName: `v2.users.${AGENT}.horoscope`, eventBody: {} });
  expect(decoded).toEqual({ kind: 'sign-of-life' });
  expect(oddities).toEqual({ 'topic: v2.users.{id}.horoscope': 1 });
  expect(log.lines.join()).not.toContain(AGENT);
});

test.each(['', '{', '[]', 'null', '"x"', '{"eventBody":{}}'])('a malformed frame (%j) is counted', (text) => {
  const { decoded, oddities } = decode(text);
  expect(decoded).toEqual({ kind: 'sign-of-life' });
  expect(oddities).toEqual({ 'frame: malformed': 1 });
});

test('no frame whatsoever makes the decoder throw', () => {
  const suffix = fc.constantFrom(
    'activity',
    'presence',
    'routingStatus',
    'conversationsummary',
    'outofoffice',
    'other',
  );
  fc.assert(
    fc.property(suffix, fc.jsonValue(), (name, eventBody) => {
      decode({ topicName: `v2.users.${AGENT}.${name}`, eventBody });
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => void decode(text)));
});
