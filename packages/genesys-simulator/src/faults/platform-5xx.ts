import { PlatformError } from '../server/platform-error.ts';
import type { StartFault } from './fault.ts';

const UNAVAILABLE = {
  code: 'service.unavailable',
  message:
    'Service Unavailable - The server is currently unavailable (because it is overloaded or down for maintenance).',
};
const TIMEOUT = { code: 'request.timeout', message: 'The request timed out.' };
const INTERNAL = {
  code: 'internal.server.error',
  message: 'The server encountered an unexpected condition which prevented it from fulfilling the request.',
};

const WORDS: Readonly<Record<number, { readonly code: string; readonly message: string }>> = {
  503: UNAVAILABLE,
  504: TIMEOUT,
};

export const platform5xx: StartFault<'platform-5xx'> = ({ status, side, share }, { random, struck }) => ({
  refuseCall: (called) => {
    if ((side !== 'both' && side !== called) || !random.chance(share)) return null;
    struck();
    return new PlatformError({ status, ...(WORDS[status] ?? INTERNAL) });
  },
});
