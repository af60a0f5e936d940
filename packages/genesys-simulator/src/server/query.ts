import { PlatformError } from './platform-error.ts';

/** The query string of a call, read with the platform's own complaints (API §3.2). */
export class Query {
  readonly #params: URLSearchParams;

  constructor(params: URLSearchParams) {
    this.#params = params;
  }

  text(name: string): string | null {
    return this.#params.get(name);
  }

  /** Repeated parameters; commas separate as well (API §4.5). */
  list(name: string): string[] {
    return this.#params
      .getAll(name)
      .flatMap((value) => value.split(','))
      .map((value) => value.trim())
      .filter((value) => value !== '');
  }

  whole(name: string, { fallback, min, max }: { fallback: number; min: number; max: number }): number {
    const text = this.#params.get(name);
    if (text === null) return fallback;
    const value = Number(text);
    if (text !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw invalidParameter({ name, value: text, allowed: `${min} to ${max}` });
  }

  choice<Choice extends string>(name: string, allowed: readonly Choice[]): Choice | null {
    const text = this.#params.get(name);
    if (text === null) return null;
    const found = allowed.find((choice) => choice.toLowerCase() === text.toLowerCase());
    if (found !== undefined) return found;
    throw invalidParameter({ name, value: text, allowed: allowed.join(', ') });
  }

  choices<Choice extends string>(name: string, allowed: readonly Choice[]): Choice[] {
    return this.list(name).map((value) => {
      const found = allowed.find((choice) => choice === value);
      if (found !== undefined) return found;
      throw invalidParameter({ name, value, allowed: allowed.join(', ') });
    });
  }

  flag(name: string): boolean | null {
    const choice = this.choice(name, ['true', 'false']);
    return choice === null ? null : choice === 'true';
  }

  /** The query of another page of the same list: everything but the page number. */
  forPage(pageNumber: number): string {
    return this.with({ pageNumber: String(pageNumber) });
  }

  /** The query with some parameters replaced; null takes one out. */
  with(changes: Readonly<Record<string, string | null>>): string {
    const params = new URLSearchParams(this.#params);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) params.delete(name);
      else params.set(name, value);
    }
    return params.toString();
  }
}

const invalidParameter = ({ name, value, allowed }: { name: string; value: string; allowed: string }): PlatformError =>
  new PlatformError({
    status: 400,
    code: 'invalid.query.param.value',
    message: 'Value [{value}] is not valid for parameter [{name}]. Allowable values are: {allowed}',
    params: { value, name, allowed },
  });
