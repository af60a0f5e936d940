import type { BrowserContext, Page, Response, WebSocket } from '@playwright/test';

/** Something that may be nowhere, or only in places that it is made for. */
export interface WatchedSecret {
  /** For the report, which never shows the secret itself. */
  readonly kind: string;
  readonly value: string;
  /** Where it belongs all the same; nowhere where it is left out. */
  readonly belongsIn?: (where: string) => boolean;
}

/** Something that left Floorwatch, or was printed. */
interface Text {
  /** `body GET /api/session`, `header set-cookie of GET /`, `frame`, `log of Floorwatch` … */
  readonly where: string;
  readonly text: string;
}

/** A program, by what it has printed so far. */
interface Printing {
  readonly name: string;
  readonly output: string;
}

/** Shorter ones would be found by chance. */
const SHORTEST = 12;

/** The platform's own pages: what they carry is the platform's affair. */
const OF_THE_PLATFORM = /^\/(oauth|login|logout)\b/;

const SESSION_COOKIE = /(?:^|[\n])(?:__Host-)?(floorwatch_\w+)=([^;\s]+)/g;

/**
 * Looks for every secret of a run in everything that Floorwatch sent to browsers or printed. Others add secrets of their own
 * kinds with `add`, and texts with `hear`.
 */
export class SecretWatch {
  readonly #secrets = new Map<string, WatchedSecret>();
  readonly #texts: Text[] = [];
  readonly #programs: Printing[] = [];
  readonly #reading = new Set<Promise<void>>();

  add(secret: WatchedSecret): void {
    if (secret.value.length >= SHORTEST) this.#secrets.set(secret.value, secret);
  }

  hear(where: string, text: string): void {
    if (text !== '') this.#texts.push({ where, text });
  }

  /** Hears all that a program prints, to its end. */
  follow(program: Printing): void {
    this.#programs.push(program);
  }

  /** Hears all that the pages of this browser are sent. */
  listenTo(context: BrowserContext): void {
    context.on('response', (response) => {
      const reading = this.#read(response).finally(() => this.#reading.delete(reading));
      this.#reading.add(reading);
    });
    context.on('page', (page) => this.#hearPage(page));
  }

  /** Waits for what is still being read. */
  async settled(): Promise<void> {
    await Promise.all(this.#reading);
  }

  /** Every secret that is where it does not belong, by kind and place; what it is is not said. */
  findings(): string[] {
    const found = new Set<string>();
    const printed = this.#programs.map(({ name, output }) => ({
      where: `log of ${name}`,
      text: withoutGreeting(output),
    }));
    for (const secret of this.#secrets.values()) {
      const spellings = spellingsOf(secret.value);
      for (const { where, text } of [...this.#texts, ...printed]) {
        if (secret.belongsIn?.(where) === true) continue;
        if (spellings.some((spelling) => text.includes(spelling))) found.add(`${secret.kind} in ${where}`);
      }
    }
    return [...found];
  }

  async #read(response: Response): Promise<void> {
    const { pathname, protocol } = new URL(response.url());
    if (!protocol.startsWith('http') || OF_THE_PLATFORM.test(pathname)) return;
    const what = `${response.request().method()} ${pathname}`;
    const headers = await response.allHeaders().catch(() => ({}));
    for (const [name, value] of Object.entries<string>(headers)) {
      this.hear(`header ${name} of ${what}`, value);
      if (name === 'set-cookie') this.#noteCookies(value);
    }
    const body = await response.text().catch(() => ''); // a redirect has none, and a page that is left takes its with it
    this.hear(`body of ${what}`, body);
    const [, shownOnce] = /"secret":"([^"]+)"/.exec(body) ?? [];
    if (shownOnce !== undefined && response.request().method() === 'POST')
      this.add({ kind: `secret of ${what}`, value: shownOnce, belongsIn: (where) => where === `body of ${what}` });
    const [, csrf] = /"csrfToken":"([^"]+)"/.exec(body) ?? [];
    if (csrf !== undefined)
      this.add({ kind: 'CSRF token', value: csrf, belongsIn: (where) => where === 'body of GET /api/session' });
  }

  #noteCookies(header: string): void {
    for (const [, name = '', value = ''] of header.matchAll(SESSION_COOKIE))
      this.add({ kind: `cookie ${name}`, value, belongsIn: (where) => where.startsWith('header set-cookie of ') });
  }

  #hearPage(page: Page): void {
    page.on('console', (message) => this.hear('console of the page', message.text()));
    page.on('pageerror', (error) => this.hear('error of the page', String(error.stack)));
    page.on('framenavigated', (frame) => {
      if (!OF_THE_PLATFORM.test(URL.parse(frame.url())?.pathname ?? '')) this.hear('address of the page', frame.url());
    });
    page.on('websocket', (socket: WebSocket) => {
      socket.on('framereceived', ({ payload }) => this.hear('frame', payload.toString()));
    });
  }
}

/** As it is, in an address, in JSON, and in base64 as a header or a dump would have it. */
const spellingsOf = (value: string): string[] => {
  const bytes = Buffer.from(value, 'utf8');
  const base64 = bytes.toString('base64').replace(/=+$/, '').slice(0, -2); // the end depends on what follows
  return [
    ...new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), base64, bytes.toString('hex')]),
  ];
};

/** The simulator tells whoever starts it how to sign in to it: that is what it prints this line for. */
const withoutGreeting = (output: string): string => output.replace(/^\{"event":"listening".*$/m, '');

let watch = new SecretWatch();

/** The watch of the story that runs: one at a time in a worker. */
export const currentWatch = (): SecretWatch => watch;

/** A new one for a new story. */
export const startWatch = (): SecretWatch => (watch = new SecretWatch());
