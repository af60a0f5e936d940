import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface DeskDialogProps {
  readonly title: string;
  readonly size?: number;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The frame of every dialog of the presence change: the whole screen on a phone. */
export const DeskDialog = ({ title, size = 620, onClose, children }: DeskDialogProps) => {
  const isPhone = useMediaQuery('(max-width: 720px)');
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      fullScreen={isPhone}
      closeOnClickOutside={false} // a click beside it must not lose a choice
      returnFocus={false} // the desk does it, to before the menu
      classNames={{ content: 'desk', title: 'desk__title', body: 'desk__body' }}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }} // the page has one banner, and it is not this
    >
      {children}
    </Modal>
  );
};
