import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { Failure } from './failure.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  readonly verb: string;
  readonly isDangerous?: boolean;
  readonly deed: { readonly isPending: boolean; readonly error: Error | null; readonly mutate: () => void };
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks once more, and says what it means. */
export const ConfirmDialog = ({ title, verb, isDangerous = false, deed, onClose, children }: ConfirmDialogProps) => (
  <Modal
    opened
    onClose={onClose}
    title={title}
    closeButtonProps={{ 'aria-label': 'Close' }}
    attributes={{ header: { role: 'presentation' } }} // the page has one banner, and it is not this
  >
    {children}
    <Failure error={deed.error} />
    <div className="dialog__buttons">
      <Button variant="default" onClick={onClose}>
        Leave it
      </Button>
      <Button loading={deed.isPending} onClick={() => deed.mutate()} {...(isDangerous && { color: 'red.8' })}>
        {verb}
      </Button>
    </div>
  </Modal>
);
