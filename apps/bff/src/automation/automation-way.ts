import type { AgentId, WantedPresence } from '@floorwatch/domain';
import type { Asker, ChangeWay } from '../presence-change/change-order.ts';
import type { ChangePreview } from '../presence-change/change-preview.ts';

/** The one way to a change of presence, as automation goes it. */
export interface AutomationWay extends ChangeWay {
  /** What changes would meet, for at most 100 agents. @throws GenesysError where the platform cannot be asked */
  previews(asker: Asker, agentIds: readonly AgentId[], wanted: WantedPresence): Promise<readonly ChangePreview[]>;
}
