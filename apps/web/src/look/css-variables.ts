import { ACTIVITIES } from '@floorwatch/domain';
import { activityHue, SURFACES, tileColours, type Theme } from './palette.ts';

/** The palette of a theme as CSS custom properties; style sheets name colours by these and by nothing else. */
export const cssVariables = (theme: Theme): Record<string, string> => {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries<string>({ ...SURFACES[theme] })) variables[`--fw-${kebab(name)}`] = value;
  for (const activity of ACTIVITIES) {
    const { ground, hue, ink, quiet } = tileColours(theme, activity);
    const prefix = `--fw-${kebab(activity)}`;
    variables[prefix] = activityHue(theme, activity);
    variables[`${prefix}-tile`] = ground;
    variables[`${prefix}-tile-hue`] = hue;
    variables[`${prefix}-tile-ink`] = ink;
    variables[`${prefix}-tile-quiet`] = quiet;
  }
  return variables;
};

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
