import type { StagedAt } from '../../live/page-stage.fake.tsx';
import { readWallSearch } from './wall-search.ts';

/** The wall's page, opened at an address. */
export const wallAt = (address = '/'): StagedAt => ({ path: '/', address, readSearch: readWallSearch });
