import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { until } from '../../lib/until.fake.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { CHANGE, ChangeStage, PREVIEW, refusal, THERE } from './change-stage.fake.tsx';

let stage: ChangeStage;

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  stage = new ChangeStage();
  stage.floor.put('Ana', { presence: 'onQueue', routing: 'idle', at: stage.now });
  stage.open();
  await stage.showTask(<ChangeDialog agentId="id-Ana" />);
});

afterEach(() => stage.close());

const patches = () => stage.sentBy('PATCH');

describe('before anything is done', () => {
  test('the verdict, its reason and what it does are told, and the presence that was shown is what is replaced', async () => {
    await stage.choose('break');
    await stage.shows('The schedule has nothing against it');
    expect(stage.words).toContain('Nothing is planned now.');
    expect(stage.words).toContain('Leaves the queue');
    expect(patches()).toHaveLength(0);
    await stage.click('Set to Break');
    await stage.shows('accepted it');
    expect(patches()).toMatchObject([{ etag: '"v1"', body: { definitionId: 'break', when: 'now', override: null } }]);
  });

  test('where nobody knows what the schedule says, the setting that decides is named', async () => {
    stage.preview = {
      ...PREVIEW,
      verdict: {
        ...PREVIEW.verdict,
        verdict: 'unknown',
        effective: 'warn',
        unknownPolicy: 'warn',
        reason: 'No plan is published',
      },
    };
    await stage.choose('break');
    await stage.shows('SCHEDULE_UNKNOWN=warn');
    expect(stage.words).toContain('No plan is published');
  });

  test('what is impossible is told and cannot be sent', async () => {
    stage.preview = { ...PREVIEW, obstacles: ['agent-offline'] };
    await stage.choose('queue');
    await stage.shows('must log in before going on queue');
    expect(stage.button('Set to On Queue').disabled).toBe(true);
  });

  test('a block without the right to override says which right it takes, and offers no reason to give', async () => {
    stage.preview = { ...PREVIEW, obstacles: ['schedule-blocks'] };
    await stage.choose('queue');
    await stage.shows('which you do not have here');
    expect(document.querySelector('textarea')).toBeNull();
    expect(stage.button('Set to On Queue').disabled).toBe(true);
  });

  test('waiting for the end of the contact is offered to those who have one', async () => {
    await stage.choose('break');
    await stage.shows('Hold');
    expect(stage.words).not.toContain('After the contact');
    stage.preview = { ...PREVIEW, isOnContact: true };
    await stage.choose('coffee');
    await stage.shows('After the contact');
  });
});

