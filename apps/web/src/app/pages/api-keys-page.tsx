import { ApiKeysView } from '../../features/api-keys/api-keys-view.tsx';
import { useDocumentTitle } from '../../lib/use-document-title.ts';
import { AppPage } from '../app-page.tsx';

/** What other systems show at the door. */
export const ApiKeysPage = () => {
  useDocumentTitle('API keys');
  return (
    <AppPage>
      <ApiKeysView />
    </AppPage>
  );
};
