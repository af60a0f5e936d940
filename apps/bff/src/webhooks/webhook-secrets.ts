import type { StoredWebhook } from '@floorwatch/store';
import type { TokenSeal } from '../sessions/token-seal.ts';

/** Keeps the secrets of webhooks such that whoever reads the database learns none. */
export class WebhookSecrets {
  readonly #seal: TokenSeal;

  constructor(seal: TokenSeal) {
    this.#seal = seal;
  }

  seal(secret: string, webhookId: string): string {
    return this.#seal.seal(secret, ownerOf(webhookId));
  }

  /** Null where it was sealed with another key: this Floorwatch has another SESSION_SECRET now. */
  open({ id, secret, previousSecret }: Pick<StoredWebhook, 'id' | 'secret' | 'previousSecret'>): {
    readonly current: string | null;
    readonly previous: string | null;
  } {
    const owner = ownerOf(id);
    return {
      current: this.#seal.open(secret, owner),
      previous: previousSecret === null ? null : this.#seal.open(previousSecret, owner),
    };
  }
}

const ownerOf = (webhookId: string): string => `webhook ${webhookId}`;
