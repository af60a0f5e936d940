import type { Clock } from '@floorwatch/domain';
import type { ApiClient } from '../http/api-client.ts';
import type { ReadOptions } from '../http/priority.ts';
import type { ActivityCodes } from '../mapping/schedule.ts';
import { activityCodeListing, type ActivityCode } from '../wire/workforce.ts';

const PATH = '/api/v2/workforcemanagement/businessunits/{businessUnitId}/activitycodes';

/** Codes change when an administrator edits them. */
const CODES_LIVE_MS = 10 * 60_000;

interface ActivityCodesDeps {
  readonly api: ApiClient;
  readonly clock: Clock;
}

/** What the activity codes of a business unit mean (API §10.2), read again after a while. */
export class ActivityCodesReader {
  readonly #deps: ActivityCodesDeps;
  readonly #codes = new Map<string, { readonly at: number; readonly codes: ActivityCodes }>();

  constructor(deps: ActivityCodesDeps) {
    this.#deps = deps;
  }

  /** By id. */
  async of(businessUnitId: string, options: ReadOptions): Promise<ActivityCodes> {
    const { api, clock } = this.#deps;
    const known = this.#codes.get(businessUnitId);
    if (known !== undefined && clock.now() - known.at < CODES_LIVE_MS) return known.codes;
    const call = { method: 'GET', path: PATH, pathValues: { businessUnitId }, answer: activityCodeListing } as const;
    const { body } = await api.call({ ...call, ...options });
    const listing = body.downloadUrl
      ? await api.download({ url: body.downloadUrl, path: PATH, answer: activityCodeListing, ...options })
      : body;
    const codes = new Map((listing.entities ?? []).map((code): [string, ActivityCode] => [code.id, code]));
    this.#codes.set(businessUnitId, { at: clock.now(), codes });
    return codes;
  }
}
