import { createConfig, lintFromString } from '@redocly/openapi-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readAccessTable } from '../../scopes/access-table.fake.ts';
import { DividedFloor } from '../../scopes/divided-floor.fake.ts';
import { Browser, closeTheStore, SET_UP_MS } from '../../sessions/signed-in-floor.fake.ts';
import type { OpenApiDocument } from './open-api.ts';
import { OPERATIONS } from './operations.ts';

let floor: DividedFloor;
let document: OpenApiDocument;
let page = '';

beforeAll(async () => {
  floor = await DividedFloor.open();
  const browser = new Browser(floor);
  document = JSON.parse((await browser.get('/api/docs/openapi.json')).text) as OpenApiDocument;
  page = (await browser.get('/api/docs')).text;
}, SET_UP_MS);

afterAll(async () => {
  await floor.close();
  await closeTheStore();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      operation,
    })),
  );

/** What a linter says; the rules are those it recommends. */
const complaintsAbout = async (text: string): Promise<string[]> => {
  const config = await createConfig({
    extends: ['recommended'],
    rules: {
      // A redirect and a socket have none.
      'operation-2xx-response': 'off',
      // Ids are UUIDs: `bulk` is none.
      'no-ambiguous-paths': 'off',
      'no-invalid-media-type-examples': 'error',
      'no-invalid-parameter-examples': 'error',
      'no-invalid-schema-examples': 'error',
      'operation-description': 'error',
      'parameter-description': 'error',
      'operation-operationId': 'error',
      'tag-description': 'error',
      'no-unused-components': 'error',
    },
  });
  const problems = await lintFromString({ source: text, config });
  return problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`);
};

it('every route of the server is described, and nothing else is', () => {
  const routes = readAccessTable()
    .map(({ what }) => what)
    .filter((what) => what.includes('/'));
  expect(
    operations()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual([...new Set(routes)].toSorted());
  expect(Object.keys(OPERATIONS).toSorted(), 'apps/bff/src/features/docs/operations').toEqual(
    [...new Set(routes)].toSorted(),
  );
});

it('the description is without fault to a linter, and its examples fit their schemas', async () => {
  expect(await complaintsAbout(JSON.stringify(document))).toEqual([]);
}, 60_000);

it('an example that does not fit is found', async () => {
  const text = JSON.stringify(document);
  const complaints = await complaintsAbout(text.replace('"source":"live","asOf"', '"source":"hearsay","asOf"'));
  expect(complaints.join('\n')).toContain('no-invalid-media-type-examples');
}, 60_000);

it('every operation has an example of its answer, of its body, and of what its path needs', () => {
  const lacking = operations().flatMap(({ name, operation }) => {
    const { parameters, requestBody, responses } = operation;
    const [answer] = Object.values(responses);
    const contents = Object.values({ ...requestBody?.content, ...answer?.content });
    const isComplete =
      parameters.filter(({ required }) => required).every(({ example }) => example !== undefined) &&
      (contents.length === 0 || contents.some(({ example }) => example !== undefined)) &&
      (requestBody === undefined || requestBody.content['application/json']?.example !== undefined);
    return isComplete ? [] : [name];
  });
  expect(lacking).toEqual([]);
});

it('each operation says what it takes to be let in', () => {
  const securityOf = (name: string) => operations().find((one) => one.name === name)?.operation.security;
  expect(securityOf('GET /api/feed/transitions')).toEqual([{ apiKey: [] }]);
  expect(securityOf('GET /api/agents')).toEqual([{ session: [] }]);
  expect(securityOf('GET /healthz')).toEqual([]);
});

it('the page tells of every operation, and takes nothing from elsewhere', () => {
  for (const { operation } of operations()) {
    expect(page).toContain(`id="${operation.operationId}"`);
    expect(page).toContain(`href="#${operation.operationId}"`);
  }
  expect(page).not.toMatch(/<script|<link|<img|@import|src=|href="http/);
  expect(page).not.toMatch(/undefined|\[object/);
});
