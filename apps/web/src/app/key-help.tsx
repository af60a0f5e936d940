import { ActionIcon } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useHotkey } from '../lib/use-hotkey.ts';

/** Loaded when it is first asked for: nobody needs it to see the floor. */
const KeyHelpDialog = lazy(async () => ({ default: (await import('./key-help-dialog.tsx')).KeyHelpDialog }));

/** The way to the help: the keys and the signs. */
export const KeyHelp = () => {
  const [wasAsked, setAsked] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const open = (): void => {
    setAsked(true);
    setOpen(true);
  };
  useHotkey(['?'], open);
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        onClick={open}
        aria-label="Help: keys and signs"
        title="Help (?)"
      >
        <span className="help__mark" aria-hidden="true">
          ?
        </span>
      </ActionIcon>
      {wasAsked && (
        <Suspense>
          <KeyHelpDialog isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
};
