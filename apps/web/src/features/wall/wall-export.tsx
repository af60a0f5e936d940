import { exportAgents } from '@floorwatch/contracts';
import { downloadFile } from '../../lib/download.ts';
import { rememberedZone } from '../../lib/remembered-zone.ts';
import { useLive, useLiveServices } from '../../live/use-live.ts';
import { ExportMenu, type ExportChoice } from '../../ui/export-menu.tsx';
import { useFilterParts } from './filter-words.ts';

/** The agents on the wall, in the order of the wall, as a file of this moment. */
export const WallExport = () => {
  const { live } = useLiveServices();
  const isEmpty = useLive(({ view }) => (view?.refs.length ?? 0) === 0);
  const filter = useFilterParts()
    .map(({ words }) => words)
    .join(', ');
  const zone = rememberedZone();
  const choice: ExportChoice = {
    id: 'wall',
    label: 'Agents shown, as they are now',
    run: ({ format, signal, onProgress }) =>
      downloadFile({
        path: exportAgents.path,
        body: { format, zone, filter: filter.slice(0, MAX_FILTER), agents: live.shownIds() },
        fileName: `floorwatch-agents.${format}`,
        signal,
        onProgress,
      }),
  };
  const note = `${filter === '' ? 'Everybody' : `Filter: ${filter}`}. Times in ${zone}.`;
  return <ExportMenu note={note} choices={[choice]} isDisabled={isEmpty} isSmall />;
};

/** Longer words are cut: they are only told in the head of the file. */
const MAX_FILTER = 500;
