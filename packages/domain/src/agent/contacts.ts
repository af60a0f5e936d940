import { sameSince, type Since } from './since.ts';

/** Media the platform counts contacts by. */
export const MEDIA_TYPES = ['call', 'callback', 'email', 'message', 'chat', 'socialExpression', 'video'] as const;

export type MediaType = (typeof MEDIA_TYPES)[number];

/** Contact-centre contacts of one medium: being handled, and in after-call work. */
export interface ContactCount {
  readonly active: number;
  readonly afterCallWork: number;
}

/** Counts by medium. A medium that is absent has not been heard of. */
export type ContactCounts = Readonly<Partial<Record<MediaType, ContactCount>>>;

/** What an agent has in hand, over all media. */
export interface Contacts extends ContactCount {
  /**
   * When the agent's work last changed its kind (nothing, contact, after-call work only).
   * The platform gives no instant for this, so it is the moment we saw it: exact only if we saw the change itself.
   */
  readonly since: Since;
}

export type WorkKind = 'none' | 'contact' | 'afterCallWork';

/** Which kind of work the counts stand for; an active contact outweighs after-call work on another one. */
export const workKind = (count: ContactCount): WorkKind => {
  if (count.active > 0) return 'contact';
  return count.afterCallWork > 0 ? 'afterCallWork' : 'none';
};

/** Adds the media up. */
export const totalOf = (counts: ContactCounts): ContactCount => {
  let active = 0;
  let afterCallWork = 0;
  for (const medium of MEDIA_TYPES) {
    const count = counts[medium];
    if (count === undefined) continue;
    active += count.active;
    afterCallWork += count.afterCallWork;
  }
  return { active, afterCallWork };
};

export const sameContacts = (a: Contacts, b: Contacts): boolean =>
  a.active === b.active && a.afterCallWork === b.afterCallWork && sameSince(a.since, b.since);
