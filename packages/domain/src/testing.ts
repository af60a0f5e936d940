export { FakeClock } from './clock.fake.ts';
export { FakeRecordingStore } from './history/recording-store.fake.ts';
