import { Wall } from '../../features/wall/wall.tsx';
import { AppPage } from '../app-page.tsx';

/** The page a supervisor keeps open. */
export const WallPage = () => (
  <AppPage>
    <Wall />
  </AppPage>
);
