import { ActionIcon, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useHotkey } from '../lib/use-hotkey.ts';
import { usePageSearch } from './use-page-search.ts';

const NEXT: Readonly<Record<MantineColorScheme, MantineColorScheme>> = { auto: 'light', light: 'dark', dark: 'auto' };

const WORD: Readonly<Record<MantineColorScheme, string>> = {
  auto: 'Colours: as this computer prefers',
  light: 'Colours: light',
  dark: 'Colours: dark',
};

const ICON: Readonly<Record<MantineColorScheme, string>> = {
  auto: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 13V3a5 5 0 0 1 0 10Z',
  light:
    'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM7.3 1h1.4v2H7.3V1Zm0 12h1.4v2H7.3v-2ZM1 7.3h2v1.4H1V7.3Zm12 0h2v1.4h-2V7.3ZM2.6 3.5l1-1L5 4 4 5 2.6 3.5ZM11 12l1-1 1.4 1.5-1 1L11 12ZM2.6 12.5 4 11l1 1-1.4 1.5-1-1ZM11 4l1.4-1.5 1 1L12 5l-1-1Z',
  dark: 'M6.2 1.7A6.6 6.6 0 1 0 14.3 9.8 5.3 5.3 0 0 1 6.2 1.7Z',
};

/** Light, dark, or as the computer prefers. The address may ask for one, so that a link looks the same elsewhere. */
export const ThemeSwitch = () => {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { search, change } = usePageSearch();
  const asked = search.theme;
  useEffect(() => {
    if (asked !== undefined) setColorScheme(asked);
  }, [asked, setColorScheme]);
  const turn = (): void => {
    const next = NEXT[colorScheme];
    setColorScheme(next);
    change({ theme: next === 'auto' ? undefined : next }, true);
  };
  useHotkey(['t'], turn);
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      onClick={turn}
      aria-label={WORD[colorScheme]}
      title={`${WORD[colorScheme]} (t)`}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" fillRule="evenodd" aria-hidden="true">
        <path d={ICON[colorScheme]} />
      </svg>
    </ActionIcon>
  );
};
