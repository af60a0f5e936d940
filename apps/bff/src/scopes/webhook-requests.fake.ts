import { CSRF_HEADER } from '@floorwatch/contracts';
import type { Right, Viewer } from '@floorwatch/domain';
import { expect } from 'vitest';
import type { Answer, Browser } from '../sessions/signed-in-floor.fake.ts';
import type { DividedFloor } from './divided-floor.fake.ts';

const SETTINGS = { name: 'Payroll', url: 'http://127.0.0.1:9/hook', filter: {}, withNames: false };

/** What each request to webhooks takes. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/webhooks': SETTINGS,
  'PUT /api/webhooks/:id': { ...SETTINGS, version: 1 },
  'POST /api/webhooks/:id/secret': { version: 1 },
  'POST /api/webhooks/:id/pause': { isPaused: true },
  'POST /api/webhooks/:id/replay': { deliveries: 'all' },
};

const RIGHTS: readonly Right[] = ['see-floor', 'see-history', 'manage'];

const KEEPER: Viewer = {
  userId: 'keeper',
  name: 'Keeper',
  role: 'admin',
  rights: new Map(RIGHTS.map((right) => [right, 'all'])),
};

/** A webhook of this moment, that tells of everybody. */
const someWebhook = async ({ floorwatch }: DividedFloor): Promise<string> => {
  const { service } = floorwatch.webhooks ?? expect.fail('there are no webhooks');
  const filter = { kinds: [], divisions: [], queues: [], teams: [], activities: [] };
  const asker = { viewer: KEEPER, correlationId: 'matrix' };
  return (await service.create(asker, { ...SETTINGS, filter })).webhook.id;
};

/** Asks as a page of ours would, about a webhook that is there. */
export const askAboutWebhooks = async (
  what: string,
  { floor, browser, isSignedIn }: { floor: DividedFloor; browser: Browser; isSignedIn: boolean },
): Promise<Answer> => {
  const [method = '', route = ''] = what.split(' ');
  const path = route.replace(':id', route.includes(':id') ? await someWebhook(floor) : '');
  const csrf = isSignedIn ? ((await browser.session()).csrfToken ?? '') : '';
  const body = BODIES[what];
  return browser.send(method, path, {
    headers: {
      origin: floor.url,
      [CSRF_HEADER]: csrf,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
};
