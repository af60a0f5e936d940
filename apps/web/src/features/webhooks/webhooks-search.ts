import { DELIVERY_LOG_STATES, type DeliveryView } from '@floorwatch/contracts';
import { textIn } from '../../lib/page-search.ts';
import { isZone } from '../../lib/zone-time.ts';

export type DeliveryState = DeliveryView['state'];

/** The webhooks page, as it stands in the address. */
export interface WebhooksSearch {
  /** Whose delivery log is open. */
  readonly webhook?: string;
  /** Of the log: only these, only about this agent. */
  readonly state?: DeliveryState;
  readonly agent?: string;
  readonly zone?: string;
}

/** Reads the page from an address. What makes no sense is left out. */
export const readWebhooksSearch = (raw: Readonly<Record<string, unknown>>): WebhooksSearch => {
  const webhook = textIn(raw['webhook']);
  const state = DELIVERY_LOG_STATES.find((one) => one === raw['state']);
  const agent = textIn(raw['agent']);
  const zone = textIn(raw['zone']);
  return {
    ...(webhook !== '' && { webhook }),
    ...(state !== undefined && { state }),
    ...(agent !== '' && { agent }),
    ...(zone !== '' && isZone(zone) && { zone }),
  };
};
