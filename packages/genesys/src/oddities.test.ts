import { expect, test } from 'vitest';
import { keepLog } from './genesys-log.fake.ts';
import { Oddities } from './oddities.ts';

test('each kind is counted every time and logged once', () => {
  const log = keepLog();
  const oddities = new Oddities(log);
  for (let index = 0; index < 5; index += 1) oddities.note('users: routingStatus');
  expect(oddities.counts()).toEqual({ 'users: routingStatus': 5 });
  expect(log.lines).toHaveLength(1);
});

test('a platform that invents new kinds for ever fills neither the memory nor the log', () => {
  const log = keepLog();
  const oddities = new Oddities(log);
  for (let index = 0; index < 5000; index += 1) oddities.note(`topic: ${index}`);
  expect(Object.keys(oddities.counts()).length).toBeLessThanOrEqual(201);
  expect(oddities.counts()['others']).toBe(4800);
  expect(log.lines.length).toBeLessThanOrEqual(201);
});
