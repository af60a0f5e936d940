import type { Browser } from '../sessions/signed-in-floor.fake.ts';
import { systemClock } from '../system-clock.ts';
import type { SomeAgent } from './divided-floor.fake.ts';

const HOUR_MS = 3_600_000;

/**
 * Asks for all that the pages ask for; for agents by id only where they are the viewer's own.
 * @param onAnswer called after each answer
 * @returns what was not answered with 200
 */
export const askEverything = async (
  browser: Browser,
  own: readonly SomeAgent[],
  onAnswer: () => void = () => undefined,
): Promise<string[]> => {
  const now = systemClock.now();
  const range = `from=${new Date(now - HOUR_MS).toISOString()}&to=${new Date(now + HOUR_MS).toISOString()}`;
  const [agent] = own;
  const of = `/api/agents/${agent?.id ?? ''}`;
  const paths = [
    '/api/session',
    '/api/agents',
    '/api/presence-definitions',
    '/api/floor-health',
    `/api/availability?${range}&limit=500`,
    `/api/availability/export?${range}`,
    of,
    `${of}/presence`,
    `${of}/routing-status`,
    `${of}/history?${range}`,
    `${of}/history/export?${range}&format=json`,
    `${of}/transitions/export?${range}`,
    `${of}/availability?${range}`,
    `${of}/availability/export?${range}`,
    `${of}/comparison?day=${new Date(now).toISOString().slice(0, 10)}`,
    '/api/presence-changes',
    '/api/presence-changes/bulk',
    '/api/presence-holds',
    '/api/automations',
    '/api/suggestions',
    '/api/audit',
    '/api/audit/export',
    '/api/audit/verify',
    '/api/docs',
    '/api/docs/openapi.json',
    '/healthz',
    '/readyz',
    '/metrics',
  ];
  const statuses: string[] = [];
  const note = (what: string, status: number): void => {
    statuses.push(`${what} ${String(status)}`);
    onAnswer();
  };
  for (const path of paths) note(path.split('?')[0] ?? '', (await browser.get(path)).status);
  for (const format of ['csv', 'json'])
    note('/api/agents/export', (await browser.write('/api/agents/export', { format })).status);
  return statuses.filter((line) => !line.endsWith(' 200'));
};
