import { readPageSearch, textIn, type PageSearch } from '../../lib/page-search.ts';

/** The automation page, as it stands in the address. */
export interface AutomationSearch extends PageSearch {
  /** Whose run log stands open: an id. */
  readonly log?: string;
  /** Of that log, the run whose agents are shown. */
  readonly run?: string;
  /** What is being edited: an id, or `new`. */
  readonly edit?: string;
}

/** Reads the page from an address. What makes no sense is left out. */
export const readAutomationSearch = (raw: Readonly<Record<string, unknown>>): AutomationSearch => {
  const [log, run, edit] = [textIn(raw['log']), textIn(raw['run']), textIn(raw['edit'])];
  return {
    ...readPageSearch(raw),
    ...(log !== '' && { log }),
    ...(log !== '' && run !== '' && { run }),
    ...(edit !== '' && { edit }),
  };
};
