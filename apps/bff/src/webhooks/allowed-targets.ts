import ipaddr from 'ipaddr.js';

/** A network: an address, and how many of its bits are the network's. */
type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Metadata and control services that live at addresses which are public by their range: Azure's. */
const PUBLIC_BUT_INTERNAL: ReadonlySet<string> = new Set(['168.63.129.16']);

/** Where webhooks may go besides public addresses over https: what the operator of Floorwatch has named. */
export class AllowedTargets {
  readonly #hosts: ReadonlySet<string>;
  readonly #networks: readonly Network[];

  /**
   * @param words host names, addresses, and networks such as 10.1.0.0/16
   * @throws Error that names the word that is none of these
   */
  constructor(words: readonly string[]) {
    const networks: Network[] = [];
    const hosts = new Set<string>();
    for (const word of words) {
      const network = networkOf(word);
      if (network !== null) networks.push(network);
      else if (/^(?=.{1,253}$)[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(word) && !/^[\d.]+$/.test(word))
        hosts.add(word.toLowerCase());
      else throw new Error(`"${word}" is neither a host name nor an address nor a network such as 10.1.0.0/16`);
    }
    this.#hosts = hosts;
    this.#networks = networks;
  }

  /** Whether the operator has named it: a name, or an address by itself or its network. */
  hasHost(host: string): boolean {
    return this.#hosts.has(host) || this.hasAddress(host);
  }

  hasAddress(text: string): boolean {
    const address = addressOf(text);
    return address !== null && this.#networks.some((network) => isIn(address, network));
  }

  /**
   * Why nothing is sent to an address; null where something may be. Only addresses that are anybody's on the internet are
   * open: no list of forbidden ranges, for what is not on it would be open.
   */
  refusalOf(text: string): string | null {
    const address = addressOf(text);
    if (address === null) return `${text} is not an address`;
    if (this.#networks.some((network) => isIn(address, network))) return null;
    const range = address.range();
    const isPublic = range === 'unicast' && (address.kind() === 'ipv4' || isGlobalUnicast(address));
    if (isPublic && !PUBLIC_BUT_INTERNAL.has(address.toString())) return null;
    return `${address.toString()} is not a public address (${isPublic ? 'metadata service' : range}): whoever runs Floorwatch can allow it with WEBHOOK_ALLOWED_HOSTS`;
  }
}

/** IPv6 hands out addresses in 2000::/3 alone. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

const isGlobalUnicast = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean => address.match(GLOBAL_UNICAST);

/** An IPv4 address that is written as an IPv6 one is that IPv4 address; a zone (`fe80::1%eth0`) does not matter. */
const addressOf = (text: string): ipaddr.IPv4 | ipaddr.IPv6 | null => {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  const isPlain = ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare);
  return isPlain ? ipaddr.process(bare) : null;
};

const isIn = (address: ipaddr.IPv4 | ipaddr.IPv6, network: Network): boolean =>
  address.kind() === network[0].kind() && address.match(network);

const networkOf = (word: string): Network | null => {
  const address = addressOf(word);
  if (address !== null) return [address, address.kind() === 'ipv4' ? 32 : 128];
  return ipaddr.isValidCIDR(word) ? ipaddr.parseCIDR(word) : null;
};
