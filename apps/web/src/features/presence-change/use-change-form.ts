import { useRef, useState } from 'react';
import { useSession } from '../../live/session-query.ts';
import { draftOf, EMPTY_FORM, keepDraft, type ChangeForm, type Draft } from './draft.ts';

const isSame = (a: Draft['task'], b: Draft['task']): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What is being chosen. It is kept in this tab with every step, so that neither a session that ends nor a page that is
 * loaded again loses it; it is only ever sent by the person.
 * @param start what it begins with where nothing was kept
 */
export const useChangeForm = (task: Draft['task'], start: ChangeForm = EMPTY_FORM) => {
  const userId = useSession()?.person?.userId ?? null;
  const [kept] = useState(() => {
    const draft = draftOf(userId);
    return draft !== null && isSame(draft.task, task) ? draft : null;
  });
  const [form, setForm] = useState(kept?.form ?? start);
  const tried = useRef(kept?.tried ?? null);

  const change = (part: Partial<ChangeForm>): void => {
    const next = { ...form, ...part };
    setForm(next);
    keepDraft({ userId, task, form: next, tried: tried.current });
  };

  /** @returns the name of the try: the same one for the same choice, until something definite was heard of it */
  const nameTry = (of: string): string => {
    const named = tried.current?.of === of ? tried.current : { of, key: crypto.randomUUID() };
    tried.current = named;
    keepDraft({ userId, task, form, tried: named });
    return named.key;
  };

  const forgetTry = (): void => {
    tried.current = null;
  };

  return { form, change, nameTry, forgetTry, wasKept: kept !== null && kept.form.definitionId !== null };
};
