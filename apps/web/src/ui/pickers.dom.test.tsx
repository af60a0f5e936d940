import { MantineProvider } from '@mantine/core';
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RangePicker, type RangePickerProps } from './range-picker.tsx';
import { ZonePicker } from './zone-picker.tsx';

let root: Root;
let page: HTMLElement;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  page = document.body.appendChild(document.createElement('div'));
  root = createRoot(page);
});

afterEach(() => {
  act(() => root.unmount());
  page.remove();
});

const show = (content: ReactNode): Promise<void> =>
  act(async () => {
    root.render(<MantineProvider env="test">{content}</MantineProvider>);
    await Promise.resolve();
  });

const find = (label: string): HTMLInputElement => {
  const found = document.querySelector(`input[aria-label="${label}"]`);
  if (!(found instanceof HTMLInputElement)) throw new Error(`no field "${label}"`);
  return found;
};

const press = (field: Element, key: string): void =>
  act(() => void field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));

/** What the browser does when a field takes another value. */
const put = (field: HTMLInputElement, value: string): void =>
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });

describe('the range', () => {
  const told = vi.fn<(what: string) => void>();
  const props: RangePickerProps = {
    kind: 'day',
    words: 'Wed 12 Aug 2026',
    day: '2026-08-12',
    from: '',
    to: '',
    today: '2026-08-15',
    isCurrent: false,
    problemOf: (from, to) => (to > from ? null : 'The end must be later than the start.'),
    onKind: (kind) => told(kind),
    onStep: (steps) => told(String(steps)),
    onToday: () => told('today'),
    onDay: (day) => told(day),
    onCustom: (from, to) => told(`${from} – ${to}`),
  };

  beforeEach(() => told.mockClear());

  test('a day that is picked counts at once', async () => {
    await show(<RangePicker {...props} />);
    put(find('Day'), '2026-08-10');
    expect(told).toHaveBeenCalledWith('2026-08-10');
  });

  test('a day that is typed counts once Enter is pressed', async () => {
    await show(<RangePicker {...props} />);
    press(find('Day'), '1');
    put(find('Day'), '2026-08-01');
    expect(told).not.toHaveBeenCalled();
    press(find('Day'), '0');
    put(find('Day'), '2026-08-10');
    press(find('Day'), 'Enter');
    expect(told.mock.calls).toEqual([['2026-08-10']]);
  });

  test('a day that is still to come is marked as wrong, and never asked for', async () => {
    await show(<RangePicker {...props} />);
    put(find('Day'), '2026-08-16');
    expect(find('Day').getAttribute('aria-invalid')).toBe('true');
    press(find('Day'), 'Enter');
    expect(find('Day').value).toBe('2026-08-12');
    expect(told).not.toHaveBeenCalled();
  });

  test('there is nothing after what has today in it', async () => {
    await show(<RangePicker {...props} isCurrent />);
    const button = (name: string) => page.querySelector(`button[aria-label="${name}"]`);
    expect(button('Next day')?.hasAttribute('disabled')).toBe(true);
    expect(button('Previous day')?.hasAttribute('disabled')).toBe(false);
  });

  test('from and to of one’s own are taken together, and what is wrong with them is said', async () => {
    await show(<RangePicker {...props} kind="custom" from="2026-08-12T22:00" to="2026-08-13T06:00" />);
    put(find('To'), '2026-08-12T06:00');
    expect(page.querySelector('[role="alert"]')?.textContent).toBe('The end must be later than the start.');
    put(find('To'), '2026-08-13T07:30');
    act(() => page.querySelector('form')?.requestSubmit());
    expect(told.mock.calls).toEqual([['2026-08-12T22:00 – 2026-08-13T07:30']]);
  });
});

describe('the zone', () => {
  test('is found by part of its name and chosen with the keyboard alone', async () => {
    const chosen = vi.fn<(zone: string) => void>();
    await show(
      <ZonePicker
        zone="Europe/Berlin"
        words="Europe/Berlin, UTC+2"
        own="Europe/Berlin"
        offsetOf={() => 'UTC'}
        onChange={chosen}
      />,
    );
    await act(async () => {
      page.querySelector('button')?.click();
      await Promise.resolve();
    });
    const search = find('Search time zones');
    put(search, 'new york');
    const options = [...document.querySelectorAll('[role="option"]')].map(({ textContent }) => textContent);
    expect(options).toEqual(['America/New YorkUTC']);
    put(search, 'america');
    press(search, 'ArrowDown');
    expect(search.getAttribute('aria-activedescendant')).toBe(
      document.querySelector('[role="option"][data-current]')?.id,
    );
    const second = document.querySelectorAll('[role="option"]')[1]?.querySelector('.picker__name')?.textContent;
    press(search, 'Enter');
    expect(chosen.mock.calls).toEqual([[second?.replaceAll(' ', '_')]]);
  });
});
