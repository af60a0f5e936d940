import type { GenesysLog, LogFields } from './genesys-log.ts';

/** A log that keeps its lines, each as the text a log file would hold. */
export interface KeptLog extends GenesysLog {
  readonly lines: readonly string[];
}

export const keepLog = (): KeptLog => {
  const lines: string[] = [];
  const write = (fields: LogFields, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { lines, debug: write, info: write, warn: write, error: write };
};
