export type LogFields = Readonly<Record<string, unknown>>;

/** Where this package writes its log; a pino logger fits as it is. Nothing secret is ever handed to it. */
export interface StoreLog {
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
