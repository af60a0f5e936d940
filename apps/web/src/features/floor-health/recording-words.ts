import type { FloorHealth, RecordingReport } from '@floorwatch/contracts';
import { ago, type Words } from './floor-health-words.ts';

interface NamedWords {
  readonly name: string;
  readonly words: Words;
}

/** Windows are made every five minutes; this long after the last ones something is in their way, ms. */
const WINDOWS_LATE_MS = 10 * 60_000;

const number = (value: number): string => value.toLocaleString('en');

/** How what happens is recorded, a line for each part. */
export const recordingLines = ({ recording, now }: FloorHealth): NamedWords[] =>
  recording === null
    ? [{ name: 'Recording', words: { tone: 'quiet', text: 'switched off' } }]
    : [
        { name: 'Changes', words: writingWords(recording, now) },
        { name: 'Windows of 5 min', words: windowWords(recording, now) },
        { name: 'Gaps', words: gapWords(recording) },
      ];

const writingWords = ({ down, waiting, spilled, written, lag }: RecordingReport, now: string): Words => {
  const waits = `${number(waiting + spilled)} waiting${spilled === 0 ? '' : ', on disk too'}`;
  if (down !== null)
    return {
      tone: 'alarm',
      text: `cannot be written since ${ago(down.since, now)}: ${down.reason}. ${waits}; nothing is lost`,
    };
  const pace = lag === null ? '' : `, recorded within ${number(lag.p99Ms)} ms`;
  return { tone: spilled === 0 ? 'good' : 'warn', text: `${number(written)} since the start${pace}, ${waits}` };
};

const windowWords = ({ windowsUpTo }: RecordingReport, now: string): Words =>
  windowsUpTo === null
    ? { tone: 'quiet', text: 'not begun' }
    : {
        tone: Date.parse(now) - Date.parse(windowsUpTo) > WINDOWS_LATE_MS ? 'warn' : 'good',
        text: `made up to ${ago(windowsUpTo, now)}`,
      };

const gapWords = ({ gaps }: RecordingReport): Words => {
  if (gaps.problem !== null) return { tone: 'alarm', text: `cannot be filled. ${gaps.problem}` };
  const text = `${number(gaps.open)} open, ${number(gaps.filled)} filled, ${number(gaps.unknowable)} never to be known`;
  return { tone: gaps.open === 0 ? 'good' : 'warn', text };
};
