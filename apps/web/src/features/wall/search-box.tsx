import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { browserClock } from '../../lib/browser-clock.ts';
import { useHotkey } from '../../lib/use-hotkey.ts';
import { useWallSearch } from './use-wall-search.ts';

/** Typing goes into the address once it pauses: browsers limit how often an address may change. */
const PAUSE_MS = 150;

/** Finds agents by any part of their names. `/` comes here, Esc empties it and leaves. */
export const SearchBox = () => {
  const { search, change } = useWallSearch();
  const committed = search.q ?? '';
  const [text, setText] = useState(committed);
  const [lastCommitted, setLastCommitted] = useState(committed);
  const input = useRef<HTMLInputElement>(null);

  if (committed !== lastCommitted) {
    setLastCommitted(committed); // somebody else changed the address: a link, "clear all", the back button
    setText(committed);
  }
  useEffect(() => {
    if (text === committed) return undefined;
    return browserClock.after(PAUSE_MS, () => {
      setLastCommitted(text);
      change((held) => ({ ...held, q: text }), true);
    });
  }, [text, committed, change]);
  useHotkey(['/'], () => input.current?.select());

  return (
    <TextInput
      ref={input}
      className="toolbar__search"
      size="sm"
      type="text"
      aria-label="Search agents by name"
      placeholder="Search agents"
      autoComplete="off"
      spellCheck={false}
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        setText('');
        event.currentTarget.blur();
      }}
      rightSection={
        text === '' ? (
          <Kbd size="xs">/</Kbd>
        ) : (
          <CloseButton size="sm" aria-label="Empty the search" onClick={() => setText('')} />
        )
      }
    />
  );
};
