import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const DEADLINE_MS = 20_000; // real sockets and property tests on a busy machine; nothing here waits for a fixed time

const excluded = ['**/node_modules/**', '**/dist/**', '**/.types/**', 'e2e/**'];

/** The suffix of a test file says what it needs: `.test.ts` nothing, `.dom.test.tsx` a browser's document. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    maxWorkers: '100%', // most of them wait for sockets and databases; the default leaves a core out, which is half of two
    testTimeout: DEADLINE_MS,
    hookTimeout: DEADLINE_MS,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['**/*.test.ts', '.config/**/*.test.ts'],
          exclude: excluded,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['**/*.dom.test.tsx'],
          exclude: excluded,
        },
      },
    ],
  },
});
