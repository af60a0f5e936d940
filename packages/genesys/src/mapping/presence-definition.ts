import {
  divisionId,
  presenceDefinitionId,
  type DivisionId,
  type PresenceDefinitionId,
  type SystemPresence,
} from '@floorwatch/domain';
import type { OrganizationPresenceDefinition } from '../wire/organization-presence-definition.ts';
import { toSystemPresence } from './presence.ts';

/** A primary presence, or an organisation's own (secondary) one. */
export interface PresenceDefinition {
  readonly id: PresenceDefinitionId;
  /** The organisation's word for it: the English label, else any label, else the platform's name. */
  readonly label: string;
  /** Labels by locale, as the platform spells locales (`en_US`, `pt_BR`). */
  readonly labels: Readonly<Record<string, string>>;
  readonly system: SystemPresence;
  /** One of the platform's ten, as against a secondary one. */
  readonly isPrimary: boolean;
  readonly isActive: boolean;
  /** Division it is limited to; null where every division may use it. */
  readonly divisionId: DivisionId | null;
}

/** Null for a definition of a system presence that we do not know. */
export const toPresenceDefinition = (wire: OrganizationPresenceDefinition): PresenceDefinition | null => {
  const system = toSystemPresence(wire.systemPresence);
  if (system === null) return null;
  const labels = wire.languageLabels ?? {};
  return {
    id: presenceDefinitionId(wire.id),
    label: labels['en_US'] ?? labels['en'] ?? Object.values(labels)[0] ?? wire.name ?? wire.systemPresence,
    labels,
    system,
    isPrimary: wire.type?.toLowerCase() === 'system',
    isActive: wire.deactivated !== true,
    divisionId: wire.divisionId && wire.divisionId !== '*' ? divisionId(wire.divisionId) : null,
  };
};
