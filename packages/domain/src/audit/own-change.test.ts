import { expect, test } from 'vitest';
import { agentId } from '../agent/ids.ts';
import type { AuditActor, AuditEntry } from './audit-entry.ts';
import { ownChangeOf } from './own-change.ts';

const ANN = agentId('ann');

const entry = (parts: Partial<AuditEntry> = {}): AuditEntry => ({
  at: 5000,
  action: 'presence-change',
  outcome: 'confirmed',
  actor: { kind: 'person', id: 'sue', name: 'Sue' },
  target: { agentId: ANN, divisionId: null },
  before: null,
  after: { presence: 'Break', since: 4321 },
  reason: null,
  correlationId: 'c',
  platformCorrelationId: null,
  seq: 1,
  previousHash: '0',
  hash: '1',
  ...parts,
});

test.each<[string, AuditActor, string]>([
  ['another person', { kind: 'person', id: 'sue', name: 'Sue' }, 'supervisor'],
  ['the agent', { kind: 'person', id: 'ann', name: 'Ann' }, 'agent'],
  ['a rule', { kind: 'automation', id: 'r1', name: 'Lunch' }, 'automation'],
  ['Floorwatch', { kind: 'system', id: null, name: null }, 'system'],
  ['nobody who is known', { kind: 'anonymous', id: null, name: null }, 'unknown'],
])('a confirmed change of %s says who set the presence that began then', (_, actor, kind) => {
  expect(ownChangeOf(entry({ actor }))).toEqual({
    agentId: 'ann',
    at: 4321,
    setBy: { kind, id: actor.id, name: actor.name },
  });
});

test.each<[string, Partial<AuditEntry>]>([
  ['that nothing has shown', { outcome: 'accepted' }],
  ['of something else', { action: 'export' }],
  ['about nobody', { target: null }],
  ['that does not say since when', { after: { presence: 'Break' } }],
])('an entry %s says nothing', (_, parts) => {
  expect(ownChangeOf(entry(parts))).toBeNull();
});
