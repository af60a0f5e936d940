import './app.css';
import '../features/connection/connection.css';
import type { ReactNode } from 'react';
import { Announcements } from '../features/connection/announcements.tsx';
import { ConnectionBanner } from '../features/connection/connection-banner.tsx';
import { ViewCutNote } from '../features/session/view-cut-note.tsx';
import { GlyphSheet } from '../look/glyphs.tsx';
import { PresenceDefinitionsContext, usePresenceDefinitions } from '../live/presence-labels.ts';
import { AppHeader } from './app-header.tsx';
import { FloorHealth } from './floor-health.tsx';
import { PresenceChange } from './presence-change.tsx';

/** What every page has around it: the header, the state of the connection, the floor health panel. */
export const AppPage = ({ children }: { readonly children: ReactNode }) => {
  const definitions = usePresenceDefinitions();
  return (
    <PresenceDefinitionsContext value={definitions}>
      <GlyphSheet />
      <div className="page">
        <AppHeader />
        <ConnectionBanner />
        <ViewCutNote />
        {children}
        <Announcements />
        <FloorHealth />
        <PresenceChange />
      </div>
    </PresenceDefinitionsContext>
  );
};
