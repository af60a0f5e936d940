import type { CreatedWebhook } from '@floorwatch/contracts';
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';

interface SecretDialogProps {
  readonly created: CreatedWebhook;
  readonly onClose: () => void;
}

/** The secret, this once. */
export const SecretDialog = ({ created: { webhook, secret }, onClose }: SecretDialogProps) => {
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const copy = async (): Promise<void> => {
    const isCopied = await navigator.clipboard.writeText(secret).then(
      () => true,
      () => false,
    );
    setCopied(isCopied ? 'yes' : 'no');
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`The secret of ${webhook.name}`}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }} // the page has one banner, and it is not this
    >
      <p>
        It is shown this once: give it to the receiver now. With it, it checks the header <code>webhook-signature</code>{' '}
        by any library of Standard Webhooks.
      </p>
      <p className="secret">
        <code>{secret}</code>
      </p>
      <div className="dialog__buttons">
        <span role="status">
          {copied === 'yes' && 'Copied.'}
          {copied === 'no' && 'This browser does not let it be copied: mark it by hand.'}
        </span>
        <Button variant="default" onClick={() => void copy()}>
          Copy
        </Button>
        <Button onClick={onClose}>I have kept it</Button>
      </div>
    </Modal>
  );
};
