import { z } from 'zod';
import { delta } from './delta.ts';
import { heartbeat } from './heartbeat.ts';
import { hello } from './hello.ts';
import { refused } from './refused.ts';

/** Everything the BFF may send on `/api/live`. */
export const serverToClient = z.discriminatedUnion('type', [hello, delta, heartbeat, refused]);

export type ServerToClient = z.infer<typeof serverToClient>;
