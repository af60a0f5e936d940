export const DENSITIES = ['cards', 'compact', 'matrix'] as const;

/** `cards`: few people, read from afar · `compact`: a floor · `matrix`: 500 people on one screen */
export type Density = (typeof DENSITIES)[number];

interface TileSize {
  readonly minWidth: number;
  readonly tileHeight: number;
  readonly gap: number;
  readonly fontSize: number;
}

/** Where tiles go: columns that fill the width, rows of one height, px. */
export interface GridLayout extends Omit<TileSize, 'minWidth'> {
  readonly columns: number;
  readonly tileWidth: number;
}

interface Sizes {
  readonly usual: TileSize;
  /** For screens that are read from further away: everything on a tile is larger. */
  readonly large: TileSize;
  /** Grids at least this wide, px, are large. */
  readonly largeFrom: number;
}

/** Gaps leave room for the badge astride a tile's upper edge; a tile of the matrix has none. */
const SIZES: Readonly<Record<Density, Sizes>> = {
  cards: {
    usual: { minWidth: 216, tileHeight: 88, gap: 11, fontSize: 16.5 },
    large: { minWidth: 260, tileHeight: 106, gap: 12, fontSize: 20 },
    largeFrom: 1700,
  },
  compact: {
    usual: { minWidth: 164, tileHeight: 68, gap: 9, fontSize: 13 },
    large: { minWidth: 186, tileHeight: 78, gap: 9, fontSize: 15 },
    largeFrom: 1700,
  },
  matrix: {
    usual: { minWidth: 78, tileHeight: 34, gap: 4, fontSize: 11 },
    large: { minWidth: 110, tileHeight: 46, gap: 4, fontSize: 14 },
    largeFrom: 2200,
  },
};

export const layOutGrid = (width: number, density: Density): GridLayout => {
  const { usual, large, largeFrom } = SIZES[density];
  const { minWidth, tileHeight, gap, fontSize } = width >= largeFrom ? large : usual;
  const columns = Math.max(1, Math.floor((width + gap) / (minWidth + gap)));
  const tileWidth = Math.max(0, Math.floor((width - gap * (columns - 1)) / columns));
  return { columns, tileWidth, tileHeight, gap, fontSize };
};

/** The upper left corner of the tile at a place in the order, px. */
export const cornerOf = ({ columns, tileWidth, tileHeight, gap }: GridLayout, index: number) => ({
  x: (index % columns) * (tileWidth + gap),
  y: Math.floor(index / columns) * (tileHeight + gap),
});
