export type { ChannelOwner, ChannelTable, StoredChannel } from './channels/channel-table.ts';
export type { CronOptions, JobQueue, JobQueueOptions, SendOptions, WorkOptions } from './jobs/job-queue.ts';
export type { Jobs } from './jobs/jobs.ts';
export type { SqlRecordingStore } from './recording/sql-recording-store.ts';
export { DatabaseTooNew, DataDirectoryInUse, StoreError, StoreMisconfigured, StoreUnavailable } from './store-error.ts';
export type { StoreLog } from './store-log.ts';
export { openStore, type Store, type StoreOptions, type StoreStatus } from './store.ts';
