import { randomUUID } from 'node:crypto';
import { createAutomation, IDEMPOTENCY_HEADER } from '@floorwatch/contracts';
import { agentId, presenceDefinitionId } from '@floorwatch/domain';
import type { Answer } from '../sessions/signed-in-floor.fake.ts';
import { send, type Asking } from './changes-of-presence.fake.ts';

const MEETING = 'bbdff279-7ae1-48ea-bade-7831d7234c64';

/** A rule about the agent. */
const ruleAbout = ({ agent }: Asking) => ({
  name: 'Focus time',
  start: { kind: 'trigger' },
  targets: { agentIds: [agent.id], teams: [], divisionIds: [], queueIds: [] },
  wanted: { definitionId: MEETING, message: null },
  backAfterMinutes: null,
  conditions: { worstVerdict: 'warn', onContact: 'skip' },
});

const make = (asking: Asking): Promise<Answer> =>
  send(asking, { method: 'POST', path: '/api/automations', body: ruleAbout(asking) });

/** One for each floor: few may sign in within a minute. */
const admins = new WeakMap<Asking['floor'], Promise<Asking['browser']>>();

const adminOf = (floor: Asking['floor']): Promise<Asking['browser']> => {
  const admin = admins.get(floor) ?? floor.signedIn('admin');
  admins.set(floor, admin);
  return admin;
};

/** An automation about the agent: of whoever asks, or of an administrator where that person may not make it. @returns its id */
const automationOf = async (asking: Asking): Promise<string> => {
  const own = asking.persona === null ? null : await make(asking);
  const made =
    own?.status === 201 ? own : await make({ ...asking, persona: 'admin', browser: await adminOf(asking.floor) });
  return createAutomation.reply.parse(JSON.parse(made.text)).id;
};

/** A run of it, about the agent. @returns its id */
const runOf = async ({ floor, agent }: Asking, automationId: string): Promise<string> => {
  const id = randomUUID();
  const run = {
    id,
    automationId,
    key: id,
    cause: 'trigger',
    asked: null,
    dueAt: 1000,
    startedAt: 1000,
    endedAt: null,
    state: 'running',
    reason: null,
    wanted: { definitionId: presenceDefinitionId(MEETING), message: null },
    backAfterMinutes: null,
  } as const;
  await floor.store.automation.runs.begin(run, [agentId(agent.id)]);
  return id;
};

type Way = (asking: Asking) => Promise<Answer>;

const about =
  (method: string, rest = '', bodyOf: (asking: Asking) => object | undefined = () => undefined): Way =>
  async (asking) => {
    const body = bodyOf(asking);
    const path = `/api/automations/${await automationOf(asking)}${rest}`;
    return send(asking, { method, path, ...(body !== undefined && { body }) });
  };

/** How the routes of automation are asked: each takes more than an address. */
export const AUTOMATIONS_ASKED: ReadonlyMap<string, Way> = new Map<string, Way>([
  [
    'GET /api/automations',
    async (asking) => {
      await automationOf(asking);
      return send(asking, { method: 'GET', path: '/api/automations' });
    },
  ],
  ['POST /api/automations', make],
  [
    'POST /api/automations/preview',
    (asking) => send(asking, { method: 'POST', path: '/api/automations/preview', body: ruleAbout(asking) }),
  ],
  ['GET /api/automations/:id', about('GET')],
  ['PUT /api/automations/:id', about('PUT', '', (asking) => ({ revision: 1, rule: ruleAbout(asking) }))],
  ['DELETE /api/automations/:id', about('DELETE')],
  ['POST /api/automations/:id/pause', about('POST', '/pause')],
  ['POST /api/automations/:id/resume', about('POST', '/resume')],
  ['GET /api/automations/:id/runs', about('GET', '/runs')],
  [
    'GET /api/automations/:id/runs/:runId',
    async (asking) => {
      const id = await automationOf(asking);
      return send(asking, { method: 'GET', path: `/api/automations/${id}/runs/${await runOf(asking, id)}` });
    },
  ],
  [
    'POST /api/automations/:id/trigger',
    async (asking) =>
      send(asking, {
        method: 'POST',
        path: `/api/automations/${await automationOf(asking)}/trigger`,
        headers: { [IDEMPOTENCY_HEADER]: randomUUID() },
        body: {},
      }),
  ],
  [
    'POST /api/suggestions/:id/dismiss',
    (asking) =>
      send(asking, {
        method: 'POST',
        path: `/api/suggestions/${asking.agent.id}.break-due.break.0/dismiss`,
        body: { minutes: 1 },
      }),
  ],
  [
    'PUT /api/suggestions/divisions/:id',
    (asking) =>
      send(asking, {
        method: 'PUT',
        path: `/api/suggestions/divisions/${asking.agent.divisionId}`,
        body: { isOn: false },
      }),
  ],
]);
