import { agentId } from '@floorwatch/domain';
import { describe, expect, it } from 'vitest';
import { toStatusObservation } from './agent-status.ts';

const ANN = agentId('ann');
const MOMENT = { sentAt: 500, platformNow: 1000 };

describe('the agent status of the analytics service', () => {
  it('is read in its own spelling, with its instants', () => {
    const status = {
      systemPresence: 'ON_QUEUE',
      organizationPresenceId: 'd1',
      presenceDate: '1970-01-01T00:00:00.100Z',
      routingStatus: 'INTERACTING',
      routingStatusDate: '1970-01-01T00:00:00.200Z',
    };
    expect(toStatusObservation(ANN, status, MOMENT)).toEqual({
      agentId: ANN,
      kind: 'snapshot',
      observedAt: 500,
      platformNow: 1000,
      presence: { system: 'onQueue', definitionId: 'd1', message: null, since: { at: 100, exact: true } },
      routing: { state: 'interacting', since: { at: 200, exact: true } },
    });
  });

  it('counts open sessions by medium: work, after-call work, and what is neither', () => {
    const sessions = [
      { mediaType: 'voice', segmentType: 'hold' },
      { mediaType: 'email', segmentType: 'wrapup' },
      { mediaType: 'voice', segmentType: 'alert' },
      { mediaType: 'cobrowse', segmentType: 'interact' },
    ];
    expect(toStatusObservation(ANN, { sessions }, MOMENT).contacts).toMatchObject({
      call: { active: 1, afterCallWork: 0 },
      email: { active: 0, afterCallWork: 1 },
      chat: { active: 0, afterCallWork: 0 },
    });
  });

  it('says nothing where the service knows nothing', () => {
    const unknown = { systemPresence: 'UNKNOWN', routingStatus: 'UNKNOWN' };
    expect(Object.keys(toStatusObservation(ANN, unknown, MOMENT))).toEqual([
      'agentId',
      'kind',
      'observedAt',
      'platformNow',
    ]);
  });
});
