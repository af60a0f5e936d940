import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScenarioEngine } from '../floor/scenario-engine.ts';
import { buildOrganisation } from '../org/organisation.ts';
import { History } from './history.ts';
import type { Segment } from './segment.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-08-15T08:00:00.000Z');

const open = (seed: string, agents = 6) => {
  const organisation = buildOrganisation(seed, agents);
  const engine = new ScenarioEngine(organisation, START);
  return { organisation, engine, history: new History(engine, agents) };
};

const expectOneStory = (segments: readonly Segment<unknown>[]): void => {
  const broken = segments.filter(
    ({ startsAt, endsAt }, index) =>
      endsAt !== (segments[index + 1]?.startsAt ?? null) || (endsAt !== null && endsAt <= startsAt),
  );
  expect(broken, 'each ends where the next begins, later than it began').toEqual([]);
};

describe('the history of an agent', () => {
  it('is one story without gaps or overlaps, from 31 days ago to what is true now', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.integer({ min: 0, max: 5 * HOUR }), (seed, elapsed) => {
        const { organisation, engine, history } = open(seed);
        engine.advanceTo(START + elapsed);
        const interval = { from: START - 31 * DAY, to: START + elapsed + 1 };
        for (const profile of organisation.agents) {
          const { presence, routingStatus } = engine.stateOf(profile.id);
          const presences = history.presenceSegments(profile, interval);
          const statuses = history.routingSegments(profile, interval);
          expectOneStory(presences);
          expectOneStory(statuses);
          expect(presences[0]?.startsAt).toBeLessThanOrEqual(interval.from);
          expect(statuses[0]?.startsAt).toBeLessThanOrEqual(interval.from);
          expect(presences.at(-1)).toEqual({
            startsAt: presence.modifiedAt,
            endsAt: null,
            value: { definitionId: presence.definitionId, systemPresence: presence.systemPresence },
          });
          expect(statuses.at(-1)).toEqual({
            startsAt: routingStatus.startAt,
            endsAt: null,
            value: routingStatus.status,
          });
        }
      }),
      { numRuns: 8 },
    );
  });

  it('is the same whichever part of it is asked for', () => {
    const { organisation, history } = open('parts');
    const [profile] = organisation.agents.filter(({ isOffPhones }) => !isOffPhones);
    if (profile === undefined) throw new Error('somebody is on the phones');
    const whole = history.routingSegments(profile, { from: START - 31 * DAY, to: START });
    for (let day = 31; day > 0; day -= 1) {
      const interval = { from: START - day * DAY, to: START - (day - 1) * DAY };
      const touched = whole.filter(
        ({ startsAt, endsAt }) => startsAt < interval.to && (endsAt ?? Infinity) > interval.from,
      );
      const part = history.routingSegments(profile, interval);
      expect(part.map(({ startsAt, value }) => ({ startsAt, value }))).toEqual(
        touched.map(({ startsAt, value }) => ({ startsAt, value })),
      );
    }
    expect(whole.length).toBeGreaterThan(31 * 50);
  });

  it('has an agent ready, at work or not responding only while on queue, but for what is being finished', () => {
    const { organisation, history } = open('rules', 30);
    const interval = { from: START - 3 * DAY, to: START };
    for (const profile of organisation.agents) {
      const presences = history.presenceSegments(profile, interval);
      const presenceAt = (instant: number) =>
        presences.findLast(({ startsAt }) => startsAt <= instant)?.value.systemPresence;
      const stray = history
        .routingSegments(profile, interval)
        .slice(1)
        .filter(({ startsAt, value }) => value !== 'OFF_QUEUE' && presenceAt(startsAt) !== 'On Queue');
      expect(stray).toEqual([]);
    }
  });
});
