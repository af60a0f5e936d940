import type { AuditAction, AuditOutcome, Clock } from '@floorwatch/domain';
import type { AuditTrail, Deed } from '../audit/audit-trail.ts';
import type { AccessRefusal } from '../plugins/access.ts';

/** The same refusal of the same person is told once in this time, ms: a page that polls must not fill the audit. */
const REFUSAL_AGAIN_MS = 60_000;

export interface SessionDeed {
  readonly action: Extract<AuditAction, 'sign-in' | 'sign-out' | 'session-ended'>;
  readonly outcome: Extract<AuditOutcome, 'accepted' | 'refused'>;
  /** Null where nobody is known. */
  readonly person: { readonly userId: string; readonly name: string } | null;
  readonly reason: string | null;
  readonly correlationId: string;
}

/** Writes what sessions do into the audit. */
export class SessionAudit {
  readonly #trail: AuditTrail;
  readonly #clock: Clock;
  readonly #toldRefusals = new Map<string, number>();

  constructor({ trail, clock }: { readonly trail: AuditTrail; readonly clock: Clock }) {
    this.#trail = trail;
    this.#clock = clock;
  }

  /** @throws ApiError `audit-unavailable`: what it is about must then not be done */
  async record(deed: SessionDeed): Promise<void> {
    await this.#trail.record(toDeed(deed));
  }

  /** For what has happened already and cannot be taken back. */
  async note(deed: SessionDeed): Promise<void> {
    await this.#trail.note(toDeed(deed));
  }

  /** A right was missing at the door. */
  noteRefusal({ viewer: { userId, name }, right, route, correlationId }: AccessRefusal): void {
    const now = this.#clock.now();
    for (const [told, at] of this.#toldRefusals) if (now - at >= REFUSAL_AGAIN_MS) this.#toldRefusals.delete(told);
    const key = `${userId} ${route}`;
    if (this.#toldRefusals.has(key)) return;
    this.#toldRefusals.set(key, now);
    void this.#trail.note({
      ...ABOUT_NOBODY,
      action: 'access-refused',
      outcome: 'refused',
      actor: { kind: 'person', id: userId, name },
      reason: `${route} needs the right ${right}`,
      correlationId,
    });
  }
}

const ABOUT_NOBODY = { target: null, before: null, after: null, platformCorrelationId: null };

const toDeed = ({ person, ...deed }: SessionDeed): Deed => ({
  ...ABOUT_NOBODY,
  ...deed,
  actor:
    person === null
      ? { kind: 'anonymous', id: null, name: null }
      : { kind: 'person', id: person.userId, name: person.name },
});
