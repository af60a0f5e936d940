import { Profiler } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AgentTile } from './agent-tile.tsx';
import { PageStage } from '../../live/page-stage.fake.tsx';
import { wallAt } from './wall-at.fake.ts';

let stage: PageStage;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  stage = new PageStage();
});

afterEach(() => stage.close());

const tile = (agentRef: number) => (
  <AgentTile
    agentRef={agentRef}
    x={0}
    y={0}
    place={agentRef + 1}
    count={3}
    isSmall={false}
    isCurrent={false}
    takesFocus={false}
  />
);

test('says name, activity, presence and routing, and for how long', async () => {
  stage.floor.put('Ana Kovač', { presence: 'onQueue', routing: 'interacting', at: stage.now - 61_000, contacts: 2 });
  stage.open();
  await stage.show(tile(0), wallAt());
  expect(stage.find('.tile__name').textContent).toBe('Ana Kovač');
  expect(stage.find('.tile__activity').textContent).toBe('Interacting');
  expect(stage.find('.tile__facts').textContent).toBe('Presence: On queueRouting: Interacting');
  expect(stage.find('.tile__mark').textContent).toBe('2');
  expect(stage.find('.tile__time').textContent).toBe('1:01');
});

test('ticks each second without rendering', async () => {
  stage.floor.put('Ana', { presence: 'onQueue', routing: 'idle', at: stage.now });
  stage.open();
  const rendered = vi.fn<() => void>();
  await stage.show(
    <Profiler id="tile" onRender={rendered}>
      {tile(0)}
    </Profiler>,
    wallAt(),
  );
  const before = rendered.mock.calls.length;
  await stage.pass(3000);
  expect(stage.find('.tile__time').textContent).toBe('0:03');
  expect(rendered.mock.calls.length).toBe(before);
});

test('its timer stops when the data is stale', async () => {
  stage.floor.put('Ana', { presence: 'onQueue', routing: 'idle', at: stage.now });
  stage.open();
  await stage.show(tile(0), wallAt());
  await stage.pass(300_000);
  expect(stage.find('.tile__time').textContent).toBe('0:30');
});

test('one event renders one tile', async () => {
  for (const name of ['A', 'B', 'C']) stage.floor.put(name, { presence: 'onQueue', routing: 'idle', at: stage.now });
  stage.open();
  const rendered = vi.fn<(id: string) => void>();
  await stage.show(
    <>
      {[0, 1, 2].map((ref) => (
        <Profiler key={ref} id={String(ref)} onRender={rendered}>
          {tile(ref)}
        </Profiler>
      ))}
    </>,
    wallAt(),
  );
  rendered.mockClear();
  stage.floor.put('B', { presence: 'meal', routing: 'offQueue', at: stage.now + 1 });
  await stage.sendChanges();
  expect(rendered.mock.calls.map(([id]) => id)).toEqual(['1']);
});

test('a contradiction is put into words once it has lasted five seconds', async () => {
  stage.floor.put('Ana', { presence: 'onQueue', routing: 'offQueue', at: stage.now });
  stage.open();
  await stage.show(tile(0), wallAt());
  await stage.pass(4000);
  expect(stage.page.querySelector('.tile__badge')).toBeNull();
  await stage.pass(1000);
  expect(stage.find('.tile__badge').textContent).toBe('Not routed');
  expect(stage.find('.tile__badge').title).toContain('routing says off queue');
});

test('each flag is a badge that gives the reason in words', async () => {
  stage.floor.put('Ana', { presence: 'onQueue', routing: 'interacting', at: stage.now, flags: ['stuck', 'volatile'] });
  stage.open();
  await stage.show(tile(0), wallAt());
  const badges = [...stage.page.querySelectorAll('.tile__badge')];
  expect(badges.map(({ textContent }) => textContent)).toEqual(['Stuck', 'Volatile']);
  expect(badges[0]?.getAttribute('title')).toContain('stuck for a reason');
  expect(stage.find('.tile').dataset['flags']).toBe('stuck volatile');
  stage.floor.put('Ana', { presence: 'onQueue', routing: 'idle', at: stage.now + 1 });
  await stage.sendChanges();
  expect(stage.page.querySelector('.tile__badge')).toBeNull();
});

test('all of it is a link to the agent’s page, out of reach of Tab unless the keyboard stands on it', async () => {
  stage.floor.put('Ana', { presence: 'onQueue', routing: 'idle', at: stage.now });
  stage.open();
  await stage.show(tile(0), wallAt());
  const link = stage.find('.tile > a');
  expect(link.getAttribute('href')).toBe('/agents/id-Ana');
  expect(link.getAttribute('tabindex')).toBe('-1');
  expect(link.textContent).toContain('Ana');
});

test('says who set the presence, by a sign where it was somebody else, and by name where that person is on the wall', async () => {
  const ana = stage.floor.put('Ana', { presence: 'break', routing: 'offQueue', at: stage.now });
  const sue = stage.floor.put('Sue', { presence: 'available', routing: 'offQueue', at: stage.now });
  stage.floor.board.noteSetBy(ana.profile.id, stage.now, { kind: 'supervisor', id: sue.profile.id });
  stage.floor.board.noteSetBy(sue.profile.id, stage.now, { kind: 'agent', id: null });
  stage.open();
  await stage.show(tile(ana.ref), wallAt());
  expect(stage.find('.tile__fact--presence').getAttribute('title')).toMatch(/\nSet by Sue \(supervisor\)$/);
  expect(stage.find('.tile__fact--presence').textContent).toBe('Set by Sue (supervisor). Presence: Break');
  expect(stage.find('.tile__set-by').getAttribute('data-set-by')).toBe('supervisor');
  await stage.show(tile(sue.ref), wallAt());
  expect(stage.find('.tile__fact--presence').textContent).toBe('Set by the agent. Presence: Available');
  expect(document.querySelector('.tile__set-by')).toBeNull();
});

test('names nobody who is not on this wall, and says it where nobody knows', async () => {
  const ana = stage.floor.put('Ana', { presence: 'break', routing: 'offQueue', at: stage.now });
  const bob = stage.floor.put('Bob', { presence: 'break', routing: 'offQueue', at: stage.now });
  stage.floor.board.noteSetBy(ana.profile.id, stage.now, { kind: 'supervisor', id: bob.profile.id });
  stage.floor.remove('Bob');
  const cem = stage.floor.put('Cem', { presence: 'break', routing: 'offQueue', at: stage.now });
  stage.open();
  await stage.show(tile(ana.ref), wallAt());
  expect(stage.find('.tile__fact--presence').getAttribute('title')).toMatch(/\nSet by a supervisor$/);
  await stage.show(tile(cem.ref), wallAt());
  expect(stage.find('.tile__fact--presence').getAttribute('title')).toMatch(/\nNot known who set it$/);
});
