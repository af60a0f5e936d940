import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { z } from 'zod';
import { WebSocket } from 'ws';
import { DEMO_SIGN_IN_CLIENT } from './oauth/oauth-client.ts';
import type { PersonaKey } from './org/persona.ts';
import type { RunningSimulator } from './simulator.ts';

const DEADLINE_MS = 10_000;

/** An answer of the platform; the body is parsed JSON, or null where there is none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const grant = z.object({ access_token: z.string(), expires_in: z.number() });
const errorBody = z.object({ code: z.string(), message: z.string(), status: z.number(), contextId: z.string() });
const channel = z.object({ id: z.string(), connectUri: z.string(), expires: z.string() });

/** A client of the platform that knows nothing but HTTP: what tests speak to the simulator with. */
export class PlatformCaller {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async signIn({ url, clientId, clientSecret }: RunningSimulator): Promise<PlatformCaller> {
    const answer = await askForToken(url, { clientId, clientSecret, form: 'grant_type=client_credentials' });
    return new PlatformCaller(url, grant.parse(answer.body).access_token);
  }

  /** Signs in as a person: through the consent page, with a code and PKCE. */
  static async signInAs(simulator: RunningSimulator, persona: PersonaKey): Promise<PlatformCaller> {
    const { code, verifier } = await askForCode(simulator.url, persona);
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      client_id: DEMO_SIGN_IN_CLIENT.id,
      redirect_uri: REDIRECT_URI,
    });
    const response = await fetch(`${simulator.url}/oauth/token`, { method: 'POST', body: form });
    return new PlatformCaller(simulator.url, grant.parse((await toAnswer(response)).body).access_token);
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return toAnswer(response);
  }

  async createChannel(): Promise<z.infer<typeof channel>> {
    return channel.parse((await this.send('POST', '/api/v2/notifications/channels')).body);
  }

  subscribe(
    channelId: string,
    topics: readonly string[],
    { method = 'PUT', ignoreErrors = false } = {},
  ): Promise<Answer> {
    const path = `/api/v2/notifications/channels/${channelId}/subscriptions?ignoreErrors=${ignoreErrors}`;
    return this.send(
      method,
      path,
      topics.map((id) => ({ id })),
    );
  }
}

/** Where the tests' client of the sign-in is sent back to; nobody listens there. */
export const REDIRECT_URI = 'http://127.0.0.1:1/signed-in';

/**
 * What a browser does between the product and the platform: asks, chooses a person, is sent back with a code.
 * @param params of the request, over the usual ones; an empty one is left out
 */
export const askForCode = async (
  url: string,
  persona: PersonaKey,
  params: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: string; readonly state: string | null; readonly verifier: string }> => {
  const verifier = randomBytes(64).toString('base64url');
  const asked = new URLSearchParams({
    client_id: DEMO_SIGN_IN_CLIENT.id,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...params,
  });
  for (const [name, value] of Object.entries(params)) if (value === '') asked.delete(name);
  const page = await fetch(`${url}/oauth/authorize?${asked.toString()}`);
  if (!(await page.text()).includes(`value="${persona}"`)) throw new Error(`the page does not offer ${persona}`);
  asked.set('persona', persona);
  const sentBack = await fetch(`${url}/oauth/authorize`, { method: 'POST', body: asked, redirect: 'manual' });
  const { searchParams } = new URL(sentBack.headers.get('location') ?? '', url);
  return { code: searchParams.get('code') ?? '', state: searchParams.get('state'), verifier };
};

interface TokenRequest {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly form: string;
}

/** Asks the login side for a token. */
export const askForToken = async (url: string, { clientId, clientSecret, form }: TokenRequest): Promise<Answer> =>
  toAnswer(
    await fetch(`${url}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: form,
    }),
  );

const toAnswer = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
};

/** Reads an answer that should be an error of the API; its `contextId` must be the correlation id. */
export const errorOf = ({ status, headers, body }: Answer): { status: number; code: string; message: string } => {
  const { code, message, contextId, status: told } = errorBody.parse(body);
  if (contextId !== headers.get('inin-correlation-id')) throw new Error('contextId is not the correlation id');
  if (told !== status) throw new Error(`the body says ${told}, the answer ${status}`);
  return { status, code, message };
};

const frame = z.looseObject({ topicName: z.string().optional(), eventBody: z.unknown().optional() });

export type Frame = z.infer<typeof frame>;

/** A plain socket on a channel that keeps everything it hears. */
export class Listener {
  readonly socket: WebSocket;
  readonly frames: Frame[] = [];

  constructor(connectUri: string) {
    this.socket = new WebSocket(connectUri);
    this.socket.on('message', (data) => {
      this.frames.push(frame.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '')));
    });
  }

  static async open(connectUri: string): Promise<Listener> {
    const listener = new Listener(connectUri);
    await once(listener.socket, 'open', { signal: AbortSignal.timeout(DEADLINE_MS) });
    return listener;
  }

  /** Waits until a frame is there that fits; frames that came earlier count. */
  async hear(fits: (frame: Frame) => boolean): Promise<Frame> {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined) return found;
      await once(this.socket, 'message', { signal: deadline });
    }
  }

  /** Everything that was under way has arrived: the platform answers a ping in order. */
  async settle(): Promise<void> {
    const pongs = (): number => this.frames.filter((one) => isPong(one)).length;
    const before = pongs();
    this.socket.send(JSON.stringify({ message: 'ping' }));
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    while (pongs() === before) await once(this.socket, 'message', { signal: deadline });
  }

  /** @returns the close code */
  async closed(): Promise<number> {
    if (this.socket.readyState === WebSocket.CLOSED) throw new Error('listen for the close before it happens');
    const [code] = z
      .tuple([z.number()])
      .rest(z.unknown())
      .parse(await once(this.socket, 'close', { signal: AbortSignal.timeout(DEADLINE_MS) }));
    return code;
  }
}

const isPong = ({ topicName, eventBody }: Frame): boolean =>
  topicName === 'channel.metadata' && JSON.stringify(eventBody) === '{"message":"pong"}';

/** Connects and waits to be turned away. @returns the HTTP status of the handshake */
export const handshakeStatus = async (connectUri: string): Promise<number> => {
  const socket = new WebSocket(connectUri);
  const status = await new Promise<number>((resolve, reject) => {
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.once('open', () => reject(new Error('the socket opened')));
    socket.once('error', () => undefined);
  });
  socket.terminate();
  return status;
};
