export { startPostgres, type RunningPostgres } from './testing/start-postgres.fake.ts';
