import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { clientToServer } from './client-to-server.ts';
import { PROTOCOL_VERSION } from './protocol-version.ts';
import { serverToClient } from './server-to-client.ts';

/** The wire as it was when its version was last raised. */
const KNOWN_WIRE = { version: 3, hash: 'bd42ca0342c0f561' };

/** The same for the same schema, in whatever order its keys were written. */
const stableText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(stableText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${stableText(part)}`).join(',')}}`;
};

it('nobody changes a message without raising PROTOCOL_VERSION', () => {
  const wire = [clientToServer, serverToClient].map((union) => z.toJSONSchema(union));
  const hash = createHash('sha256').update(stableText(wire)).digest('hex').slice(0, 16);
  expect(
    { version: PROTOCOL_VERSION, hash },
    'The live wire is not the one this version stands for. Raise PROTOCOL_VERSION in protocol-version.ts, then write the new version and hash into KNOWN_WIRE of this test.',
  ).toEqual(KNOWN_WIRE);
});
