import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const TEXT = /^floorwatch_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** A key as its holder has it: `floorwatch_<id>_<secret>`, the secret of 256 bits. */
export interface KeyText {
  readonly id: string;
  readonly secret: string;
}

/** A new one. @returns its parts, and the text to be shown once */
export const makeKeyText = (): KeyText & { readonly text: string } => {
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { id, secret, text: `floorwatch_${id}_${secret}` };
};

/** Of an `Authorization` header; null where it holds no key of ours. */
export const readKeyText = (authorization: string | undefined): KeyText | null => {
  const [, scheme = '', text = ''] = /^(\S+) +(\S+) *$/.exec(authorization ?? '') ?? [];
  const [, id, secret] = TEXT.exec(text) ?? [];
  return scheme.toLowerCase() !== 'bearer' || id === undefined || secret === undefined ? null : { id, secret };
};

/** A secret of 256 random bits needs no slow hash: nobody guesses it. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');

/** In the same time whatever is wrong; `expected` is null where there is no such key. */
export const isSecretOf = (secret: string, expected: string | null): boolean => {
  const given = Buffer.from(hashOfSecret(secret), 'hex');
  const kept = expected === null ? Buffer.alloc(given.length) : Buffer.from(expected, 'hex');
  return kept.length === given.length && timingSafeEqual(given, kept) && expected !== null;
};
