import type { Board, Clock } from '@floorwatch/domain';
import type { HandBudget } from '@floorwatch/genesys';
import type { Store } from '@floorwatch/store';
import type { Logger } from 'pino';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { DirectoryNames } from '../ingest/directory.ts';
import { AfterContact } from './after-contact.ts';
import { BeginHold } from './begin-hold.ts';
import { Bulks } from './bulks.ts';
import { Holds } from './holds.ts';
import type { FindPerson } from './order-owner.ts';
import type { PresenceChangeServices } from './presence-change-services.ts';

/** Where it is kept what goes on without whoever asked for it. */
export type PresenceOrderStore = Pick<Store, 'bulks' | 'holds' | 'waits'>;

export interface PresenceOrderOptions {
  readonly change: Pick<PresenceChangeServices, 'changer' | 'changes' | 'rules'>;
  readonly orders: PresenceOrderStore;
  readonly board: Board;
  readonly names: () => DirectoryNames;
  readonly isBoardComplete: () => boolean;
  readonly find: FindPerson;
  readonly trail: AuditTrail;
  /** Of Floorwatch's own token. */
  readonly serviceBudget: () => HandBudget;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What changes presences without anybody waiting for it: bulks, holds, and what waits for the end of a contact. */
export interface PresenceOrderServices {
  readonly bulks: Bulks;
  readonly holding: Holds;
  readonly beginHold: BeginHold;
  readonly afterContact: AfterContact;
  start(): void;
  /** All of it goes on with the next start. */
  stop(): Promise<void>;
}

export const createPresenceOrders = (options: PresenceOrderOptions): PresenceOrderServices => {
  const { change, orders } = options;
  const { changer, changes, rules } = change;
  const bulks = new Bulks({ ...options, way: changer, changes, bulks: orders.bulks });
  const holding = new Holds({ ...options, way: changer, holds: orders.holds });
  const beginHold = new BeginHold({ ...options, way: changer, holds: orders.holds, watch: holding, rules });
  const afterContact = new AfterContact({ ...options, changer, changes, waits: orders.waits });
  const all = [bulks, holding, afterContact];
  return {
    bulks,
    holding,
    beginHold,
    afterContact,
    start: () => {
      for (const one of all) one.start();
    },
    stop: async () => {
      await Promise.all(all.map((one) => one.stop()));
    },
  };
};
