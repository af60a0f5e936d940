import { AutomationView } from '../../features/automation/automation-view.tsx';
import { AppPage } from '../app-page.tsx';

/** What is done by itself. */
export const AutomationPage = () => (
  <AppPage>
    <AutomationView />
  </AppPage>
);
