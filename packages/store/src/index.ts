export { openAudit, type ReadableAudit } from './audit/open-audit.ts';
export type { SqlAuditLog } from './audit/sql-audit-log.ts';
export type { StoredAutomation, StoredOwner, StoredPause } from './automation/automation-row.ts';
export type { AutomationStore } from './automation/automation-store.ts';
export type { AutomationTable } from './automation/automation-table.ts';
export type { StoredBack, StoredOutcome, StoredRun } from './automation/run-row.ts';
export type { RunCounts, RunPage, RunTable } from './automation/run-table.ts';
export type { SuggestionTable } from './automation/suggestion-table.ts';
export type { ChannelOwner, ChannelTable, StoredChannel } from './channels/channel-table.ts';
export type { JobQueue, JobQueueOptions, SendOptions, WorkOptions } from './jobs/job-queue.ts';
export type { Jobs } from './jobs/jobs.ts';
export type { OrderedJob, OrderedQueue, OrderedQueueOptions } from './jobs/ordered-queue.ts';
export type { BulkEnd, BulkTable } from './presence-orders/bulk-table.ts';
export type { HoldFilter, HoldTable } from './presence-orders/hold-table.ts';
export type { WaitingChange, WaitTable } from './presence-orders/wait-table.ts';
export type { SqlRecordingStore } from './recording/sql-recording-store.ts';
export type { SessionLimits, SessionTable, StoredSession, StoredSignIn } from './sessions/session-table.ts';
export { DatabaseTooNew, DataDirectoryInUse, StoreError, StoreMisconfigured, StoreUnavailable } from './store-error.ts';
export type { StoreLog } from './store-log.ts';
export { openStore, type Store, type StoreOptions, type StoreStatus } from './store.ts';
export { CursorTooOld, CursorUnknown } from './stream/stream-cursor.ts';
export type { SqlRecordedStream } from './stream/sql-recorded-stream.ts';
export type {
  DeliveryFilter,
  DeliveryOutcome,
  DeliveryState,
  NewDelivery,
  StoredDelivery,
} from './webhooks/delivery-row.ts';
export type { DeliveryCounts, DeliveryTable } from './webhooks/delivery-table.ts';
export type { StoredWebhook, WebhookHealth, WebhookPause, WebhookSettings } from './webhooks/webhook-row.ts';
export type { WebhookTable } from './webhooks/webhook-table.ts';
