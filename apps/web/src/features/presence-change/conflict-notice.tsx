import type { PresenceThere } from '@floorwatch/contracts';
import { Button } from '@mantine/core';
import { thereWords } from './change-words.ts';
import { useFocusOnMount } from './use-focus-on-mount.ts';

interface ConflictNoticeProps {
  /** What is there now; null where the platform knows of no presence. */
  readonly now: PresenceThere | null;
  readonly name: string | null;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

/** Somebody else was faster: what they set stands until it is decided anew. */
export const ConflictNotice = ({ now, name, onAgain, onClose }: ConflictNoticeProps) => (
  <div className="outcome" data-tone="warn" role="alert">
    <h3 className="outcome__title" tabIndex={-1} ref={useFocusOnMount()}>
      Somebody else was faster
    </h3>
    <p>
      {name ?? 'The agent'} is not as you saw it any more, so nothing was changed. There is now:{' '}
      <b dir="auto">{thereWords(now)}</b>
      {now !== null && now.message !== null && <span dir="auto"> “{now.message}”</span>}.
    </p>
    <div className="outcome__actions">
      <Button onClick={onAgain}>Look again and decide anew</Button>
      <Button variant="default" onClick={onClose}>
        Leave it as it is
      </Button>
    </div>
  </div>
);
