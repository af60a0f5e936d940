import type { ChangeStore, UnknownPolicy } from '@floorwatch/domain';
import { PERMISSIONS_OF } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import type { Access } from './app.ts';
import { BulkDesk } from './features/presence-change/bulk-desk.ts';
import { ChangeViews } from './features/presence-change/change-views.ts';
import { HoldDesk } from './features/presence-change/hold-desk.ts';
import type { BoardFeed } from './ingest/board-feed.ts';
import { createPresenceChange, type PresenceChangeOptions } from './presence-change/presence-change-services.ts';
import { NOBODY_ASKED } from './presence-change/who-set.ts';
import { createPresenceOrders, type PresenceOrderStore } from './presence-change/presence-order-services.ts';

interface ChangeSettings {
  readonly log: Logger;
  readonly changes?: ChangeStore | null;
  readonly orders?: PresenceOrderStore | null;
  readonly scheduleUnknown?: UnknownPolicy;
}

type ChangeParts = Pick<PresenceChangeOptions, 'board' | 'cloud' | 'clock' | 'names' | 'trail' | 'echoes'> & {
  readonly feed: BoardFeed;
  readonly access: Access;
};

/** Puts together what changes presences; null where there is nowhere to keep changes. */
export const presenceChangeOf = (settings: ChangeSettings, { feed, access, ...parts }: ChangeParts) => {
  const { log, changes = null, orders = null, scheduleUnknown = 'warn' } = settings;
  if (changes === null) return null;
  const options = { ...parts, log: log.child({ part: 'presence-change' }), serviceBudget: () => parts.cloud.budget() };
  const change = createPresenceChange({
    ...options,
    store: changes,
    permissionsOf: PERMISSIONS_OF,
    scheduleUnknown,
    onSetBy: (id, at, setBy) => {
      parts.board.noteSetBy(id, at, setBy);
    },
  });
  const views = new ChangeViews({ ...parts, ...change });
  const find = async (userId: string) => access.services?.sessions.ofPerson(userId) ?? null;
  const isBoardComplete = () => feed.isBoardComplete;
  const services = orders && createPresenceOrders({ ...options, change, orders, find, isBoardComplete });
  return {
    ...parts,
    ...change,
    views,
    afterContact: services?.afterContact ?? null,
    start: () => {
      change.start();
      services?.start();
    },
    stop: async () => {
      await services?.stop();
      change.stop();
    },
    orders: services && {
      bulkDesk: new BulkDesk({
        ...options,
        ...change,
        ...services,
        views: new ChangeViews({ ...parts, ...change, whoSet: NOBODY_ASKED }),
      }),
      holdDesk: new HoldDesk({ ...options, ...change, ...services, views, holds: orders.holds }),
    },
  };
};
