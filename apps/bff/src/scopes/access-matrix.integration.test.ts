import { clientToServer, createApiKey, serverToClient } from '@floorwatch/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser, closeTheStore, SET_UP_MS, type Answer, type PersonaName } from '../sessions/signed-in-floor.fake.ts';
import { systemClock } from '../system-clock.ts';
import { readAccessTable, type AccessCell } from './access-table.fake.ts';
import { AUTOMATIONS_ASKED } from './automations-asked.fake.ts';
import { CHANGES_OF_PRESENCE } from './changes-of-presence.fake.ts';
import { DividedFloor, LivePage, type SomeAgent } from './divided-floor.fake.ts';
import { leaksIn } from './leaks-in.fake.ts';
import { ORDERS_OF_PRESENCE } from './orders-of-presence.fake.ts';
import { askAboutWebhooks } from './webhook-requests.fake.ts';

const HOUR_MS = 3_600_000;
const LIVE = 'GET /api/live';
const SIGN_OUT = 'POST /api/session/sign-out';

/** Of these, an answer names the agent who was asked for. */
const NAMES_AGENTS =
  /\/agents$|agents\/:id$|:id\/presence$|presence-changes(\/:id)?$|presence-changes\/:id\/(undo|cancel)$|reset$|presence-holds?$|:runId$|automations$|automations\/:id$|automations\/preview$|automations\/:id\/(pause|resume)$|presence-holds\/:id$|history$|:id\/availability$|api\/availability|agents\/export$/;

const MESSAGES: readonly string[] = [...clientToServer.options, ...serverToClient.options].map(
  ({ shape }) => shape.type.value,
);

let floor: DividedFloor;
const browsers = new Map<PersonaName | null, Browser>();
const pages = new Map<PersonaName | null, LivePage>();

beforeAll(async () => {
  floor = await DividedFloor.open();
  for (const persona of ['agent', 'viewer', 'team-lead', 'supervisor', 'admin'] as const)
    browsers.set(persona, await floor.signedIn(persona));
  browsers.set(null, new Browser(floor));
  for (const [persona, browser] of browsers) pages.set(persona, LivePage.open(floor, browser));
}, SET_UP_MS);

afterAll(async () => {
  await floor.close();
  await closeTheStore();
});

const held = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value => map.get(key) ?? expect.fail(String(key));

/** An address for a route, about the agent. */
const addressOf = (route: string, { id }: SomeAgent): string => {
  const now = systemClock.now();
  const range = `from=${new Date(now - HOUR_MS).toISOString()}&to=${new Date(now + HOUR_MS).toISOString()}`;
  const path = route.replace(':id', id);
  if (route.endsWith('comparison')) return `${path}?day=${new Date(now).toISOString().slice(0, 10)}`;
  if (route.startsWith('/api/availability')) return `${path}?${range}&agents=${id}`;
  return /history|availability|transitions/.test(route) ? `${path}?${range}` : path;
};

const bodyOf = (what: string, agent: SomeAgent): object | undefined => {
  if (what === SIGN_OUT || what.endsWith('/revoke')) return undefined;
  if (what === 'POST /api/api-keys') return A_KEY;
  return { agents: [agent.id], format: 'json' };
};

const A_KEY = { name: 'Payroll', scopes: ['feed:transitions'], divisions: 'all' };

/** The id of a key that can be revoked. */
const aKey = async (): Promise<string> => {
  const { text } = await held(browsers, 'admin').write('/api/api-keys', A_KEY);
  return createApiKey.reply.parse(JSON.parse(text)).key.id;
};

const ask = async (what: string, persona: PersonaName | null, agent: SomeAgent): Promise<Answer> => {
  const [method = '', route = ''] = what.split(' ');
  const change = CHANGES_OF_PRESENCE.get(what) ?? ORDERS_OF_PRESENCE.get(what) ?? AUTOMATIONS_ASKED.get(what);
  if (change !== undefined) return change({ floor, browser: held(browsers, persona), persona, agent });
  const browser = what === SIGN_OUT && persona !== null ? await floor.signedIn(persona) : held(browsers, persona);
  if (route.startsWith('/api/webhooks'))
    return askAboutWebhooks(what, { floor, browser, isSignedIn: persona !== null });
  if (method === 'GET') return browser.get(addressOf(route, agent));
  const path = route === '/api/api-keys/:id/revoke' ? route.replace(':id', await aKey()) : route;
  if (persona !== null) return browser.write(path, bodyOf(what, agent));
  return browser.send('POST', path, { headers: { origin: floor.url } });
};

/** What comes back over HTTP, in the words of the table. */
const answerTo = async ({ what, persona, division }: AccessCell, agent: SomeAgent): Promise<string> => {
  const { status, text, headers } = await ask(what, persona, agent);
  if (status >= 400) return String(status);
  const bytes = Buffer.from(`${text} ${JSON.stringify([...headers])}`);
  if (persona !== 'team-lead') return status === 200 && isSilentOn(agent, what, text) ? 'says nothing' : String(status);
  const leaks = leaksIn(bytes, floor.agents);
  if (leaks.length > 0) return `tells of ${leaks.join(', ')}`;
  if (division === 'another') return 'left out';
  return isSilentOn(agent, what, text) ? 'says nothing' : String(status);
};

const isSilentOn = ({ id }: SomeAgent, what: string, text: string): boolean =>
  text !== '' && NAMES_AGENTS.test(what) && !text.includes(id);

