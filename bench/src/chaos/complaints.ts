/** What a process left behind. */
export interface Ended {
  readonly output: string;
  readonly exitCode: number | null;
}

/** Lines of the log from this level on are about something nobody has dealt with (pino). */
const ERROR_LEVEL = 50;

/** Everything in the words and the end of a process that should not be there. */
export const complaintsIn = ({ output, exitCode }: Ended): string[] => {
  const lines = output.split('\n').filter((line) => isComplaint(line));
  const end =
    exitCode === 0 ? [] : [`the BFF ended with ${exitCode === null ? 'a signal' : `code ${String(exitCode)}`}`];
  return [...end, ...lines.map((line) => `the BFF said: ${line.slice(0, 600)}`)];
};

const isComplaint = (line: string): boolean => {
  if (line.trim() === '' || line.startsWith('Floorwatch watches ')) return false;
  const level = /^\{"level":(\d+),/.exec(line)?.[1];
  return level === undefined || Number(level) >= ERROR_LEVEL;
};
