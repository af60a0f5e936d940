import { exportAudit } from '@floorwatch/contracts';
import { downloadFile } from '../../lib/download.ts';
import { ExportMenu } from '../../ui/export-menu.tsx';

interface AuditExportProps {
  readonly asked: string;
  readonly zone: string;
  /** The range and the zone. */
  readonly words: string;
}

/** The entries of the filter as a file, shown here or not. */
export const AuditExport = ({ asked, zone, words }: AuditExportProps) => (
  <ExportMenu
    note={`${words}: every entry of the filter, shown here or not. The file itself will stand in the audit.`}
    choices={[
      {
        id: 'audit',
        label: 'A line for each entry',
        run: ({ format, signal, onProgress }) =>
          downloadFile({
            path: `${exportAudit.path}${asked}&zone=${encodeURIComponent(zone)}&format=${format}`,
            fileName: `floorwatch-audit.${format}`,
            signal,
            onProgress,
          }),
      },
    ]}
  />
);
