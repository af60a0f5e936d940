export { putEmptyDatabase } from './testing/embedded-database.fake.ts';
export { startPostgres, type RunningPostgres } from './testing/start-postgres.fake.ts';
