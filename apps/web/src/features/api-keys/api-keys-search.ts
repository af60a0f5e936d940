/** What the address of the page says. */
export interface ApiKeysSearch {
  /** Keys that open nothing any more are shown too. */
  readonly keys?: 'all';
}

export const readApiKeysSearch = ({ keys }: Readonly<Record<string, unknown>>): ApiKeysSearch =>
  keys === 'all' ? { keys } : {};
