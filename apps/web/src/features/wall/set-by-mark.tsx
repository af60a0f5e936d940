import type { Actor } from '@floorwatch/contracts';
import { TileIcon } from './tile-icons.tsx';

/** A sign where somebody else than the agent set the presence; the words for it stand beside it. */
export const SetByMark = ({ by }: Pick<Actor, 'by'>) =>
  by === 'unknown' || by === 'agent' ? null : (
    <span className="tile__set-by" data-set-by={by}>
      <TileIcon kind={by} label={null} />
    </span>
  );
