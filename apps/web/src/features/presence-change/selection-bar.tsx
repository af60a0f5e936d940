import './presence-change.css';
import { MAX_BULK_AGENTS } from '@floorwatch/contracts';
import { covers } from '@floorwatch/domain';
import { Button } from '@mantine/core';
import { openTask, selectOnly, stopSelecting, usePresenceDesk } from '../../live/presence-desk.ts';
import { useLive, useLiveServices } from '../../live/use-live.ts';

/** While several agents are chosen: how many, and what to do with them. */
export const SelectionBar = () => {
  const { live } = useLiveServices();
  const ids = usePresenceDesk(({ selection }) => selection?.ids ?? null);
  const scope = usePresenceDesk((desk) => desk.scope);
  const shown = useLive(({ view }) => view?.refs.length ?? 0);
  if (ids === null) return null;
  const selectAllShown = (): void => {
    const changeable = live.shownIds().filter((id) => covers(scope, live.rowOf(id)?.profile.divisionId ?? null));
    selectOnly(changeable.slice(0, MAX_BULK_AGENTS));
  };
  const [only] = ids;
  return (
    <section className="selection" aria-label="Agents chosen">
      <p className="selection__count" role="status">
        <b>{ids.size.toLocaleString('en')}</b> {ids.size === 1 ? 'agent' : 'agents'} chosen
        {ids.size >= MAX_BULK_AGENTS && `: the most at once`}
      </p>
      <p className="selection__hint">Click tiles, with Shift up to there. Dimmed ones you may not change.</p>
      <div className="selection__actions">
        <Button size="sm" variant="default" disabled={shown === 0} onClick={selectAllShown}>
          All shown
        </Button>
        <Button size="sm" variant="default" disabled={ids.size === 0} onClick={() => selectOnly([])}>
          None
        </Button>
        <Button
          size="sm"
          disabled={ids.size === 0 || ids.size > MAX_BULK_AGENTS}
          onClick={() =>
            openTask(
              ids.size === 1 && only !== undefined
                ? { kind: 'change', agentId: only }
                : { kind: 'bulk', agentIds: [...ids] },
            )
          }
        >
          Change presence…
        </Button>
        <Button size="sm" variant="subtle" onClick={stopSelecting}>
          Stop choosing
        </Button>
      </div>
    </section>
  );
};
