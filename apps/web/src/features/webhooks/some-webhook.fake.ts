import { webhookFilter, type WebhookView } from '@floorwatch/contracts';

/** A webhook that tells of everything, and is well. */
export const WEBHOOK: WebhookView = {
  id: 'a',
  name: 'Payroll',
  url: 'https://payroll.example/hooks/secret-path',
  filter: webhookFilter.parse({}),
  withNames: false,
  version: 1,
  state: 'delivering',
  pausedBy: null,
  origin: 'people',
  createdAt: '2026-08-15T08:00:00.000Z',
  failingSince: null,
  lastError: null,
  lastSuccessAt: null,
  waiting: 0,
  waitingSince: null,
  dead: 0,
  previousSecretUntil: null,
  isSecretKnown: true,
};
