import {
  changeAutomation,
  createAutomation,
  deleteAutomation,
  dismissSuggestion,
  getAutomationRun,
  listAutomationRuns,
  listAutomations,
  listSuggestions,
  pauseAutomation,
  previewAutomation,
  resumeAutomation,
  switchSuggestions,
  type AutomationPreview,
  type AutomationRuleSent,
  type AutomationView,
} from '@floorwatch/contracts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { FloorwatchRefused, FloorwatchUnreadable, getFromApi, sendToApi } from '../../lib/api-client.ts';

const KEY = 'automation';

/** What is done by itself is seen a few seconds later. */
const WATCH_MS = 5000;
const SUGGESTIONS_MS = 10_000;

const PAGE = 50;

const retry = (failures: number, error: Error): boolean => !(error instanceof FloorwatchRefused) && failures < 2;

/** A path with what stands for its names. */
const pathOf = (path: string, names: Readonly<Record<string, string>>): string =>
  path.replaceAll(/:(\w+)/g, (_all, name: string) => encodeURIComponent(names[name] ?? ''));

type Write = Parameters<typeof sendToApi>[0];

const write = async <Schema extends z.ZodType>(request: Write, reply: Schema): Promise<z.infer<Schema>> => {
  const parsed = reply.safeParse(await sendToApi(request));
  if (parsed.success) return parsed.data;
  throw new FloorwatchUnreadable(`The answer of ${request.path} is not understood. Reload the page.`);
};

/** Everything of this page is read again by this key. */
export const AUTOMATION_KEY = [KEY] as const;

export const automationsQuery = queryOptions({
  queryKey: [KEY, 'list'],
  queryFn: ({ signal }) => getFromApi({ path: listAutomations.path, reply: listAutomations.reply, signal }),
  select: ({ automations }) => automations,
  refetchInterval: WATCH_MS,
  retry,
});

export const suggestionsQuery = queryOptions({
  queryKey: [KEY, 'suggestions'],
  queryFn: ({ signal }) => getFromApi({ path: listSuggestions.path, reply: listSuggestions.reply, signal }),
  refetchInterval: SUGGESTIONS_MS,
  retry,
});

export const runsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'runs', id],
    queryFn: ({ pageParam, signal }) =>
      getFromApi({
        path: `${pathOf(listAutomationRuns.path, { id })}?limit=${PAGE}${cursorOf(pageParam)}`,
        reply: listAutomationRuns.reply,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
    refetchInterval: WATCH_MS,
    retry,
  });

export const runQuery = (id: string, runId: string) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'run', id, runId],
    queryFn: ({ pageParam, signal }) =>
      getFromApi({
        path: `${pathOf(getAutomationRun.path, { id, runId })}?limit=${PAGE}${cursorOf(pageParam)}`,
        reply: getAutomationRun.reply,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
    refetchInterval: WATCH_MS,
    retry,
  });

const cursorOf = (cursor: string): string => (cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`);

export const askPreview = (rule: AutomationRuleSent): Promise<AutomationPreview> =>
  write({ method: 'POST', path: previewAutomation.path, body: rule }, previewAutomation.reply);

/** @param held what is changed; null makes a new one */
export const saveRule = (rule: AutomationRuleSent, held: AutomationView | null): Promise<AutomationView> =>
  held === null
    ? write({ method: 'POST', path: createAutomation.path, body: rule }, createAutomation.reply)
    : write(
        {
          method: 'PUT',
          path: pathOf(changeAutomation.path, { id: held.id }),
          body: { revision: held.revision, rule },
        },
        changeAutomation.reply,
      );

export const pause = ({ id }: AutomationView): Promise<AutomationView> =>
  write({ method: 'POST', path: pathOf(pauseAutomation.path, { id }) }, pauseAutomation.reply);

export const resume = ({ id }: AutomationView): Promise<AutomationView> =>
  write({ method: 'POST', path: pathOf(resumeAutomation.path, { id }) }, resumeAutomation.reply);

export const remove = ({ id }: AutomationView): Promise<unknown> =>
  sendToApi({ method: 'DELETE', path: pathOf(deleteAutomation.path, { id }) });

/** @param minutes null for as long as this occasion lasts */
export const dismiss = (id: string, minutes: number | null): Promise<unknown> =>
  sendToApi({ method: 'POST', path: pathOf(dismissSuggestion.path, { id }), body: { minutes } });

export const turnSuggestions = (id: string, isOn: boolean): Promise<unknown> =>
  sendToApi({ method: 'PUT', path: pathOf(switchSuggestions.path, { id }), body: { isOn } });
