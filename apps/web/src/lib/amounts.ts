const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A length of time to the second, for tables: `0:07:09`, `7:05:09`, `164:00:00`. */
export const formatDuration = (seconds: number): string => {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(whole % 60)}`;
};

/** The same in words, for tooltips and screen readers: `7 h 5 min 9 s`. */
export const speakDuration = (seconds: number): string => {
  const whole = Math.round(seconds);
  const parts = [
    { amount: Math.floor(whole / 3600), unit: 'h' },
    { amount: Math.floor(whole / 60) % 60, unit: 'min' },
    { amount: whole % 60, unit: 's' },
  ].filter(({ amount }) => amount > 0);
  return parts.length === 0 ? '0 s' : parts.map(({ amount, unit }) => `${amount} ${unit}`).join(' ');
};

/**
 * Whole seconds whose sum is the rounded sum of what they came from: what stands in a row adds up to the total beside it.
 * Those with the largest rest are rounded up.
 */
export const wholeSeconds = (parts: readonly number[]): number[] => {
  const whole = parts.map(Math.floor);
  let missing = Math.round(sum(parts)) - sum(whole);
  const byRest = parts.map((part, index) => ({ index, rest: part % 1 })).toSorted((a, b) => b.rest - a.rest);
  for (const { index } of byRest) {
    if (missing < 1) break;
    whole[index] = (whole[index] ?? 0) + 1;
    missing -= 1;
  }
  return whole;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What stands where there is nothing to divide by. */
export const NO_FIGURE = '–';

/** A share of 0…1 as `63.2 %`. */
export const formatShare = (share: number | null): string =>
  share === null ? NO_FIGURE : `${(share * 100).toFixed(1)} %`;

/** `10,000` */
export const formatCount = (count: number): string => count.toLocaleString('en');
