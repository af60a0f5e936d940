export { FakeClock } from './clock.fake.ts';
