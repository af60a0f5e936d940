import { afterEach, expect, test, vi } from 'vitest';
import { draftOf, dropDraft, EMPTY_FORM, keepDraft } from './draft.ts';

const MIA = {
  userId: 'mia',
  task: { kind: 'change', agentId: 'ana' },
  form: { ...EMPTY_FORM, definitionId: 'break', message: 'back soon' },
  tried: null,
} as const;

afterEach(dropDraft);

test('a choice is there again for the same person', () => {
  keepDraft(MIA);
  expect(draftOf('mia')).toMatchObject(MIA);
});

test('somebody else at the same browser neither sees it nor leaves it behind', () => {
  keepDraft(MIA);
  expect(draftOf('tom')).toBeNull();
  expect(sessionStorage).toHaveLength(0);
});

test('half an hour later nobody is asked about it any more', () => {
  vi.spyOn(Date, 'now').mockReturnValueOnce(0).mockReturnValueOnce(1_800_000);
  keepDraft(MIA);
  expect(draftOf('mia')).toBeNull();
});

test('what cannot be read is no choice', () => {
  sessionStorage.setItem('floorwatch-presence-draft', '{"userId":"mia"');
  expect(draftOf('mia')).toBeNull();
});
