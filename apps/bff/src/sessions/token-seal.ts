import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What the one key of this Floorwatch is used for; each use has a key of its own, made from it. */
export class TokenSeal {
  readonly #sealKey: Buffer;
  readonly #csrfKey: Buffer;

  /** @param key at least 32 characters that nobody else knows */
  constructor(key: string) {
    this.#sealKey = createHmac('sha256', key).update('floorwatch seal').digest();
    this.#csrfKey = createHmac('sha256', key).update('floorwatch csrf').digest();
  }

  /** Encrypts; `owner` is bound to it, so that a row's text is of no use in another row. */
  seal(text: string, owner: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#sealKey, nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Null where it was sealed with another key, for another owner, or was altered. */
  open(sealed: string, owner: string): string | null {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
    try {
      const decipher = createDecipheriv(ALGORITHM, this.#sealKey, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(owner))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return null;
    }
  }

  /** What a page of the session sends back with each write: it follows from the session, and nobody else can make it. */
  csrfTokenOf(idHash: string): string {
    return createHmac('sha256', this.#csrfKey).update(idHash).digest('base64url');
  }
}

/** An opaque name that cannot be guessed: 256 bits. */
export const randomName = (): string => randomBytes(32).toString('base64url');

/** What is kept of such a name. It has no pattern to guess by, so a plain hash is as good as a slow one. */
export const hashOf = (name: string): string => createHash('sha256').update(name).digest('hex');
