import type { PresenceDefinition } from '@floorwatch/contracts';
import {
  covers,
  scopeOf,
  type AgentId,
  type AgentRow,
  type Board,
  type Right,
  type SystemPresence,
  type WantedPresence,
  type WantedWords,
} from '@floorwatch/domain';
import type { DirectoryNames } from '../ingest/directory.ts';
import { agentNotFound, ApiError } from '../plugins/api-error.ts';
import type { Asker } from './change-order.ts';
import type { ChangeObstacle } from './change-preview.ts';
import { Refusal } from './refusal.ts';

export interface ChangeRulesOptions {
  readonly board: Board;
  readonly names: () => DirectoryNames;
  /** The permissions of the platform that make a right, for the message. */
  readonly permissionsOf: Readonly<Record<Right, readonly string[]>>;
}

type DefinitionObstacle = Extract<ChangeObstacle, `definition-${string}`>;

/** What can be said of a change before the platform is asked: who may, and which presence there is. */
export class ChangeRules {
  readonly #options: ChangeRulesOptions;

  constructor(options: ChangeRulesOptions) {
    this.#options = options;
  }

  /**
   * The agent, as far as the asker may see that there is one.
   * @throws ApiError 404
   */
  agent({ viewer }: Asker, id: AgentId): AgentRow {
    const row = this.#options.board.rowOf(id);
    if (row === null || (viewer !== null && !covers(scopeOf(viewer, 'see-floor'), row.profile.divisionId)))
      throw agentNotFound(id);
    return row;
  }

  /** Floorwatch's own ways were allowed when somebody set them up; those people's limits are the ways' to keep. */
  mayChange({ viewer }: Asker, row: AgentRow): boolean {
    return viewer === null || covers(scopeOf(viewer, 'change-presence'), row.profile.divisionId);
  }

  mayOverride({ viewer }: Asker, row: AgentRow): boolean {
    return viewer !== null && covers(scopeOf(viewer, 'override-verdict'), row.profile.divisionId);
  }

  /** @throws Refusal */
  insistOn(right: 'change-presence' | 'override-verdict', asker: Asker, row: AgentRow): void {
    if (right === 'change-presence' ? this.mayChange(asker, row) : this.mayOverride(asker, row)) return;
    const permissions = this.#options.permissionsOf[right].join(' and ');
    throw new Refusal(
      'not-allowed',
      `Your role in Genesys Cloud does not allow this in the agent’s division: it takes ${permissions}`,
    );
  }

  /** @throws ApiError 503 before the definitions were read; Refusal for one that cannot be used */
  wanted({ definitionId, message }: WantedPresence, row: AgentRow): WantedWords {
    const found = this.find(definitionId, row);
    if (typeof found !== 'string') return { definitionId, label: found.label, system: found.system, message };
    throw new Refusal('change-impossible', `definitionId: ${DEFINITION_WORDS[found]}`);
  }

  /** What is asked for, whoever it is for. @throws ApiError 503 before the definitions were read; Refusal */
  wantedOf({ definitionId, message }: WantedPresence): WantedWords {
    const found = this.#definition(definitionId);
    if (typeof found !== 'string') return { definitionId, label: found.label, system: found.system, message };
    throw new Refusal('change-impossible', `definitionId: ${DEFINITION_WORDS[found]}`);
  }

  /** The definition, or why it cannot be used for this agent. */
  find(definitionId: string, { profile }: AgentRow): PresenceDefinition | DefinitionObstacle {
    const found = this.#definition(definitionId);
    if (typeof found === 'string') return found;
    const { divisionId } = found;
    return divisionId === null || divisionId === profile.divisionId ? found : 'definition-of-other-division';
  }

  #definition(definitionId: string): PresenceDefinition | Exclude<DefinitionObstacle, 'definition-of-other-division'> {
    const { revision, presenceDefinitions } = this.#options.names();
    if (revision === 0)
      throw new ApiError(
        503,
        'not-ready',
        'The presences have not been read from Genesys Cloud yet: try again in a moment',
      );
    const definition = presenceDefinitions.find(({ id }) => id === definitionId);
    if (definition === undefined) return 'definition-unknown';
    return definition.isActive ? definition : 'definition-inactive';
  }

  /** What a definition stands for; null for one that is not known. */
  systemOf(definitionId: string): SystemPresence | null {
    return this.#options.names().presenceDefinitions.find(({ id }) => id === definitionId)?.system ?? null;
  }

  /** The organisation's word for a definition; the platform's own where it has none. */
  labelOf(definitionId: string | null, system: string): string {
    return this.#options.names().presenceDefinitions.find(({ id }) => id === definitionId)?.label ?? system;
  }
}

const DEFINITION_WORDS: Readonly<Record<DefinitionObstacle, string>> = {
  'definition-unknown': 'there is no presence with this id in the organisation',
  'definition-inactive': 'this presence has been deactivated in Genesys Cloud: choose another one',
  'definition-of-other-division': 'this presence is limited to another division than the agent’s: choose another one',
};
