import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { dropAbsent } from '../../lib/page-search.ts';
import { rememberedZone } from '../../lib/remembered-zone.ts';
import type { WebhooksSearch } from './webhooks-search.ts';

const route = getRouteApi('/webhooks');

type Change = { readonly [Name in keyof WebhooksSearch]?: WebhooksSearch[Name] | undefined };

/** The webhooks page in the address, and the way to change it. */
export const useWebhooksSearch = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (more: Change): void => void navigate({ search: (held) => dropAbsent<typeof held>({ ...held, ...more }) }),
    [navigate],
  );
  return { search, zone: search.zone ?? rememberedZone(), change };
};
