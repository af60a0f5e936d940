import { defineConfig } from '@playwright/test';
import { findChromium } from './.config/find-chromium.ts';

const chromium = findChromium();

/** Stories against the started product. Each starts an organisation and a Floorwatch of its own, on free ports. */
export default defineConfig({
  testDir: './e2e/tests',
  testMatch: '**/*.ts',
  outputDir: './test-results',
  globalSetup: ['./e2e/support/build-web.ts', './e2e/support/set-up-database.ts'],
  fullyParallel: true,
  workers: 2, // each story is a browser, a BFF and a simulated organisation
  retries: 0, // a story that passes at the second try has found something
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: chromium === null ? {} : { executablePath: chromium.path },
  },
});
