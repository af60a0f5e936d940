import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { AllowedTargets } from './allowed-targets.ts';

const MAX_URL_LENGTH = 2000;

const HTTPS_PORT = 443;

/** From here on ports belong to nobody in particular; below are the services of machines. */
const FIRST_FREE_PORT = 1024;

/** Ports above that browsers refuse as well, because other protocols than HTTP live there (WHATWG Fetch, "bad port"). */
const OTHER_PROTOCOLS: ReadonlySet<number> = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** Names that mean something only within a machine or a house. */
const HOUSE_NAME = /^[^.]+$|(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|localdomain|arpa|onion)$/;

/** A target that is refused, with the reason for a person. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
}

/** Asks for the addresses of a name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

const resolveBySystem: Resolve = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });

/**
 * Keeps webhooks from reaching what only this machine or its network should: somebody who may set up a webhook must not
 * gain a way into the house by it. The address is looked at twice: as it is written, and where the connection goes.
 */
export class TargetGuard {
  readonly #allowed: AllowedTargets;
  readonly #resolve: Resolve;

  constructor(allowed: AllowedTargets, resolve: Resolve = resolveBySystem) {
    this.#allowed = allowed;
    this.#resolve = resolve;
  }

  /**
   * Looks at an address as it is written, after the browser's own reading of it: decimal, octal and full-width digits, dots at
   * the end and case are gone by then.
   * @throws TargetRefused
   */
  check(text: string): URL {
    const url = text.length > MAX_URL_LENGTH ? null : URL.parse(text);
    if (url === null) throw new TargetRefused('This is not an address: it takes one such as https://example.com/hook');
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      throw new TargetRefused('Only https:// addresses are called');
    if (url.username !== '' || url.password !== '')
      throw new TargetRefused('The address has a user name or password in it: check the signature instead');
    if (url.hash !== '') throw new TargetRefused('The part after # is never sent: leave it out');
    const host = hostOf(url);
    const isNamed = this.#allowed.hasHost(host);
    if (url.protocol === 'http:' && !isNamed)
      throw new TargetRefused(
        'Only https:// addresses are called, unless whoever runs Floorwatch names the host in WEBHOOK_ALLOWED_HOSTS',
      );
    if (isNamed) return url;
    refusePort(url);
    if (isIP(host) !== 0) this.#insistOn(host);
    else if (HOUSE_NAME.test(host))
      throw new TargetRefused(
        `"${host}" is a name of one machine or network: whoever runs Floorwatch can allow it with WEBHOOK_ALLOWED_HOSTS`,
      );
    return url;
  }

  /**
   * For sockets: looks a name up, and hands on only addresses that may be called. The socket connects to just these, so a name
   * that means another address a moment later gains nothing.
   */
  readonly lookup: LookupFunction = (host, options, callback) => {
    void this.#answer(host, options, callback);
  };

  async #answer(...[host, options, callback]: Parameters<LookupFunction>): Promise<void> {
    const family = familyOf(options.family ?? 0);
    try {
      const addresses = (await this.#addressesOf(host)).filter((one) => family === 0 || one.family === family);
      const [first] = addresses;
      if (first === undefined) callback(new TargetRefused(`"${host}" has no address`), []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), []);
    }
  }

  async #addressesOf(host: string): Promise<readonly LookupAddress[]> {
    const addresses = await this.#resolve(host);
    if (!this.#allowed.hasHost(withoutLastDot(host.toLowerCase())))
      for (const { address } of addresses) this.#insistOn(address);
    return addresses;
  }

  #insistOn(address: string): void {
    const refusal = this.#allowed.refusalOf(address);
    if (refusal !== null) throw new TargetRefused(refusal);
  }
}

const refusePort = ({ port }: URL): void => {
  const number = port === '' ? HTTPS_PORT : Number(port);
  const isFree = number >= FIRST_FREE_PORT && !OTHER_PROTOCOLS.has(number);
  if (number !== HTTPS_PORT && !isFree)
    throw new TargetRefused(`Port ${port} belongs to another service: use 443 or one from ${String(FIRST_FREE_PORT)}`);
};

const hostOf = ({ hostname }: URL): string => withoutLastDot(hostname.replace(/^\[(.*)\]$/, '$1'));

const withoutLastDot = (host: string): string => host.replace(/\.+$/, '');

const familyOf = (family: number | 'IPv4' | 'IPv6'): number => (family === 'IPv4' ? 4 : family === 'IPv6' ? 6 : family);
