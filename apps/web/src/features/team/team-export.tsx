import { exportAvailability } from '@floorwatch/contracts';
import { GRAIN_WORD } from '../../lib/bar-grain.ts';
import { rangeWords, type CalendarRange } from '../../lib/calendar-range.ts';
import { downloadFile } from '../../lib/download.ts';
import { zoneWords } from '../../lib/zone-time.ts';
import { ExportMenu, type ExportChoice } from '../../ui/export-menu.tsx';
import { useScopeWords } from './scope-words.ts';
import { askFor, type TeamQuestion } from './team-query.ts';

interface TeamExportProps {
  readonly calendar: CalendarRange;
  readonly question: TeamQuestion;
}

/** Exactly this view as a file: of everybody in it, in the order of the screen. */
export const TeamExport = ({ calendar, question }: TeamExportProps) => {
  const { zone, range } = question;
  const scope = useScopeWords(question);
  const { grain, ...whole } = question;
  const choiceOf = (id: string, label: string, asked: string): ExportChoice => ({
    id,
    label,
    run: ({ format, signal, onProgress }) =>
      downloadFile({
        path: `${exportAvailability.path}${asked}&format=${format}`,
        fileName: `floorwatch-${id}.${format}`,
        signal,
        onProgress,
      }),
  });
  const choices = [
    choiceOf('availability', 'A line for each agent', askFor(whole)),
    choiceOf('availability-intervals', `A line for each agent and ${GRAIN_WORD[grain]}`, askFor(question)),
  ];
  const note = `${scope}, ${rangeWords(calendar, zone)}, ${zoneWords(zone, range)}: everybody in the choice, loaded here or not.`;
  return <ExportMenu note={note} choices={choices} />;
};
