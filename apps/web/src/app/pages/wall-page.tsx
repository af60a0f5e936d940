import '../app.css';
import '../../features/connection/connection.css';
import { Announcements } from '../../features/connection/announcements.tsx';
import { ConnectionBanner } from '../../features/connection/connection-banner.tsx';
import { Wall } from '../../features/wall/wall.tsx';
import { FloorHealth } from '../floor-health.tsx';
import { AppHeader } from '../app-header.tsx';

/** The page a supervisor keeps open. */
export const WallPage = () => (
  <div className="page">
    <AppHeader />
    <ConnectionBanner />
    <Wall />
    <Announcements />
    <FloorHealth />
  </div>
);
