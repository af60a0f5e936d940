import { z } from 'zod';
import { subscribe } from './subscribe.ts';

/** Everything a browser may send on `/api/live`. */
export const clientToServer = z.discriminatedUnion('type', [subscribe]);
