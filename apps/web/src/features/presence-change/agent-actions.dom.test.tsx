import { getSession } from '@floorwatch/contracts';
import { divisionId } from '@floorwatch/domain';
import { act } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sessionQuery } from '../../live/session-query.ts';
import { usePresenceDesk } from '../../live/presence-desk.ts';
import { AgentActions } from './agent-actions.tsx';
import { ChangeStage } from './change-stage.fake.tsx';

let stage: ChangeStage;

const signInWith = (rights: Readonly<Record<string, readonly string[]>>) =>
  stage.queries.setQueryData(
    sessionQuery.queryKey,
    getSession.reply.parse({
      person: { userId: 'tom', name: 'Tom Ray', role: 'teamLead' },
      rights,
      missing: [],
      divisionsSeen: 'all',
      endsAt: null,
      idlesAt: null,
      csrfToken: 'x',
    }),
  );

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  stage = new ChangeStage();
  stage.instead = ({ path }) => (path.endsWith('/session') ? new Promise(() => {}) : null); // known already
  stage.floor.put('Ana', { presence: 'onQueue', routing: 'notResponding', at: stage.now, division: 'north' });
  stage.open();
});

afterEach(() => stage.close());

test('whoever may change the agent finds how, and the reset where it is due', async () => {
  signInWith({ 'change-presence': ['north'] });
  usePresenceDesk.setState({ scope: new Set([divisionId('north')]) });
  await stage.showTask(<AgentActions agentId="id-Ana" />);
  const buttons = [...stage.page.querySelectorAll('button')];
  expect(buttons.map(({ textContent }) => textContent)).toEqual(['Reset Not Responding', 'Change presence']);
  for (const [index, kind] of ['reset', 'change'].entries()) {
    await act(async () => {
      buttons[index]?.click();
      await Promise.resolve();
    });
    expect(usePresenceDesk.getState().task).toEqual({ kind, agentId: 'id-Ana' });
  }
});

test('whoever may change others only is told which permission it takes, and where', async () => {
  signInWith({ 'change-presence': ['south'] });
  usePresenceDesk.setState({ scope: new Set([divisionId('south')]) });
  await stage.showTask(<AgentActions agentId="id-Ana" />);
  expect(stage.text).toContain('presence:userPresence:edit in North');
  expect(stage.page.querySelector('button')).toBeNull();
});

test('whoever may change nobody is told nothing', async () => {
  signInWith({ 'see-floor': ['north'] });
  await stage.showTask(<AgentActions agentId="id-Ana" />);
  expect(stage.page.querySelector('button, .agent-actions__note')).toBeNull();
});
