import { exportAgents, exportAudit, listAudit, verifyAudit } from '@floorwatch/contracts';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { closeTheStore, codeOf, SignedInFloor, type PersonaName } from '../../sessions/signed-in-floor.fake.ts';

const PATHS = [listAudit.path, exportAudit.path, verifyAudit.path];

let floor: SignedInFloor;

beforeEach(async () => {
  floor = await SignedInFloor.open();
});
afterEach(() => floor.close());
afterAll(closeTheStore);

const entriesFor = async (persona: PersonaName) => {
  const { status, text } = await (await floor.signedIn(persona)).get(listAudit.path);
  expect(status, text).toBe(200);
  return listAudit.reply.parse(JSON.parse(text)).entries;
};

it('a supervisor sees who has signed in, the own sign-in too; a team lead of one division does not', async () => {
  await floor.signedIn('viewer');
  const seen = await entriesFor('supervisor');
  expect(seen.map(({ action, outcome }) => [action, outcome])).toEqual([
    ['sign-in', 'accepted'],
    ['sign-in', 'accepted'],
  ]);
  expect(seen[0]?.actor).toMatchObject({ kind: 'person', name: expect.any(String) as unknown });
  expect(await entriesFor('team-lead')).toEqual([]);
});

it.each(['viewer', 'agent'] as const)(
  'a person without the right (%s) is refused everywhere, and that is kept',
  async (persona) => {
    const browser = await floor.signedIn(persona);
    for (const path of PATHS) {
      const answer = await browser.get(path);
      expect([answer.status, codeOf(answer)]).toEqual([403, 'not-allowed']);
    }
    await expect
      .poll(() => floor.audit.entries.filter(({ action }) => action === 'access-refused').map(({ reason }) => reason))
      .toEqual(PATHS.map((path) => `GET ${path} needs the right see-audit`));
  },
);

it('nobody who is not signed in learns anything of it', async () => {
  for (const path of PATHS) {
    const answer = await floor.browser().get(path);
    expect([answer.status, codeOf(answer)]).toEqual([401, 'signed-out']);
  }
});

it('a file that is taken away stands in it with who took it', async () => {
  const browser = await floor.signedIn('supervisor');
  const { status } = await browser.get(exportAudit.path);
  expect(status).toBe(200);
  const signedIn = floor.audit.entries.find(({ action }) => action === 'sign-in') ?? expect.fail('no sign-in');
  expect(floor.audit.entries.at(-1)).toMatchObject({
    action: 'export',
    actor: signedIn.actor,
    after: { file: exportAudit.path, rows: 1 },
  });
  expect((await browser.write(exportAgents.path)).status).toBe(400);
  expect(floor.audit.entries.at(-1)).toMatchObject({ after: { file: exportAudit.path } });
});
