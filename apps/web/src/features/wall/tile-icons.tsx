type IconKind = 'contacts' | 'outOfOffice';

const PATHS: Readonly<Record<IconKind, string>> = {
  contacts: 'M3 2h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H8.5l-4 3.5V11H3a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2Z',
  outOfOffice: 'M15 1 9.6 15l-2.4-6.200L1 6.4 15 1Z',
};

/** A small sign on a tile with its name for screen readers. */
export const TileIcon = ({ kind, label }: { readonly kind: IconKind; readonly label: string }) => (
  <svg className="tile-icon" viewBox="0 0 16 16" fill="currentColor" role="img" aria-label={label}>
    <path d={PATHS[kind]} />
  </svg>
);
