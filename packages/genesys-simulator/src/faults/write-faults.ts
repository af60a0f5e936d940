import { PlatformError } from '../server/platform-error.ts';
import type { StartFault } from './fault.ts';

/** What changes an agent's presence or routing status (API §5.6, §6). */
const WRITES: ReadonlySet<string> = new Set([
  'patchUserPresencesPurecloud',
  'putUsersPresencesBulk',
  'putUserRoutingstatus',
]);

/** Late to be made, not only late to be answered: whoever gives up waiting may still see it happen. */
export const writesSlow: StartFault<'writes-slow'> = ({ delayMs, share }, { random, struck }) => ({
  delayCall: (operationId) => {
    if (!WRITES.has(operationId) || !random.chance(share)) return 0;
    struck();
    return delayMs;
  },
});

export const writesInConflict: StartFault<'writes-in-conflict'> = ({ share }, { random, struck }) => ({
  refuseOperation: (operationId) => {
    if (!WRITES.has(operationId) || !random.chance(share)) return null;
    struck();
    return new PlatformError({
      status: 409,
      code: 'presenceservice.conflict',
      message: 'A previous update request has not yet completed',
    });
  },
});

export const writesUnanswered: StartFault<'writes-unanswered'> = ({ share }, { random, struck }) => ({
  cutsAnswer: (operationId) => {
    if (!WRITES.has(operationId) || !random.chance(share)) return false;
    struck();
    return true;
  },
});
