import { ACTIVITY_CATEGORIES, SUGGESTION_KINDS, SYSTEM_PRESENCES } from '@floorwatch/domain';
import { z } from 'zod';

const suggestion = z.object({
  /** Of this agent, kind and occasion: another break makes another one. */
  id: z.string(),
  kind: z.enum(SUGGESTION_KINDS),
  agentId: z.string(),
  agentName: z.string(),
  category: z.enum(ACTIVITY_CATEGORIES),
  presence: z.enum(SYSTEM_PRESENCES),
  isOnContact: z.boolean(),
  /** What to change to: the presence that fits the plan, by its definition; null where the organisation has none of it. */
  wanted: z.object({ definitionId: z.string(), label: z.string(), system: z.enum(SYSTEM_PRESENCES) }).nullable(),
  /** Seen first; the plan may be some minutes older. */
  since: z.iso.datetime(),
  /** When it begins by plan, of `starts-soon`; null otherwise. */
  startsAt: z.iso.datetime().nullable(),
});

export type SuggestionView = z.infer<typeof suggestion>;

/** `GET /api/suggestions`: for agents whom the viewer may see and change, the oldest first. Nothing is done by itself. */
export const listSuggestions = {
  path: '/api/suggestions',
  reply: z.object({
    suggestions: z.array(suggestion),
    /** Divisions of the viewer's, and whether the schedule is looked at there. */
    divisions: z.array(
      z.object({ id: z.string(), name: z.string(), isOn: z.boolean(), agents: z.int().nonnegative() }),
    ),
    /** How long one look at all agents of divisions that are on takes, seconds; null before the first ended, or while none is on. */
    roundSeconds: z.number().nonnegative().nullable(),
    /** Why nothing is read; null while it is. */
    problem: z.string().nullable(),
  }),
};

export type SuggestionList = z.infer<typeof listSuggestions.reply>;

/** `POST /api/suggestions/:id/dismiss`: the viewer is not told of it for a while, or of this occasion any more. 204. */
export const dismissSuggestion = {
  path: '/api/suggestions/:id/dismiss',
  params: z.object({ id: z.string().min(1).max(200) }),
  body: z.object({ minutes: z.int().min(1).max(240).nullable() }),
};

/** `PUT /api/suggestions/divisions/:id`: whether the schedule is looked at there. 204; kept in the audit as a setting. */
export const switchSuggestions = {
  path: '/api/suggestions/divisions/:id',
  params: z.object({ id: z.string().min(1).max(64) }),
  body: z.object({ isOn: z.boolean() }),
};
