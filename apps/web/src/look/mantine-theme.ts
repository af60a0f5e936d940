import { createTheme, type CSSVariablesResolver } from '@mantine/core';
import { cssVariables } from './css-variables.ts';
import { SURFACES } from './palette.ts';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';

export const mantineTheme = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT },
  defaultRadius: 'md',
  cursorType: 'pointer',
  autoContrast: true,
  primaryColor: 'indigo',
  primaryShade: 7,
});

/** Hands our palette to the component library, so that there is one set of colours. */
export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...cssVariables('light'), ...mantineVariables('light') },
  dark: { ...cssVariables('dark'), ...mantineVariables('dark') },
});

const mantineVariables = (theme: 'light' | 'dark'): Record<string, string> => {
  const { page, surface, well, line, ink, quiet } = SURFACES[theme];
  return {
    '--mantine-color-body': page,
    '--mantine-color-text': ink,
    '--mantine-color-dimmed': quiet,
    '--mantine-color-placeholder': quiet,
    '--mantine-color-default': surface,
    '--mantine-color-default-hover': well,
    '--mantine-color-default-border': line,
    '--mantine-color-default-color': ink,
  };
};
