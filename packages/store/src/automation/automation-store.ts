import type { Database } from '../engine/database.ts';
import { AutomationTable } from './automation-table.ts';
import { RunTable } from './run-table.ts';
import { SuggestionTable } from './suggestion-table.ts';

/** Everything that is kept of automation. */
export class AutomationStore {
  readonly rules: AutomationTable;
  readonly runs: RunTable;
  readonly suggestions: SuggestionTable;

  constructor(database: Database) {
    this.rules = new AutomationTable(database);
    this.runs = new RunTable(database);
    this.suggestions = new SuggestionTable(database);
  }
}
