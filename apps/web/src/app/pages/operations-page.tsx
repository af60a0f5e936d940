import { useNavigate } from '@tanstack/react-router';
import { FloorHealthContents } from '../../features/floor-health/floor-health-panel.tsx';
import { OperationsView } from '../../features/operations/operations-view.tsx';
import { AppPage } from '../app-page.tsx';

/** How Floorwatch itself is doing. */
export const OperationsPage = () => {
  const navigate = useNavigate();
  return (
    <AppPage>
      <OperationsView
        parts={
          <FloorHealthContents
            onShow={(flag) =>
              void navigate({ to: '/', search: flag === 'discrepancy' ? { disagree: 'only' } : { flag: [flag] } })
            }
          />
        }
      />
    </AppPage>
  );
};
