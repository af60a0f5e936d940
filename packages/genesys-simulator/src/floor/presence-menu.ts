import type { PresenceDefinition, SystemPresence } from '../org/presence-definition.ts';
import type { Random } from '../time/random.ts';

export interface PresenceChange {
  readonly definition: PresenceDefinition;
  readonly message: string;
}

/** Definitions an agent may choose from, by system presence, the primary one first. */
export type PresenceMenu = ReadonlyMap<SystemPresence, readonly PresenceDefinition[]>;

const SECONDARY_SHARE = 0.4;
const MESSAGE_SHARE = 0.08;
const MESSAGES = [
  'back soon',
  'vuelvo enseguida',
  'with a customer upstairs',
  '10 min',
  'bin gleich zurück',
  'すぐ戻ります',
  '☕',
];

/** What the definitions of an organisation mean to one agent. */
export const makePresenceMenu = (definitions: readonly PresenceDefinition[], divisionId: string): PresenceMenu => {
  const menu = new Map<SystemPresence, PresenceDefinition[]>();
  for (const definition of definitions) {
    if (definition.deactivated || (definition.divisionId !== '*' && definition.divisionId !== divisionId)) continue;
    const choices = menu.get(definition.systemPresence);
    if (choices === undefined) menu.set(definition.systemPresence, [definition]);
    else choices.push(definition);
  }
  return menu;
};

/** Chooses a primary or secondary presence and, now and then, a message. */
export const choosePresence = (menu: PresenceMenu, presence: SystemPresence, random: Random): PresenceChange => {
  const choices = menu.get(presence) ?? [];
  const primary = choices[0];
  if (primary === undefined) throw new Error(`no definition for ${presence}`);
  const definition = choices.length > 1 && random.chance(SECONDARY_SHARE) ? random.pick(choices) : primary;
  const mayCarryMessage = presence !== 'On Queue' && presence !== 'Offline';
  return { definition, message: mayCarryMessage && random.chance(MESSAGE_SHARE) ? random.pick(MESSAGES) : '' };
};
