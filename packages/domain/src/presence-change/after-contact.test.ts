import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AgentState } from '../agent/agent.ts';
import type { Contacts } from '../agent/contacts.ts';
import { presenceDefinitionId } from '../agent/ids.ts';
import { SYSTEM_PRESENCES, type SystemPresence } from '../agent/presence.ts';
import { ROUTING_STATES, type RoutingState } from '../agent/routing-status.ts';
import { isOnContact, stepOfAwaited, type AwaitedEnd } from './after-contact.ts';

const ON_QUEUE = { system: 'onQueue', definitionId: presenceDefinitionId('onQueue'), message: null } as const;
const AWAITED: AwaitedEnd = { presence: ON_QUEUE, heldSince: 1000, waitsUntil: 9000 };

interface Seen {
  readonly routing?: RoutingState;
  readonly routedAt?: number;
  readonly system?: SystemPresence;
  readonly work?: 'contact' | 'afterCallWork';
}

const state = ({ routing = 'interacting', routedAt = 1000, system = 'onQueue', work }: Seen = {}): AgentState => {
  const since = { at: routedAt, exact: true };
  const contacts: Contacts = {
    active: work === 'afterCallWork' ? 0 : 1,
    afterCallWork: work === 'afterCallWork' ? 1 : 0,
    since,
  };
  const presence = { system, definitionId: presenceDefinitionId(system), message: null, since };
  return { presence, routing: { state: routing, since }, contacts, outOfOffice: false };
};

describe('a change that waits for the end of a contact', () => {
  it('waits through the contact and its after-call work', () => {
    expect(stepOfAwaited(AWAITED, state(), 2000)).toBe('wait');
    expect(stepOfAwaited(AWAITED, state({ work: 'afterCallWork' }), 2000)).toBe('wait');
  });

  it.each(['idle', 'offQueue', 'notResponding'] as const)('is made when routing says %s', (routing) => {
    expect(stepOfAwaited(AWAITED, state({ routing, routedAt: 2000 }), 2000)).toBe('go');
  });

  it('is made when another contact has begun already: whoever is busy would never get there', () => {
    expect(stepOfAwaited(AWAITED, state({ routedAt: 1001 }), 2000)).toBe('go');
  });

  it('is dropped when the agent has set another presence, or another note', () => {
    expect(stepOfAwaited(AWAITED, state({ system: 'break' }), 2000)).toEqual({ drop: 'agent-changed' });
    const awaited = { ...AWAITED, presence: { ...ON_QUEUE, message: 'until noon' } };
    expect(stepOfAwaited(awaited, state(), 2000)).toEqual({ drop: 'agent-changed' });
  });

  it('is dropped when the agent has gone offline, or from the board, or when it has waited too long', () => {
    expect(stepOfAwaited(AWAITED, state({ system: 'offline' }), 2000)).toEqual({ drop: 'agent-offline' });
    expect(stepOfAwaited(AWAITED, null, 2000)).toEqual({ drop: 'agent-gone' });
    expect(stepOfAwaited(AWAITED, state(), 8999)).toBe('wait');
    expect(stepOfAwaited(AWAITED, state(), 9000)).toEqual({ drop: 'too-long' });
  });

  it('waits for what has not been seen, as long as any other', () => {
    const unseen: AgentState = { presence: null, routing: null, contacts: null, outOfOffice: null };
    expect(stepOfAwaited(AWAITED, unseen, 2000)).toBe('wait');
    expect(stepOfAwaited(AWAITED, { ...state(), routing: null }, 2000)).toBe('wait');
    expect(stepOfAwaited(AWAITED, unseen, 9000)).toEqual({ drop: 'too-long' });
  });

  it('is never made over another presence, and never while that contact is in hand', () => {
    const seen = fc.record({
      routing: fc.constantFrom(...ROUTING_STATES),
      system: fc.constantFrom(...SYSTEM_PRESENCES),
      work: fc.constantFrom('contact' as const, 'afterCallWork' as const),
      routedAt: fc.integer({ min: 1000, max: 3000 }),
    });
    fc.assert(
      fc.property(seen, fc.integer({ min: 1000, max: 10_000 }), (parts, now) => {
        if (stepOfAwaited(AWAITED, state(parts), now) !== 'go') return;
        expect(parts.system).toBe('onQueue');
        expect(now).toBeLessThan(AWAITED.waitsUntil);
        expect(isOnContact(state(parts)) && parts.routedAt === AWAITED.heldSince).toBe(false);
      }),
    );
  });
});
