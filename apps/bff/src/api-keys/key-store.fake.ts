import type { ApiKey, ApiKeyStore } from '@floorwatch/domain';

/** Keys in memory. */
export class FakeKeyStore implements ApiKeyStore {
  readonly #keys = new Map<string, { readonly key: ApiKey; readonly secretHash: string }>();

  add(key: ApiKey, secretHash: string): Promise<void> {
    this.#keys.set(key.id, { key, secretHash });
    return Promise.resolve();
  }

  find(id: string): Promise<{ readonly key: ApiKey; readonly secretHash: string } | null> {
    return Promise.resolve(this.#keys.get(id) ?? null);
  }

  list(): Promise<ApiKey[]> {
    return Promise.resolve([...this.#keys.values()].map(({ key }) => key).toReversed());
  }

  revoke(id: string, at: number): Promise<boolean> {
    return Promise.resolve(this.#change(id, { revokedAt: at }));
  }

  noteUsed(id: string, at: number): Promise<void> {
    this.#change(id, { lastUsedAt: at });
    return Promise.resolve();
  }

  #change(id: string, change: Partial<ApiKey>): boolean {
    const kept = this.#keys.get(id);
    if (kept === undefined) return false;
    this.#keys.set(id, { ...kept, key: { ...kept.key, ...change } });
    return true;
  }
}
