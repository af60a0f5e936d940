import { Counter, Gauge, type Registry } from 'prom-client';
import type { BoardHub } from '../live/board-hub.ts';
import type { WebhookStatus } from '../webhooks/webhook-tally.ts';
import type { LiveLatency } from './live-latency.ts';

interface Metered {
  readonly hub: Pick<BoardHub, 'behind' | 'deltas' | 'dropped'>;
  readonly latency: LiveLatency;
  /** Null where there is no store. */
  readonly isStoreUp: () => boolean | null;
}

/** How webhooks are doing, where anybody can be told. */
export const meterWebhooks = (registry: Registry, status: () => WebhookStatus | null): void => {
  const registers = [registry];
  const calls: Counter = new Counter({
    name: 'floorwatch_webhook_calls_total',
    help: 'Calls of targets of webhooks, by whether they were taken.',
    labelNames: ['outcome'],
    registers,
    collect: () => {
      calls.reset();
      for (const outcome of ['taken', 'failed'] as const) calls.inc({ outcome }, status()?.calls[outcome] ?? 0);
    },
  });
  const waiting: Gauge = new Gauge({
    name: 'floorwatch_webhook_messages_waiting',
    help: 'Messages that have been taken up and not been delivered yet, of all webhooks.',
    registers,
    collect: () => waiting.set(status()?.waiting ?? 0),
  });
  const dead: Counter = new Counter({
    name: 'floorwatch_webhook_messages_dead_total',
    help: 'Messages that were given up after a day of tries.',
    registers,
    collect: () => {
      dead.reset();
      dead.inc(status()?.dead ?? 0);
    },
  });
  const latency: Gauge = new Gauge({
    name: 'floorwatch_webhook_latency_seconds',
    help: 'Of the latest calls that were taken, by share; NaN before the first.',
    labelNames: ['share'],
    registers,
    collect: () => {
      const held = status()?.latency;
      latency.set({ share: '0.5' }, (held?.p50Ms ?? NaN) / 1000);
      latency.set({ share: '0.99' }, (held?.p99Ms ?? NaN) / 1000);
    },
  });
};

/** Figures that each part keeps for itself, read when somebody asks. */
export const meterLive = (registry: Registry, { hub, latency, isStoreUp }: Metered): void => {
  const registers = [registry];
  const counter = (name: string, help: string, read: () => number): void => {
    const metric: Counter = new Counter({
      name,
      help,
      registers,
      collect: () => {
        metric.reset();
        metric.inc(read());
      },
    });
  };
  const gauge = (name: string, help: string, read: () => number): void => {
    const metric: Gauge = new Gauge({ name, help, registers, collect: () => metric.set(read()) });
  };
  counter(
    'floorwatch_events_total',
    'Events of the platform that were offered to the board.',
    () => latency.counts.events,
  );
  counter('floorwatch_event_changes_total', 'Events that changed the board.', () => latency.counts.changes);
  counter(
    'floorwatch_late_events_total',
    'Events that changed the board more than a second after their instant.',
    () => latency.counts.late,
  );
  counter('floorwatch_deltas_total', 'Deltas sent, one for each browser that got one.', () => hub.deltas);
  gauge('floorwatch_browsers_behind', 'Browsers that have not taken what was sent last.', () => hub.behind);
  counter(
    'floorwatch_browsers_dropped_total',
    'Browsers that were dropped because they took nothing for a minute.',
    () => hub.dropped,
  );
  gauge('floorwatch_store_up', '1 while the database can be used; NaN where there is none.', () => {
    const isUp = isStoreUp();
    return isUp === null ? NaN : Number(isUp);
  });
};
