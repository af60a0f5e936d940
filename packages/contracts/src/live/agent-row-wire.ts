import { z } from 'zod';
import { FLAG_KINDS, ROUTING_STATES, SYSTEM_PRESENCES } from '@floorwatch/domain';

/** Bits of one field: the instants that are only a lower bound, the out-of-office flag, and who set the presence. */
export const ROW_FLAG = {
  presenceSinceInexact: 1,
  routingSinceInexact: 2,
  contactsSinceInexact: 4,
  outOfOffice: 8,
  /** Set once the out-of-office flag has been seen at all. */
  outOfOfficeKnown: 16,
  /** The lowest of three bits: 0 where nobody knows who set the presence, else a place in `SETTER_KINDS`, from 1. */
  setBy: 32,
} as const;

/** Of the three bits from `ROW_FLAG.setBy` on. */
export const SET_BY_LIMIT = 8;

/** Why a row is to be read with care: kind, since when (ms, platform clock), in words. */
export const flagWire = z.tuple([z.enum(FLAG_KINDS), z.number(), z.string()]);

/**
 * An agent's state on the wire, as a tuple because it is sent hundreds of times a second to every browser.
 * Parts that have not been seen are null. Instants are ms on the platform's clock.
 */
export const agentRowWire = z.tuple([
  z.int().nonnegative(), // ref
  z.enum(SYSTEM_PRESENCES).nullable(),
  z.string().nullable(), // presence definition id
  z.number().nullable(), // presence since
  z.enum(ROUTING_STATES).nullable(),
  z.number().nullable(), // routing status since
  z.int().nonnegative().nullable(), // active contacts
  z.int().nonnegative().nullable(), // contacts in after-call work
  z.number().nullable(), // contacts since
  z.int().nonnegative(), // ROW_FLAG bits
  z.string().nullable(), // presence message
  z.array(flagWire).optional(), // flags; left out where there are none, as on nearly every row
  // Ref of the other person who set the presence, for those who may see that person; left out where there is none.
  z.int().nonnegative().optional(),
]);

export type AgentRowWire = z.infer<typeof agentRowWire>;
