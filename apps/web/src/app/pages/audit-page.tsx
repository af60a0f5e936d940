import { AuditView } from '../../features/audit/audit-view.tsx';
import { useAuditSearch } from '../../features/audit/use-audit-search.ts';
import { AppPage } from '../app-page.tsx';
import { TimePicker } from '../time-picker.tsx';

/** Who did what. */
export const AuditPage = () => {
  const { search, zone, change } = useAuditSearch();
  return (
    <AppPage>
      <AuditView timePicker={<TimePicker search={search} zone={zone} onChange={change} />} />
    </AppPage>
  );
};
