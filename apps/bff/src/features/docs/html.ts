/** A piece of a page, safe to be put into another. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | Html | readonly Html[];

/** A template whose parts are made harmless, but for pieces that were made by it. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.map((text, index) => text + textOf(parts[index] ?? '')).join(''));

/** Text that is right as it stands. */
export const raw = (text: string): Html => new Html(text);

export const code = (text: string): Html => html`<code>${text}</code>`;

/** A sentence whose words between backticks are code. */
export const prose = (text: string): Html =>
  html`${text.split('`').map((part, index) => (index % 2 === 0 ? html`${part}` : code(part)))}`;

/** An example as it goes over the line; objects are laid out for reading. A long one can be scrolled with the keyboard. */
export const example = (value: unknown, label: string): Html =>
  html`<pre
    tabindex="0"
    role="region"
    aria-label="${label}"
  ><code>${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</code></pre>`;

const textOf = (part: Part): string => {
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escape(part);
  return part.map(({ text }) => text).join('');
};

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ESCAPED[sign] ?? sign);
