import type { Delivery } from './fault.ts';

/** A JSON object whose fields may be anything. */
export type Body = Readonly<Record<string, unknown>>;

export const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same frame with another event body. Frames of the system stay as they are. */
export const alterEvent = (delivery: Delivery, alter: (body: Body) => Body): Delivery => {
  const frame: unknown = JSON.parse(delivery.text);
  if (!isBody(frame) || !isBody(frame['eventBody'])) return delivery;
  return { ...delivery, text: JSON.stringify({ ...frame, eventBody: alter(frame['eventBody']) }) };
};

const USER_LISTS: ReadonlySet<string> = new Set(['getUsers']);
const ONE_USER: ReadonlySet<string> = new Set(['getUser']);

/** The same answer with other users in it; answers about anything else stay as they are. */
export const alterUsers = (operationId: string, body: unknown, alter: (user: Body) => Body): unknown => {
  if (!isBody(body)) return body;
  if (ONE_USER.has(operationId)) return alter(body);
  if (!USER_LISTS.has(operationId) || !Array.isArray(body['entities'])) return body;
  return { ...body, entities: body['entities'].map((user: unknown) => (isBody(user) ? alter(user) : user)) };
};