describe('after it was sent', () => {
  const send = async (): Promise<void> => {
    await stage.choose('break');
    await stage.click('Set to Break');
  };

  test('nothing is shown as done before it is: accepted, then confirmed, then to be undone for ten seconds', async () => {
    let told = CHANGE;
    stage.instead = ({ method, path }) => (method === 'GET' && path.includes(CHANGE.id) ? Response.json(told) : null);
    await send();
    await stage.shows('Waiting to see it on the floor');
    expect(stage.words).not.toContain('Confirmed');
    told = { ...CHANGE, state: 'confirmed', undoableUntil: new Date(stage.now + 8000).toISOString() };
    await stage.shows('Confirmed: Ana is on Break');
    await stage.shows('Undo (8 s)');
    await stage.pass(5000);
    expect(stage.words).toContain('Undo (3 s)');
    await stage.pass(3000);
    expect(stage.words).not.toContain('Undo');
  });

  test('somebody who was faster is named with what is there now, and it is decided anew with a new try', async () => {
    const now = { ...THERE, label: 'Meeting', setBy: { kind: 'supervisor', name: 'Tom Ray' }, etag: '"v2"' } as const;
    let isFirst = true;
    stage.instead = ({ method }) => {
      if (method !== 'PATCH' || !isFirst) return null;
      isFirst = false;
      return refusal(412, { code: 'version-conflict', message: 'Somebody else was faster', now });
    };
    await send();
    await stage.shows('by Tom Ray');
    expect(document.activeElement?.textContent).toBe('Somebody else was faster');
    stage.preview = { ...PREVIEW, etag: '"v2"', current: now };
    await stage.click('Look again');
    await stage.click('Set to Break');
    await stage.shows('accepted it');
    const [first, second] = patches();
    expect(second?.etag).toBe('"v2"');
    expect(second?.key).not.toBe(first?.key);
  });

  test('where nobody knows whether it arrived, the next try is the same try', async () => {
    let fails = 1;
    stage.instead = ({ method }) => {
      if (method !== 'PATCH' || fails === 0) return null;
      fails -= 1;
      return Promise.reject(new TypeError('offline'));
    };
    await send();
    await stage.shows('Whether it arrived is not known');
    await stage.click('Try again');
    await stage.shows('accepted it');
    const [first, second] = patches();
    expect(second?.key).toBe(first?.key);
  });

  test('without an audit nothing was changed, and the next try is another one', async () => {
    stage.instead = ({ method }) =>
      method === 'PATCH' && patches().length === 1
        ? refusal(503, { code: 'audit-unavailable', message: 'The audit cannot be written.' })
        : null;
    await send();
    await stage.shows('without the audit no presence is changed');
    expect(stage.words).toContain('c-42');
    await stage.click('Try again');
    await stage.shows('accepted it');
    const [first, second] = patches();
    expect(second?.key).not.toBe(first?.key);
  });

  test('too many requests: the button waits as long as it was told', async () => {
    stage.instead = ({ method }) =>
      method === 'PATCH'
        ? refusal(503, { code: 'rate-limited', message: 'Genesys Cloud asks to wait.', retryAfterMs: 4000 })
        : null;
    await send();
    await stage.shows('Try again in 4 s');
    expect(stage.button('Try again in 4 s').disabled).toBe(true);
    await stage.pass(5000);
    expect(stage.button('Try again').disabled).toBe(false);
  });

  test('what was refused by the platform is told with its reason', async () => {
    stage.instead = ({ method, path }) =>
      method === 'GET' && path.includes(CHANGE.id)
        ? Response.json({
            ...CHANGE,
            state: 'failed',
            problem: { code: 'platform-unavailable', message: 'Genesys Cloud did not say.' },
          })
        : null;
    await send();
    await stage.shows('Genesys Cloud did not say.');
    expect(stage.words).toContain('It did not work');
    await stage.click('Look again and decide anew');
    await stage.shows('The schedule has nothing against it');
    expect(document.querySelector<HTMLInputElement>('input[value="break"]')?.checked).toBe(true);
  });

  test('an undo that comes too late tells what somebody else has set, and does not try again', async () => {
    const undoable = { ...CHANGE, state: 'confirmed', undoableUntil: new Date(stage.now + 9000).toISOString() };
    stage.instead = ({ method, path }) => {
      if (path.endsWith('/undo'))
        return refusal(412, {
          code: 'version-conflict',
          message: 'It is not there any more.',
          now: { ...THERE, label: 'Meal' },
        });
      return method === 'GET' && path.includes(CHANGE.id) ? Response.json(undoable) : null;
    };
    await send();
    await stage.shows('Undo');
    await stage.click('Undo');
    await stage.shows('There is now: Meal since');
    expect(stage.words).not.toContain('Try again');
  });
});

test('a session that ends keeps the choice in this tab, without sending it again', async () => {
  stage.instead = ({ method }) =>
    method === 'PATCH' ? refusal(401, { code: 'signed-out', message: 'Nobody is signed in.' }) : null;
  await stage.choose('break');
  await stage.click('Set to Break');
  await until(() => expect(stage.queries.getQueryData(['session'])).toBeNull());
  expect(sessionStorage.getItem('floorwatch-presence-draft')).toContain('"definitionId":"break"');
  expect(patches()).toHaveLength(1);
});
