import { code, example, html, prose, raw, type Html } from './html.ts';
import type { JsonSchema } from './json-schema.ts';
import type { OpenApiDocument, Operation } from './open-api.ts';
import { schemaWords, shapeOf } from './shape.ts';
import { DOCS_STYLE } from './docs-style.ts';

/** The description as a page: no script, nothing from elsewhere, readable on paper and on a phone. */
export const docsPageOf = (document: OpenApiDocument): string => {
  const { title, version, description } = document.info;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const ofTag = (tag: string): Listed[] => operations.filter(({ operation }) => operation.tags.includes(tag));
  const tags = document.tags.filter(({ name }) => ofTag(name).length > 0);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} API</title>
        <style>
          ${raw(DOCS_STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#operations">To the operations</a>
        <header>
          <h1>${title} API <small>${version}</small></h1>
          <p>${String(description)}</p>
          <p>
            For programs: <a href="/api/docs/openapi.json">openapi.json</a> (OpenAPI ${document.openapi}). Back to
            <a href="/">the wall</a>.
          </p>
        </header>
        <nav aria-label="Operations">
          ${tags.map(
            ({ name }) =>
              html`<h2>${name}</h2>
                <ul>
                  ${ofTag(name).map(
                    ({ operation, method, path }) =>
                      html`<li><a href="#${operation.operationId}">${badge(method)} ${path}</a></li>`,
                  )}
                </ul>`,
          )}
        </nav>
        <main id="operations">
          ${tags.map(
            ({ name, description: words }) =>
              html`<section aria-labelledby="tag-${name}">
                <h2 id="tag-${name}">${name}</h2>
                <p>${prose(words)}</p>
                ${ofTag(name).map(operationOf)}
              </section>`,
          )}
        </main>
      </body>
    </html>`.text;
};

interface Listed {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

const badge = (method: string): Html => html`<span class="method ${method.toLowerCase()}">${method}</span>`;

const operationOf = ({ path, method, operation }: Listed): Html =>
  html`<article id="${operation.operationId}" aria-labelledby="${operation.operationId}-title">
    <h3 id="${operation.operationId}-title">${operation.summary}</h3>
    <p class="address">${badge(method)} ${code(path)}</p>
    <p>${prose(operation.description)}</p>
    ${operation.parameters.length > 0 ? parametersOf(operation) : html``}
    ${contentsOf(operation.requestBody?.content, 'Body')}
    ${Object.entries(operation.responses)
      .filter(([status]) => !status.endsWith('XX'))
      .map(
        ([status, response]) =>
          html`<h4>${status}</h4>
            <p>${response.description}.</p>
            ${contentsOf(response.content, 'Answer')}`,
      )}
  </article>`;

const parametersOf = ({ parameters }: Operation): Html =>
  html`<div class="wide" tabindex="0" role="region" aria-label="Parameters">
    <table>
      <thead>
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col">In</th>
          <th scope="col">Value</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        ${parameters.map(
          ({ name, in: place, required, schema, description }) =>
            html`<tr>
              <th scope="row">${code(name)}</th>
              <td>${place}${required ? ', required' : ''}</td>
              <td>${schemaWords(schema)}</td>
              <td>${prose(description)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

type Contents = Readonly<Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>>;

const contentsOf = (contents: Contents | undefined, title: string): Html =>
  html`${Object.entries(contents ?? {}).map(
    ([type, content]) =>
      html`<h5>${title} as ${code(type)}</h5>
        ${content.example === undefined ? html`` : example(content.example, `Example: ${type}`)}
        ${
          content.schema.properties === undefined
            ? html``
            : html`<details>
                <summary>Every field</summary>
                ${shapeOf(content.schema)}
              </details>`
        }`,
  )}`;
