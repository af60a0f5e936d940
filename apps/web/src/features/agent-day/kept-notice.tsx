import { Button } from '@mantine/core';
import { addDays, dayAt, formatDay, formatTime } from '../../lib/zone-time.ts';
import { Notice } from './agent-states.tsx';
import type { AgentDaySearch } from './agent-day-search.ts';

interface KeptNoticeProps {
  /** Before this instant, ms, nothing is kept. */
  readonly keptFrom: number;
  readonly range: { readonly from: number; readonly to: number };
  readonly now: number;
  readonly zone: string;
  readonly onShow: (search: Pick<AgentDaySearch, 'range' | 'day' | 'from' | 'to'>) => void;
}

/** Whether nothing of the range is kept any more. */
export const isGone = ({ to }: { readonly to: number }, keptFrom: number | null): boolean =>
  keptFrom !== null && keptFrom >= to;

/** The range reaches beyond what is kept: says which range can be asked for, and offers it. */
export const KeptNotice = ({ keptFrom, range, now, zone, onShow }: KeptNoticeProps) => {
  const isAllGone = isGone(range, keptFrom);
  const first = addDays(dayAt(keptFrom, zone), 1);
  return (
    <Notice
      title={isAllGone ? 'Nothing of this time is kept any more' : 'The beginning of this time is not kept any more'}
      tone="warn"
    >
      <p>
        Kept is what happened from {formatDay(keptFrom, zone)}, {formatTime(keptFrom, zone)} until now (
        {formatDay(now, zone)}).
        {!isAllGone && ' Nothing before that counts in what follows.'}
      </p>
      {isAllGone && (
        <Button size="compact-sm" variant="default" onClick={() => onShow({ day: first })}>
          Show the first whole day that is kept
        </Button>
      )}
    </Notice>
  );
};
