import { TeamView } from '../../features/team/team-view.tsx';
import { useTeamSearch } from '../../features/team/use-team-search.ts';
import { AppPage } from '../app-page.tsx';
import { TimePicker } from '../time-picker.tsx';

/** Availability of many: everybody, or a division, queue or team. */
export const TeamPage = () => {
  const { search, zone, change } = useTeamSearch();
  return (
    <AppPage>
      <TeamView timePicker={<TimePicker search={search} zone={zone} onChange={change} />} />
    </AppPage>
  );
};
