import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { usePrinting } from '../lib/use-printing.ts';
import { LiveContext, type LiveServices } from '../live/use-live.ts';
import { mantineTheme, resolveCssVariables } from '../look/mantine-theme.ts';
import type { createAppRouter } from './router.tsx';

interface AppProps {
  readonly services: LiveServices;
  readonly queryClient: QueryClient;
  readonly router: ReturnType<typeof createAppRouter>;
}

const colourScheme = localStorageColorSchemeManager({ key: 'floorwatch-colours' });

/** Everything a page may ask for, around the pages. Paper is light, whatever the screen is. */
export const App = ({ services, queryClient, router }: AppProps) => (
  <MantineProvider
    theme={mantineTheme}
    cssVariablesResolver={resolveCssVariables}
    defaultColorScheme="auto"
    colorSchemeManager={colourScheme}
    {...(usePrinting() && { forceColorScheme: 'light' as const })}
  >
    <QueryClientProvider client={queryClient}>
      <LiveContext value={services}>
        <RouterProvider router={router} />
      </LiveContext>
    </QueryClientProvider>
  </MantineProvider>
);
