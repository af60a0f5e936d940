import { z } from 'zod';
import { timeOfDay } from '../../lib/browser-clock.ts';
import { DRAFT_KEY } from '../../live/presence-desk.ts';

/** Older than this nobody remembers what it was about. */
const KEPT_MS = 30 * 60_000;

const changeForm = z.object({
  definitionId: z.string().nullable(),
  message: z.string(),
  when: z.enum(['now', 'after-contact', 'hold']),
  /** Of a hold. */
  minutes: z.number(),
  /** Null while nobody wants to override. */
  overrideReason: z.string().nullable(),
});

/** What somebody chose and has not sent yet. */
export type ChangeForm = z.infer<typeof changeForm>;

export const EMPTY_FORM: ChangeForm = {
  definitionId: null,
  message: '',
  when: 'now',
  minutes: 30,
  overrideReason: null,
};

const draft = z.object({
  userId: z.string().nullable(),
  keptAt: z.number(),
  task: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('change'), agentId: z.string() }),
    z.object({ kind: z.literal('bulk'), agentIds: z.array(z.string()) }),
  ]),
  form: changeForm,
  /** What was tried last and whether it arrived nobody knows: the same choice is the same try. */
  tried: z.object({ of: z.string(), key: z.string() }).nullable(),
});

export type Draft = z.infer<typeof draft>;

export const keepDraft = (kept: Omit<Draft, 'keptAt'>): void =>
  sessionStorage.setItem(DRAFT_KEY, JSON.stringify({ ...kept, keptAt: timeOfDay() }));

export const dropDraft = (): void => sessionStorage.removeItem(DRAFT_KEY);

/** The choice that was being made in this tab by the same person, for instance before the session ended; null where there is none. */
export const draftOf = (userId: string | null): Draft | null => {
  const text = sessionStorage.getItem(DRAFT_KEY);
  if (text === null) return null;
  const kept = draft.safeParse(readJson(text)).data ?? null;
  const age = kept === null ? Infinity : timeOfDay() - kept.keptAt;
  if (kept !== null && kept.userId === userId && age >= 0 && age < KEPT_MS) return kept;
  dropDraft();
  return null;
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
