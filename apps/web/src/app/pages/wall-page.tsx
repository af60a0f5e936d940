import { Wall } from '../../features/wall/wall.tsx';
import { AppPage } from '../app-page.tsx';
import { ChosenAgents } from '../presence-change.tsx';

/** The page a supervisor keeps open. */
export const WallPage = () => (
  <AppPage>
    <Wall below={<ChosenAgents />} />
  </AppPage>
);
