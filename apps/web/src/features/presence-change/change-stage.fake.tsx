import {
  IDEMPOTENCY_HEADER,
  IF_MATCH_HEADER,
  listPresenceDefinitions,
  presenceChange,
  presenceThere,
  previewPresenceChange,
  type ErrorBody,
  type PresenceChangePreview,
  type PresenceChangeView,
  type PresenceThere,
} from '@floorwatch/contracts';
import { act, type ReactNode } from 'react';
import { expect, vi } from 'vitest';
import { until } from '../../lib/until.fake.ts';
import { PresenceDefinitionsContext, usePresenceDefinitions } from '../../live/presence-labels.ts';
import { PageStage } from '../../live/page-stage.fake.tsx';
import { closeTask, stopSelecting, usePresenceDesk } from '../../live/presence-desk.ts';

const AT = '2026-08-15T08:00:00.000Z';

export const THERE: PresenceThere = presenceThere.parse({
  system: 'onQueue',
  definitionId: 'queue',
  label: 'On Queue',
  message: null,
  since: { at: AT, exact: true },
  setBy: { kind: 'agent', name: null },
  etag: '"v1"',
});

export const PREVIEW: PresenceChangePreview = previewPresenceChange.reply.parse({
  etag: '"v1"',
  current: THERE,
  routing: 'idle',
  isOnContact: false,
  verdict: {
    verdict: 'allow',
    reason: 'Nothing is planned now.',
    scheduled: 'unscheduled',
    next: null,
    effective: 'allow',
    unknownPolicy: null,
  },
  effects: ['leaves-queue'],
  obstacles: [],
  mayOverride: false,
});

export const CHANGE: PresenceChangeView = presenceChange.parse({
  id: '7b9ab1a4-3a09-4c6f-9d3a-0a7a3f3c1c11',
  agentId: 'id-Ana',
  kind: 'presence',
  cause: 'direct',
  state: 'accepted',
  wanted: { definitionId: 'break', label: 'Break', system: 'break', message: null },
  before: THERE,
  now: null,
  replaced: null,
  problem: null,
  requestedAt: AT,
  settledAt: null,
  undoableUntil: null,
  by: { kind: 'person', name: 'Mia Lang' },
  correlationId: 'c-7',
});

const definition = (id: string, label: string, system: string) => ({
  id,
  label,
  system,
  isPrimary: id !== 'coffee',
  isActive: true,
  divisionId: null,
});

const DEFINITIONS = listPresenceDefinitions.reply.parse({
  definitions: [
    definition('queue', 'On Queue', 'onQueue'),
    definition('break', 'Break', 'break'),
    definition('coffee', 'Coffee', 'break'),
  ],
});

export const refusal = (status: number, body: Omit<ErrorBody, 'correlationId'>): Response =>
  Response.json({ correlationId: 'c-42', ...body }, { status });

/** What was sent to the API. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly etag: string | null;
  readonly key: string | null;
  readonly body: unknown;
}

type Answer = (sent: Sent) => Response | Promise<Response> | null;

const WithDefinitions = ({ children }: { readonly children: ReactNode }) => (
  <PresenceDefinitionsContext value={usePresenceDefinitions()}>{children}</PresenceDefinitionsContext>
);

/** A page with a floor, and an API whose answers are of the contracts and played by the test. */
export class ChangeStage extends PageStage {
  readonly sent: Sent[] = [];
  preview: PresenceChangePreview = PREVIEW;
  /** What comes before the usual answers; null leaves it to these. */
  instead: Answer = () => null;

  constructor() {
    super();
    vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => this.#answer(path, init));
  }

  async showTask(content: ReactNode): Promise<void> {
    await this.show(<WithDefinitions>{content}</WithDefinitions>, {
      path: '/',
      address: '/',
      readSearch: () => ({}),
    });
  }

  button(label: string): HTMLButtonElement {
    const found = [...document.body.querySelectorAll('button')].find(({ textContent }) => textContent.includes(label));
    if (found === undefined) throw new Error(`no button “${label}” in: ${this.words}`);
    return found;
  }

  async click(label: string): Promise<void> {
    await until(() => expect(this.button(label).disabled, `“${label}” cannot be pressed`).toBe(false));
    await act(async () => {
      this.button(label).click();
      await Promise.resolve();
    });
  }

  /** Chooses the presence with this id, and waits until it is told what it would meet. */
  async choose(definitionId: string): Promise<void> {
    const choice = () => document.querySelector<HTMLInputElement>(`input[value="${definitionId}"]`);
    await until(() => expect(choice(), `“${definitionId}” is not offered`).not.toBeNull());
    await act(async () => {
      choice()?.click();
      await Promise.resolve();
    });
  }

  sentBy(method: string): Sent[] {
    return this.sent.filter((one) => one.method === method);
  }

  override async close(): Promise<void> {
    await super.close();
    closeTask();
    stopSelecting();
    usePresenceDesk.setState({ scope: null, underWay: new Map() });
    sessionStorage.clear();
  }

  async #answer(path: string, { method = 'GET', headers, body }: RequestInit): Promise<Response> {
    const held = new Headers(headers);
    const sent: Sent = {
      method,
      path,
      etag: held.get(IF_MATCH_HEADER),
      key: held.get(IDEMPOTENCY_HEADER),
      body: typeof body === 'string' ? JSON.parse(body) : null,
    };
    this.sent.push(sent);
    const answer = await this.instead(sent);
    if (answer !== null) return answer;
    if (path.endsWith('/presence-definitions')) return Response.json(DEFINITIONS);
    if (path.endsWith('/preview')) return Response.json(this.preview);
    if (method === 'PATCH') return Response.json(CHANGE, { status: 202 });
    if (path.includes(CHANGE.id)) return Response.json(CHANGE);
    return refusal(404, { code: 'not-found', message: `nothing at ${path}` });
  }
}
