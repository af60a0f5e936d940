import type { ApiKeyView } from '@floorwatch/contracts';
import type { ApiKeyScope, ApiKeyState } from '@floorwatch/domain';

export const SCOPE_WORD: Readonly<Record<ApiKeyScope, string>> = {
  'feed:transitions': 'Feed of transitions',
  'feed:windows': 'Feed of availability windows',
  'automations:trigger': 'Start automations',
};

export const SCOPE_MEANING: Readonly<Record<ApiKeyScope, string>> = {
  'feed:transitions': 'Every recorded change of presence, routing status and work',
  'feed:windows': 'Five minutes of an agent, added up, when they are over',
  'automations:trigger': 'Starts an automation that waits for a call from outside',
};

export const STATE_WORD: Readonly<Record<ApiKeyState, string>> = {
  active: 'Active',
  expired: 'Expired',
  revoked: 'Revoked',
};

export const divisionWords = ({ divisions }: Pick<ApiKeyView, 'divisions'>): string =>
  divisions === 'all' ? 'Every division' : divisions.map(({ name }) => name).join(', ');
