import './presence-change.css';
import { useEffect } from 'react';
import { useSession } from '../../live/session-query.ts';
import { openTask, usePresenceDesk } from '../../live/presence-desk.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { BulkProgressDialog } from './bulk-progress.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { draftOf } from './draft.ts';
import { ResetDialog } from './reset-dialog.tsx';
import { UnderWayDialog } from './under-way-dialog.tsx';
import { TileMenu } from './tile-menu.tsx';

/** Whatever of the presence change is open. A choice that was not sent before the page was left is offered again. */
export const PresenceTasks = () => {
  const task = usePresenceDesk((desk) => desk.task);
  const userId = useSession()?.person?.userId ?? null;
  useEffect(() => {
    if (usePresenceDesk.getState().task !== null) return;
    const draft = draftOf(userId);
    if (draft !== null) openTask(draft.task);
  }, [userId]);
  switch (task?.kind) {
    case 'menu':
      return <TileMenu {...task} />;
    case 'change':
      return <ChangeDialog key={task.agentId} agentId={task.agentId} suggested={task.definitionId ?? null} />;
    case 'reset':
      return <ResetDialog key={task.agentId} agentId={task.agentId} />;
    case 'bulk':
      return <BulkDialog agentIds={task.agentIds} />;
    case 'bulk-progress':
      return <BulkProgressDialog bulkId={task.bulkId} />;
    case 'under-way':
      return <UnderWayDialog />;
    case undefined:
      return null;
  }
};
