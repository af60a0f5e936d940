import { readdirSync, readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { WatchedFloor } from '../../faults/watched-floor.fake.ts';

const FOLDER = new URL('../../../../../docs/operations/', import.meta.url);

/** What Prometheus itself adds of every target. */
const ITS_OWN = ['up'];

/** Takes the place of Grafana's variable: any length will do to see whether the words are right. */
const INTERVAL = '5m';

const alertsFile = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          annotations: z.object({ summary: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
});

const dashboardFile = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) })),
});

const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

const rules = alertsFile.parse(parse(read('alerts.yml'))).groups.flatMap((group) => group.rules);
const { panels } = dashboardFile.parse(JSON.parse(read('grafana-dashboard.json')));

/** Metrics an expression names. @throws Error where it is not PromQL */
const metricsIn = (expression: string): string[] => {
  const text = expression.replaceAll('$__rate_interval', INTERVAL);
  const names: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw new Error(`not PromQL at ${String(from)}: ${text}`);
      if (type.name === 'Identifier') names.push(text.slice(from, to));
    },
  });
  return names;
};

let served: ReadonlySet<string>;
let floor: WatchedFloor;

beforeAll(async () => {
  floor = await WatchedFloor.open({ agents: 20 });
  const { payload } = await floor.app.inject('/metrics');
  const samples = payload.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const named = payload.matchAll(/^# TYPE (\S+) (\S+)$/gm);
  const histograms = [...named].flatMap(([, name = '', type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
  served = new Set([...ITS_OWN, ...histograms, ...samples.map((line) => line.split(/[{ ]/)[0] ?? '')]);
});

afterAll(() => floor.close());

describe('the rules for alerts', () => {
  test.each(rules.map(({ alert, expr }) => [alert, expr]))('%s asks for figures that there are', (_alert, expr) => {
    const names = metricsIn(expr);
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !served.has(name))).toEqual([]);
  });

  test('each has a page that names its rule, and there is no page without one', () => {
    const pages = readdirSync(new URL('runbooks/', FOLDER)).map((name) => name.replace('.md', ''));
    expect(pages.toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted());
    for (const { alert, expr, annotations } of rules) {
      expect(annotations.runbook).toBe(`docs/operations/runbooks/${alert}.md`);
      expect(read(`runbooks/${alert}.md`)).toContain(`\`${expr}\``);
    }
  });
});

describe('the dashboard', () => {
  test.each(panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr])))(
    '"%s" shows figures that there are: %s',
    (_title, expr) => {
      const names = metricsIn(expr);
      expect(names).not.toEqual([]);
      expect(names.filter((name) => !served.has(name))).toEqual([]);
    },
  );

  test('every figure of Floorwatch stands on it', () => {
    const shown = new Set(panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr))));
    const family = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');
    const families = new Set([...shown].map(family));
    const ours = [...served].filter((name) => name.startsWith('floorwatch_')).map(family);
    expect([...new Set(ours)].filter((name) => !families.has(name))).toEqual([]);
  });
});
