import { randomUUID } from 'node:crypto';
import { CSRF_HEADER, IDEMPOTENCY_HEADER, IF_MATCH_HEADER } from '@floorwatch/contracts';
import { agentId, NOT_BEGUN, presenceDefinitionId, type ChangeProgress, type Presence } from '@floorwatch/domain';
import { expect } from 'vitest';
import { presenceEtag } from '../presence-change/presence-etag.ts';
import { openTheStore, type Answer, type Browser, type PersonaName } from '../sessions/signed-in-floor.fake.ts';
import { systemClock } from '../system-clock.ts';
import type { DividedFloor, SomeAgent } from './divided-floor.fake.ts';

/** Somebody who asks for something about an agent. */
export interface Asking {
  readonly floor: DividedFloor;
  readonly browser: Browser;
  /** Null for somebody who is not signed in. */
  readonly persona: PersonaName | null;
  readonly agent: SomeAgent;
}

const BUSY = presenceDefinitionId('31fe3bac-dea6-44b7-bed7-47f91660a1a0');

export const send = async (
  { floor, browser, persona }: Asking,
  request: { readonly method: string; readonly path: string; readonly headers?: object; readonly body?: object },
): Promise<Answer> => {
  const csrf = persona === null ? {} : { [CSRF_HEADER]: (await browser.session()).csrfToken ?? '' };
  const { method, path, body, headers } = request;
  return browser.send(method, path, {
    headers: {
      origin: floor.url,
      ...csrf,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
};

/** What the board says is there, once nothing is on its way any more. */
const presenceOf = async ({ floor, agent }: Asking): Promise<Presence> => {
  let presence: Presence | null = null;
  await floor.eventually(async () => {
    const truth = (await floor.control.truth()).agents.find(({ userId }) => userId === agent.id);
    presence = floor.floorwatch.board.rowOf(agentId(agent.id))?.state.presence ?? null;
    expect(presence?.since.at).toBe(Date.parse(truth?.presence.modifiedDate ?? ''));
  });
  return presence ?? expect.fail('nobody there');
};

/** A look at what is there, and a new name for the try. */
export const headersFor = async (asking: Asking) => ({
  [IF_MATCH_HEADER]: presenceEtag(await presenceOf(asking)),
  [IDEMPOTENCY_HEADER]: randomUUID(),
});

/** A change of the agent by whoever asks, as far as that. @returns its id */
const changeThatIs = async (asking: Asking, progress: ChangeProgress): Promise<string> => {
  const { changes } = await openTheStore();
  const { persona, browser, agent } = asking;
  const viewer = persona === null ? null : (await browser.session()).person;
  const actor = { kind: 'person', id: viewer?.userId ?? 'nobody', name: viewer?.name ?? null } as const;
  const { id } = await changes.add({
    id: randomUUID(),
    kind: 'presence',
    actor,
    key: randomUUID(),
    requestHash: 'made by a test',
    agentId: agentId(agent.id),
    divisionId: null,
    cause: 'bulk',
    groupId: null,
    undoes: null,
    wanted: { definitionId: BUSY, label: 'Busy', system: 'busy', message: null },
    overrideReason: null,
    correlationId: 'made by a test',
    requestedAt: systemClock.now(),
    progress,
  });
  return id;
};

const FAR_AHEAD_MS = 10 * 24 * 3_600_000;

/** How the routes that change presences are asked: each takes more than an address. */
export const CHANGES_OF_PRESENCE: ReadonlyMap<string, (asking: Asking) => Promise<Answer>> = new Map([
  [
    'POST /api/agents/:id/presence-change/preview',
    (asking) =>
      send(asking, {
        method: 'POST',
        path: `/api/agents/${asking.agent.id}/presence-change/preview`,
        body: { definitionId: BUSY },
      }),
  ],
  [
    'PATCH /api/agents/:id/presence',
    async (asking) =>
      send(asking, {
        method: 'PATCH',
        path: `/api/agents/${asking.agent.id}/presence`,
        headers: await headersFor(asking),
        body: { definitionId: BUSY, message: `by ${asking.persona ?? 'nobody'}` },
      }),
  ],
  [
    'POST /api/agents/:id/not-responding/reset',
    async (asking) => {
      await asking.floor.control.push({ userId: asking.agent.id, routingStatus: 'NOT_RESPONDING' });
      const path = `/api/agents/${asking.agent.id}/not-responding/reset`;
      return send(asking, { method: 'POST', path, headers: await headersFor(asking) });
    },
  ],
  ['GET /api/presence-changes', (asking) => listed(asking)],
  [
    'GET /api/presence-changes/:id',
    async (asking) =>
      send(asking, { method: 'GET', path: `/api/presence-changes/${await changeThatIs(asking, NOT_BEGUN)}` }),
  ],
  [
    'POST /api/presence-changes/:id/cancel',
    async (asking) =>
      send(asking, { method: 'POST', path: `/api/presence-changes/${await changeThatIs(asking, NOT_BEGUN)}/cancel` }),
  ],
  [
    'POST /api/presence-changes/:id/undo',
    async (asking) => {
      const written = await presenceOf(asking);
      const before = { ...written, system: 'busy', definitionId: BUSY, message: 'before' } as const;
      const acceptedAt = systemClock.now() + FAR_AHEAD_MS; // the floor's clock runs faster
      const accepted = {
        ...NOT_BEGUN,
        state: 'confirmed',
        before,
        written,
        acceptedAt,
        settledAt: acceptedAt,
      } as const;
      const path = `/api/presence-changes/${await changeThatIs(asking, accepted)}/undo`;
      return send(asking, { method: 'POST', path });
    },
  ],
]);

const listed = async (asking: Asking): Promise<Answer> => {
  await changeThatIs(asking, NOT_BEGUN);
  return send(asking, { method: 'GET', path: '/api/presence-changes' });
};
