export { FakeAuditLog } from './audit/audit-log.fake.ts';
export { FakeClock } from './clock.fake.ts';
export { FakeRecordingStore } from './history/recording-store.fake.ts';
export { realClock } from './real-clock.fake.ts';