/** What the socket does: whether it opens, and which code it is closed with. */
const opening = async (persona: PersonaName | null, isAboutOthers: boolean): Promise<string> => {
  const page = held(pages, persona);
  if (persona === null || persona === 'agent') return String(await page.closed);
  await floor.eventually(() => expect(page.of('hello')).toHaveLength(1));
  return isAboutOthers ? isQuietAboutOthers(page) : '101';
};

const isQuietAboutOthers = ({ received }: LivePage): string => {
  const leaks = leaksIn(Buffer.concat(received), floor.agents);
  return leaks.length === 0 ? 'left out' : `tells of ${leaks.join(', ')}`;
};

const refOf = ({ id }: SomeAgent): number =>
  [...floor.floorwatch.board.rows()].find(({ profile }) => profile.id === id)?.ref ?? expect.fail('not on the board');

/** Something happens to both agents; every message there is has been sent to whoever may have it. */
const exchangeMessages = async (own: SomeAgent, foreign: SomeAgent): Promise<void> => {
  for (const page of pages.values())
    if (page.of('hello').length > 0) await floor.eventually(() => expect(page.of('heartbeat')).not.toHaveLength(0));
  await floor.eventually(async () => {
    for (const { id } of [foreign, own])
      await floor.control.push({
        userId: id,
        presence: { systemPresence: 'Busy', message: `at ${String(systemClock.now())}` },
      });
    for (const persona of ['team-lead', 'viewer', 'supervisor', 'admin'] as const)
      expect(rowsTold(held(pages, persona))).toContain(refOf(own));
  });
  for (const page of pages.values()) page.subscribeWrongly();
  for (const page of pages.values())
    if (page.of('hello').length > 0) await floor.eventually(() => expect(page.of('refused')).not.toHaveLength(0));
};

const rowsTold = (page: LivePage): number[] => page.of('delta').flatMap(({ rows }) => rows.map(([ref]) => ref));

const message = ({ what, persona, division }: AccessCell, agent: SomeAgent): string => {
  const page = held(pages, persona);
  const tellsOf = rowsTold(page).includes(refOf(agent));
  if (persona === 'team-lead' && division === 'another') return tellsOf ? 'sent' : isQuietAboutOthers(page);
  if (what === 'subscribe' || what === 'delta') return tellsOf ? 'sent' : '–';
  return page.frames.some(({ type }) => type === what) ? 'sent' : '–';
};

/** `GET /api/agents/:id` and so on, from the tree that Fastify prints; HEAD comes with each GET. */
const registeredRoutes = (): string[] => {
  const above: string[] = [];
  return floor.floorwatch.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = /^(.*?)[├└]── (\S+) \(([^)]*)\)/.exec(line) ?? [];
      if (part === '') return [];
      const depth = indent.length / 4;
      above.splice(depth, Infinity, part);
      return methods
        .split(', ')
        .filter((method) => method !== 'HEAD')
        .map((method) => `${method} ${above.join('')}`);
    })
    .filter((route) => !/^GET \/?\*?$/.test(route)); // the web application's files are everybody's
};

it('the table has every route that is registered and every socket message, and no others', () => {
  const told = new Set(readAccessTable().map(({ what }) => what));
  expect([...told].toSorted()).toEqual([...new Set([...registeredRoutes(), ...MESSAGES])].toSorted());
});

const findOut = async (
  cell: AccessCell,
  agent: SomeAgent,
  openings: ReadonlyMap<PersonaName | null, string>,
): Promise<string> => {
  const { what, persona, division } = cell;
  if (MESSAGES.includes(what)) return message(cell, agent);
  if (what !== LIVE) return answerTo(cell, agent);
  return persona === 'team-lead' && division === 'another' ? opening(persona, true) : held(openings, persona);
};

it('everybody gets exactly what the table says', async () => {
  const { own, foreign } = floor.agents;
  const [ownAgent, foreignAgent] = [own[1] ?? expect.fail('nobody'), foreign[1] ?? expect.fail('nobody')];
  const cells = readAccessTable();
  const wrong: string[] = [];
  const openings = new Map<PersonaName | null, string>();
  for (const persona of browsers.keys()) openings.set(persona, await opening(persona, false));
  await exchangeMessages(ownAgent, foreignAgent);
  for (const cell of cells) {
    const { what, persona, division, expected } = cell;
    const agent = division === 'own' ? ownAgent : foreignAgent;
    const found = await findOut(cell, agent, openings);
    if (found !== expected)
      wrong.push(`${what} by ${persona ?? 'nobody'} about ${division}: ${found}, not ${expected}`);
  }
  expect(wrong).toEqual([]);
  expect(cells.length).toBeGreaterThan(150);
}, 60_000);

it('an agent of another division is the same to a team lead as one that does not exist', async () => {
  const lead = held(browsers, 'team-lead');
  const id = floor.agents.foreign[0]?.id ?? expect.fail('nobody');
  const nobody = '00000000-0000-4000-8000-000000000000';
  const plain = ({ status, text }: Answer, asked: string): string =>
    `${String(status)} ${text.replaceAll(asked, 'ID').replace(/"correlationId":"[^"]*"/, '')}`;
  for (const route of registeredRoutes().filter((one) => one.includes(':id'))) {
    const path = route.replace('GET ', '');
    const answers = await Promise.all(
      [id, nobody].map(async (asked) =>
        plain(await lead.get(addressOf(path, { id: asked, name: '', divisionId: '' })), asked),
      ),
    );
    expect(answers[0], route).toBe(answers[1]);
  }
});
