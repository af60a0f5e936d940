import type { SetterKind } from '@floorwatch/domain';

type IconKind = 'contacts' | 'outOfOffice' | Exclude<SetterKind, 'agent' | 'unknown'>;

const PATHS: Readonly<Record<IconKind, string>> = {
  contacts: 'M3 2h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H8.5l-4 3.5V11H3a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2Z',
  /* somebody else: head and shoulders · a rule: a bolt · the system: a screen */
  supervisor: 'M8 1a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM1.5 15a6.5 6 0 0 1 13 0Z',
  automation: 'M9.5 1 2.5 9.2h4.2L6 15l7.5-8.700H9L9.5 1Z',
  system: 'M1.5 2h13v9h-5v2h2.5v1.5h-8V13h2.5v-2h-5V2Z',
  outOfOffice: 'M15 1 9.6 15l-2.4-6.2L1 6.4 15 1Z',
};

interface TileIconProps {
  readonly kind: IconKind;
  /** Its name for screen readers; null where the words stand beside it. */
  readonly label: string | null;
}

/** A small sign on a tile. */
export const TileIcon = ({ kind, label }: TileIconProps) => (
  <svg
    className="tile-icon"
    viewBox="0 0 16 16"
    fill="currentColor"
    {...(label === null ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  >
    <path d={PATHS[kind]} />
  </svg>
);
