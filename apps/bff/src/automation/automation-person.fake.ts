import {
  automationRule,
  createApiKey,
  CSRF_HEADER,
  getAutomationRun,
  listAutomationRuns,
  listAutomations,
  type AutomationOutcomeView,
  type AutomationRuleSent,
  type AutomationRunView,
  type AutomationView,
} from '@floorwatch/contracts';
import { expect } from 'vitest';
import type { z } from 'zod';
import { PRESENCES } from '../presence-change/supervisor.fake.ts';
import type { Answer, Browser } from '../sessions/signed-in-floor.fake.ts';

/** Where somebody is: an address that may change with a restart. */
interface Place {
  readonly url: string;
  eventually(check: () => void | Promise<void>): Promise<void>;
}

export const ruleFor = (agentIds: readonly string[], parts: Partial<AutomationRuleSent> = {}): AutomationRuleSent =>
  automationRule.parse({
    name: 'Early meeting',
    start: { kind: 'trigger' },
    targets: { agentIds, teams: [], divisionIds: [], queueIds: [] },
    wanted: { definitionId: PRESENCES.meeting, message: null },
    backAfterMinutes: null,
    conditions: { worstVerdict: 'warn', onContact: 'skip' },
    ...parts,
  });

/** Somebody who sets automations up over HTTP, as the page does. */
export class AutomationPerson {
  readonly #floor: Place;
  readonly #browser: Browser;
  #csrfToken: string | null = null;

  constructor(floor: Place, browser: Browser) {
    this.#floor = floor;
    this.#browser = browser;
  }

  async send(method: string, path: string, body?: object): Promise<Answer> {
    this.#csrfToken ??= (await this.#browser.session()).csrfToken;
    return this.#browser.send(method, path, {
      headers: {
        origin: this.#floor.url,
        [CSRF_HEADER]: this.#csrfToken ?? '',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async ask<Schema extends z.ZodType>(
    { method, path, body }: { readonly method: string; readonly path: string; readonly body?: object },
    reply: Schema,
  ): Promise<z.infer<Schema>> {
    const { status, text } = await this.send(method, path, body);
    expect(status, text).toBeLessThan(300);
    return reply.parse(JSON.parse(text));
  }

  create(rule: AutomationRuleSent): Promise<AutomationView> {
    return this.ask(
      { method: 'POST', path: '/api/automations', body: rule },
      listAutomations.reply.shape.automations.element,
    );
  }

  async list(): Promise<AutomationView[]> {
    return (await this.ask({ method: 'GET', path: '/api/automations' }, listAutomations.reply)).automations;
  }

  async get(id: string): Promise<AutomationView> {
    return (await this.list()).find((one) => one.id === id) ?? expect.fail(`no automation ${id}`);
  }

  async runs(id: string): Promise<AutomationRunView[]> {
    return (await this.ask({ method: 'GET', path: `/api/automations/${id}/runs` }, listAutomationRuns.reply)).runs;
  }

  /** What came of each agent in the last run. */
  async outcomes(id: string): Promise<AutomationOutcomeView[]> {
    const [run] = await this.runs(id);
    if (run === undefined) return expect.fail('it has not run');
    return (await this.ask({ method: 'GET', path: `/api/automations/${id}/runs/${run.id}` }, getAutomationRun.reply))
      .outcomes;
  }

  /** Waits until its last run has ended. */
  async ended(id: string): Promise<AutomationRunView> {
    let last: AutomationRunView | undefined;
    await this.#floor.eventually(async () => {
      [last] = await this.runs(id);
      expect(last?.endedAt ?? null).not.toBeNull();
    });
    return last ?? expect.fail('it has not run');
  }

  /** An API key that may trigger. @returns what another tool sends */
  async key(divisions: 'all' | string[] = 'all'): Promise<string> {
    const body = { name: 'Calendar', scopes: ['automations:trigger'], divisions };
    return (await this.ask({ method: 'POST', path: createApiKey.path, body }, createApiKey.reply)).secret;
  }
}

/** Another tool's call. */
export const trigger = async (
  floor: Pick<Place, 'url'>,
  id: string,
  { token, key, agents }: { readonly token?: string; readonly key?: string; readonly agents?: readonly string[] },
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> => {
  const response = await fetch(`${floor.url}/api/automations/${id}/trigger`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: JSON.stringify(agents === undefined ? {} : { agents }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
