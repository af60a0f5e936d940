import { randomUUID } from 'node:crypto';
import {
  CSRF_HEADER,
  errorBody,
  getPresenceChange,
  previewPresenceChange,
  presenceChange,
  type ErrorBody,
  type PresenceChangePreview,
  type PresenceChangeView,
} from '@floorwatch/contracts';
import { expect } from 'vitest';
import { Browser, type Answer, type PersonaName } from '../sessions/signed-in-floor.fake.ts';
import type { DividedFloor } from '../scopes/divided-floor.fake.ts';

/** Ids of primary presences, the same in every organisation (API §5.2), and of some of the simulated one. */
export const PRESENCES = {
  available: '6a3af858-942f-489d-9700-5f9bcdcdae9b',
  break: '227b37e2-f1d0-4dd0-8f50-badd7cf6d158',
  busy: '31fe3bac-dea6-44b7-bed7-47f91660a1a0',
  meal: '3fd96123-badb-4f69-bc03-1b1ccc6d8014',
  meeting: 'bbdff279-7ae1-48ea-bade-7831d7234c64',
  offline: 'ccf3c10a-aa2c-4845-8e8d-f59fa48c58e5',
  onQueue: 'e08eaf1b-ee47-4fa9-a231-1200e284798f',
  training: 'd2390a99-8546-bad9-8f0a-219548e8aeb0',
  huddle: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a02',
  limited: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a09',
  deactivated: '0b1f6f0e-2f53-4f4e-9a55-3a1f8c9c0a0a',
} as const;

export interface Wish {
  readonly definitionId: string;
  readonly message?: string | null;
  readonly override?: { readonly reason: string };
  readonly when?: 'now' | 'after-contact';
}

export interface Headers {
  readonly etag?: string | null;
  readonly key?: string | null;
}

/** What came back for a change: it, or why not. */
export interface Outcome {
  readonly status: number;
  readonly change: PresenceChangeView | null;
  readonly error: ErrorBody | null;
}

const outcomeOf = ({ status, text }: Answer): Outcome => {
  const body: unknown = JSON.parse(text);
  return status < 300
    ? { status, change: presenceChange.parse(body), error: null }
    : { status, change: null, error: errorBody.parse(body) };
};

type FloorToSignInTo = Pick<DividedFloor, 'url' | 'eventually' | 'signedIn'>;

/** Somebody with a page who changes presences over HTTP, as the page does. */
export class Supervisor {
  readonly #floor: FloorToSignInTo;
  readonly #browser: Browser;
  readonly #csrfToken: string;

  private constructor(floor: FloorToSignInTo, browser: Browser, csrfToken: string) {
    this.#floor = floor;
    this.#browser = browser;
    this.#csrfToken = csrfToken;
  }

  static async at(floor: FloorToSignInTo, persona: PersonaName = 'supervisor'): Promise<Supervisor> {
    let person: Supervisor | null = null;
    // All clocks are in a hurry: on a busy machine the platform's answer may come too late for them.
    await floor.eventually(async () => {
      const browser = await floor.signedIn(persona);
      person = new Supervisor(floor, browser, (await browser.session()).csrfToken ?? '');
    });
    return person ?? expect.fail('nobody has signed in');
  }

  /** The same person and session over another way to Floorwatch. */
  through(url: string): Supervisor {
    const browser = new Browser({ url });
    for (const [name, value] of this.#browser.cookies) browser.cookies.set(name, value);
    return new Supervisor(this.#floor, browser, this.#csrfToken);
  }

  async send(
    method: string,
    path: string,
    { headers = {}, body }: { headers?: object; body?: object } = {},
  ): Promise<Answer> {
    return this.#browser.send(method, path, {
      headers: {
        origin: this.#floor.url,
        [CSRF_HEADER]: this.#csrfToken,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** Ends this session; a test that wants no other of this person signs in with none. */
  async signOut(): Promise<void> {
    await this.send('POST', '/api/session/sign-out');
  }

  async preview(agent: string, wish: Wish): Promise<PresenceChangePreview> {
    const { text, status } = await this.send('POST', `/api/agents/${agent}/presence-change/preview`, { body: wish });
    expect(status, text).toBe(200);
    return previewPresenceChange.reply.parse(JSON.parse(text));
  }

  /** The version of what is there now. */
  async etagOf(agent: string): Promise<string> {
    return (await this.preview(agent, { definitionId: PRESENCES.busy })).etag;
  }

  /** Changes what was seen by `etag`; what is there now, and a new key, where they are left out. */
  async change(agent: string, wish: Wish, { etag, key = randomUUID() }: Headers = {}): Promise<Outcome> {
    const seen = etag === undefined ? await this.etagOf(agent) : etag;
    const headers = { ...(seen !== null && { 'if-match': seen }), ...(key !== null && { 'idempotency-key': key }) };
    return outcomeOf(await this.send('PATCH', `/api/agents/${agent}/presence`, { headers, body: wish }));
  }

  async post(path: string, { etag, key = randomUUID() }: Headers = {}): Promise<Outcome> {
    const headers = { ...(etag && { 'if-match': etag }), ...(key !== null && { 'idempotency-key': key }) };
    return outcomeOf(await this.send('POST', path, { headers }));
  }

  async look(id: string): Promise<PresenceChangeView> {
    const { text } = await this.send('GET', `/api/presence-changes/${id}`);
    return getPresenceChange.reply.parse(JSON.parse(text));
  }

  /** Waits until the change is in this state. */
  async until(id: string, state: PresenceChangeView['state']): Promise<PresenceChangeView> {
    let seen = await this.look(id);
    await this.#floor.eventually(async () => {
      seen = await this.look(id);
      expect(seen.state).toBe(state);
    });
    return seen;
  }
}
