import type { ApiKey } from '@floorwatch/domain';

/** A key that opens the feed of transitions everywhere and never ends. */
export const SOME_API_KEY: ApiKey = {
  id: 'k',
  name: 'Payroll',
  scopes: ['feed:transitions'],
  divisions: 'all',
  createdBy: { id: 'ada', name: 'Ada' },
  createdAt: 0,
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
};
