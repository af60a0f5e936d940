/** The platform's regions: the SDK's key and the domain of each (API §1, the complete list). */
const DOMAINS: Readonly<Record<string, string>> = {
  us_east_1: 'mypurecloud.com',
  us_east_2: 'use2.us-gov-pure.cloud',
  us_west_2: 'usw2.pure.cloud',
  ca_central_1: 'cac1.pure.cloud',
  sa_east_1: 'sae1.pure.cloud',
  mx_central_1: 'mxc1.pure.cloud',
  eu_west_1: 'mypurecloud.ie',
  eu_west_2: 'euw2.pure.cloud',
  eu_central_1: 'mypurecloud.de',
  eu_central_2: 'euc2.pure.cloud',
  eusc_de_east_1: 'edee1.eusc-pure.cloud',
  me_central_1: 'mec1.pure.cloud',
  ap_south_1: 'aps1.pure.cloud',
  ap_southeast_1: 'apse1.pure.cloud',
  ap_southeast_2: 'mypurecloud.com.au',
  ap_northeast_1: 'mypurecloud.jp',
  ap_northeast_2: 'apne2.pure.cloud',
  ap_northeast_3: 'apne3.pure.cloud',
};

/** Origins (scheme, host, port; no path) of the two services that every call goes to. */
export interface RegionHosts {
  readonly loginUrl: string;
  readonly apiUrl: string;
}

/**
 * The hosts of a region.
 *
 * @param region a domain (`mypurecloud.de`, also as `https://api.mypurecloud.de`), an SDK key (`eu_central_1`),
 *   or the `http://host:port` of a simulator, which serves both on one origin
 * @throws RangeError naming the known regions
 */
export const regionHosts = (region: string): RegionHosts => {
  const wanted = region.trim().toLowerCase();
  const domain = knownDomain(wanted);
  if (domain !== null) return { loginUrl: `https://login.${domain}`, apiUrl: `https://api.${domain}` };
  const origin = simulatorOrigin(wanted);
  if (origin !== null) return { loginUrl: origin, apiUrl: origin };
  const known = Object.entries(DOMAINS).map(([key, name]) => `${name} (${key})`);
  throw new RangeError(
    `"${region}" is not a Genesys Cloud region. Use one of: ${known.join(', ')}; or http://host:port of a simulator.`,
  );
};

const knownDomain = (wanted: string): string | null => {
  const byKey = DOMAINS[wanted.replaceAll('-', '_')];
  if (byKey !== undefined) return byKey;
  const bare = wanted
    .replace(/^https?:\/\//, '')
    .replace(/^(api|login|apps)\./, '')
    .replace(/\/+$/, '');
  return Object.values(DOMAINS).includes(bare) ? bare : null;
};

const simulatorOrigin = (wanted: string): string | null => {
  if (!wanted.startsWith('http://') || !URL.canParse(wanted)) return null;
  const { origin, pathname, search, username } = new URL(wanted);
  return pathname === '/' && search === '' && username === '' ? origin : null;
};
