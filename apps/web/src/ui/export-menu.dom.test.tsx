import { MantineProvider } from '@mantine/core';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { until } from '../lib/until.fake.ts';
import { ExportMenu, type ExportRequest } from './export-menu.tsx';

interface Running extends ExportRequest {
  readonly finish: (result: { fileName: string; bytes: number; lines: number; rows: number | null }) => void;
  readonly fail: (error: Error) => void;
}

let root: Root;
let page: HTMLElement;
let running: Running[];

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  running = [];
  page = document.body.appendChild(document.createElement('div'));
  root = createRoot(page);
  const choice = {
    id: 'figures',
    label: 'Figures',
    run: (request: ExportRequest) =>
      new Promise<Parameters<Running['finish']>[0]>((finish, fail) => {
        running.push({ ...request, finish, fail });
        request.signal.addEventListener('abort', () => fail(new DOMException('ended', 'AbortError')));
      }),
  };
  await act(async () => {
    root.render(
      <MantineProvider env="test">
        <ExportMenu note="Everybody, today" choices={[choice]} />
      </MantineProvider>,
    );
    await Promise.resolve();
  });
  await press('Export');
  await untilOpen();
});

afterEach(() => {
  act(() => root.unmount());
  page.remove();
});

const button = (name: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent) === name,
  );
  if (found === undefined) throw new Error(`no button "${name}" in: ${document.body.textContent}`);
  return found;
};

/** What drops down is loaded when it is first wanted. */
const untilOpen = (): Promise<void> => until(() => void button('Figures as CSV'));

const press = (name: string): Promise<void> =>
  act(async () => {
    button(name).focus();
    button(name).click();
    await Promise.resolve();
  });

const lets = (happen: (one: Running) => void): Promise<void> =>
  act(async () => {
    const last = running.at(-1);
    if (last === undefined) throw new Error('nothing is being exported');
    happen(last);
    await Promise.resolve();
  });

const outcome = (): string => document.querySelector('.export__outcome')?.textContent ?? '';

test('says what is in the file, and how far it is', async () => {
  expect(document.body.textContent).toContain('Everybody, today');
  await press('Figures as CSV');
  expect(running[0]?.format).toBe('csv');
  await lets(({ onProgress }) => onProgress({ bytes: 1_230_000, lines: 12_000, rows: 36_000 }));
  expect(outcome()).toContain('Figures, CSV: 12,000 of 36,000 rows, 1.2 MB');
  await lets(({ finish }) => finish({ fileName: 'a.csv', bytes: 3_600_000, lines: 36_010, rows: 36_000 }));
  expect(outcome()).toBe('Saved as a.csv: 36,000 rows, 3.6 MB.');
});

test('one file at a time, and the keyboard keeps its place meanwhile', async () => {
  await press('Figures as CSV');
  await press('Figures as JSON');
  expect(running).toHaveLength(1);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Figures as JSON');
});

test('can be ended, and then started again', async () => {
  await press('Figures as CSV');
  await press('Cancel');
  expect(running[0]?.signal.aborted).toBe(true);
  expect(outcome()).toBe('');
  await press('Figures as JSON');
  await lets(({ finish }) => finish({ fileName: 'a.json', bytes: 400, lines: 3, rows: null }));
  expect(outcome()).toBe('Saved as a.json: 400 B.');
});

test('says why it failed', async () => {
  await press('Figures as CSV');
  await lets(({ fail }) => fail(new Error('The database does not answer.')));
  expect(outcome()).toBe('The database does not answer. Choose again to try once more.');
  expect(document.querySelector('.export__outcome')?.getAttribute('role')).toBe('alert');
});

test('ends with the page it is of', async () => {
  await press('Figures as CSV');
  await act(async () => {
    root.render(null);
    await Promise.resolve();
  });
  expect(running[0]?.signal.aborted).toBe(true);
});

test('opens and closes with the keyboard, which then stands on the button again', async () => {
  await until(() => expect(document.activeElement?.closest('[role="dialog"]')).not.toBeNull());
  expect(button('Export').getAttribute('aria-expanded')).toBe('true');
  await act(async () => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await Promise.resolve();
  });
  await until(() => expect(document.activeElement).toBe(button('Export')));
  expect(document.querySelector('[role="dialog"]')).toBeNull();
});
