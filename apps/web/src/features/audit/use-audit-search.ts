import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { dropAbsent } from '../../lib/page-search.ts';
import { rememberedZone } from '../../lib/remembered-zone.ts';
import type { AuditSearch } from './audit-search.ts';

const route = getRouteApi('/audit');

export type AuditSearchChange = { readonly [Name in keyof AuditSearch]?: AuditSearch[Name] | undefined };

/** The audit page in the address, and the way to change it. */
export const useAuditSearch = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (more: AuditSearchChange): void =>
      void navigate({ search: (held) => dropAbsent<typeof held>({ ...held, ...more }) }),
    [navigate],
  );
  return { search, zone: search.zone ?? rememberedZone(), change };
};
