export type LogFields = Readonly<Record<string, unknown>>;

/** Where this package writes its log; a pino logger fits as it is. Nothing secret is ever handed to it. */
export interface GenesysLog {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
