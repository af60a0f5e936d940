import type { Subject } from '../org/role.ts';
import { PlatformError } from './platform-error.ts';

/** What an operation asks for: one of these permissions, or all of them. */
export interface PermissionRule {
  readonly type: 'ANY' | 'ALL';
  readonly permissions: readonly string[];
}

/** What the caller may do, and where (API §2.8). */
export class Access {
  readonly #subject: Subject;
  readonly #withdrawn: ReadonlySet<string>;

  /** @param withdrawn permissions that nobody has at present, whatever the roles say */
  constructor(subject: Subject, withdrawn: ReadonlySet<string>) {
    this.#subject = subject;
    this.#withdrawn = withdrawn;
  }

  get userId(): string | null {
    return this.#subject.userId;
  }

  get subject(): Subject {
    return this.#subject;
  }

  /** Divisions in which the permission is granted; `all` when that is everywhere. */
  divisionsOf(permission: string): 'all' | ReadonlySet<string> {
    if (this.#withdrawn.has(permission)) return new Set();
    const granted = this.#subject.grants.filter(({ role }) => role.permissions.has(permission));
    return granted.some(({ divisionId }) => divisionId === '*')
      ? 'all'
      : new Set(granted.map(({ divisionId }) => divisionId));
  }

  /** In any division at all. */
  holds(permission: string): boolean {
    const divisions = this.divisionsOf(permission);
    return divisions === 'all' || divisions.size > 0;
  }

  holdsIn(permission: string, divisionId: string): boolean {
    const divisions = this.divisionsOf(permission);
    return divisions === 'all' || divisions.has(divisionId);
  }

  /** @throws 403 of the missing-permissions family */
  require({ type, permissions }: PermissionRule): void {
    const missing = permissions.filter((permission) => !this.holds(permission));
    if (missing.length === 0 || (type === 'ANY' && missing.length < permissions.length)) return;
    throw permissions.length > 1 && type === 'ANY'
      ? new PlatformError({
          status: 403,
          code: 'missing.any.permissions',
          message:
            'Unable to perform the requested action. You must have at least one of the following permissions assigned: {permissions}',
          params: { permissions: missing.join(', ') },
        })
      : new PlatformError({
          status: 403,
          code: 'missing.permissions',
          message: 'Unable to perform the requested action. You are missing the following permission(s): {permissions}',
          params: { permissions: missing.join(', ') },
        });
  }

  /** @throws 403 missing.division.permission */
  requireIn(permission: string, divisionId: string): void {
    if (!this.holdsIn(permission, divisionId)) throw missingDivisionPermission(permission);
  }

  /** @throws 403 missing.division.permission unless the permission is granted in every division */
  requireEverywhere(permission: string): void {
    if (this.divisionsOf(permission) !== 'all') throw missingDivisionPermission(permission);
  }
}

const missingDivisionPermission = (permission: string): PlatformError =>
  new PlatformError({
    status: 403,
    code: 'missing.division.permission',
    message:
      "Unable to perform the requested action. You are missing the following permission '{permission}' in the provided division(s).",
    params: { permission },
  });

/** Service tokens stand for nobody (API §2.7). */
export const notAUser = (): PlatformError =>
  new PlatformError({
    status: 400,
    code: 'not.a.user',
    message: 'This request requires a user context. Client credentials cannot be used for requests to this resource.',
  });
