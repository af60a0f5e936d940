import { Button, Modal } from '@mantine/core';
import type { ApiKeyCreated } from '@floorwatch/contracts';
import { useState } from 'react';

interface NewKeyProps {
  readonly made: ApiKeyCreated;
  readonly onClose: () => void;
}

/** The secret, this once. A click beside it does not close it: it would be lost. */
export const NewKey = ({ made: { key, secret }, onClose }: NewKeyProps) => {
  const [copied, setCopied] = useState<'copied' | 'failed' | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied('copied');
    } catch {
      setCopied('failed'); // not over https, or not allowed
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`The key for ${key.name}`}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      attributes={{ header: { role: 'presentation' } }}
    >
      <div className="key-form">
        <p>
          <strong>Copy it now.</strong> It is shown this once; Floorwatch keeps a hash of it only.
        </p>
        <code className="key-form__secret" data-secret>
          {secret}
        </code>
        <p className="keys__quiet">
          To be sent as <code>authorization: Bearer …</code>
        </p>
        <div className="key-form__line">
          <Button variant="default" onClick={() => void copy()} data-autofocus>
            Copy
          </Button>
          <Button onClick={onClose}>I have it</Button>
          <span role="status">
            {copied === 'copied' && 'Copied.'}
            {copied === 'failed' && 'The browser does not allow it: mark the text and copy it.'}
          </span>
        </div>
      </div>
    </Modal>
  );
};
