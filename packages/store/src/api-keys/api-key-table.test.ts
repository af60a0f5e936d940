import { divisionId, type ApiKey } from '@floorwatch/domain';
import { expect, it } from 'vitest';
import { onBothEngines, SET_UP_MS } from '../testing/engines.fake.ts';

const KEY: ApiKey = {
  id: '0123456789abcdef',
  name: 'Payroll „Süd“',
  scopes: ['feed:transitions', 'feed:windows'],
  divisions: new Set([divisionId('sales'), divisionId('support')]),
  createdBy: { id: 'user-1', name: 'Ada' },
  createdAt: 1000,
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
};

onBothEngines('API keys', (bench) => {
  it(
    'are kept whole, used, and revoked once; the newest first',
    async () => {
      const { apiKeys } = await bench.open();
      const everywhere: ApiKey = { ...KEY, id: 'f'.repeat(16), divisions: 'all', expiresAt: 5000, createdAt: 2000 };
      await apiKeys.add(KEY, 'hash');
      await apiKeys.add(everywhere, 'other');
      expect(await apiKeys.find(KEY.id)).toEqual({ key: KEY, secretHash: 'hash' });
      expect(await apiKeys.list()).toEqual([everywhere, KEY]);
      await apiKeys.noteUsed(KEY.id, 3000);
      await apiKeys.noteUsed(KEY.id, 2500);
      expect(await apiKeys.revoke(KEY.id, 4000)).toBe(true);
      expect(await apiKeys.revoke(KEY.id, 4500)).toBe(false);
      expect((await apiKeys.find(KEY.id))?.key).toEqual({ ...KEY, lastUsedAt: 3000, revokedAt: 4000 });
      expect(await apiKeys.find('nobody')).toBeNull();
      expect(await apiKeys.revoke('nobody', 1)).toBe(false);
    },
    SET_UP_MS,
  );
});
