/** An sRGB colour as three numbers from 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Reads `#rrggbb`. */
export const parseHex = (hex: string): Rgb => {
  const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [channel(1), channel(3), channel(5)];
};

export const toHex = (rgb: Rgb): string =>
  `#${rgb
    .map((channel) =>
      Math.round(channel * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/** Lays `share` (0 to 1) of a colour over another, as a translucent layer would. */
export const mixHex = (over: string, under: string, share: number): string => {
  const [r1, g1, b1] = parseHex(over);
  const [r2, g2, b2] = parseHex(under);
  const mix = (a: number, b: number): number => a * share + b * (1 - share);
  return toHex([mix(r1, r2), mix(g1, g2), mix(b1, b2)]);
};
