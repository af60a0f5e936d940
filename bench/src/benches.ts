import type { Bench } from './bench-context.ts';
import { browserLoad } from './browser/browser.ts';
import { eventToPixel } from './browser/event-to-pixel.ts';
import { firstLoad } from './browser/first-load.ts';
import { fanOut } from './fan-out/fan-out.ts';
import { boot } from './platform/boot.ts';
import { memory } from './platform/memory.ts';
import { recovery } from './platform/recovery.ts';
import { prometheusBench } from './prometheus/prometheus.ts';
import { recording } from './recording/recording.ts';
import { slowClient } from './slow-client/slow-client.ts';
import { webhooks } from './webhooks/webhooks.ts';

/** Every benchmark, in the order in which they run and are reported. */
export const BENCHES: readonly Bench[] = [
  fanOut,
  slowClient,
  eventToPixel,
  browserLoad,
  firstLoad,
  boot,
  memory,
  recovery,
  recording,
  webhooks,
  prometheusBench,
];
