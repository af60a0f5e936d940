import { createGenesysCloud, Secret } from '@floorwatch/genesys';
import { pino } from 'pino';
import { accessOf } from '../access.ts';
import { KeyCheck } from '../api-keys/key-check.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import type { Sessions } from './sessions.ts';
import type { SignedInFloor } from './signed-in-floor.fake.ts';

/** The sessions as a Floorwatch has them that has only just started, beside the one that browsers talk to. */
export const sessionsAfterRestart = ({ simulator, clock, audit, signIn }: SignedInFloor): Sessions => {
  const log = pino({ level: 'silent' });
  const cloud = createGenesysCloud({
    loginUrl: simulator.url,
    apiUrl: simulator.url,
    clientId: simulator.clientId,
    clientSecret: new Secret(simulator.clientSecret),
    clock,
    log,
  });
  const trail = new AuditTrail({ audit, clock, log });
  const keys = new KeyCheck({ store: null, clock, log });
  const { services } = accessOf(signIn, { cloud, clock, log, trail, keys });
  if (services === null) throw new Error('nobody signs in here');
  return services.sessions;
};
