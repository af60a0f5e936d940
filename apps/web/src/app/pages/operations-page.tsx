import { OperationsView } from '../../features/operations/operations-view.tsx';
import { AppPage } from '../app-page.tsx';

/** How Floorwatch itself is doing. */
export const OperationsPage = () => (
  <AppPage>
    <OperationsView />
  </AppPage>
);
