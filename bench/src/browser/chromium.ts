import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { bringChromium } from '../../../.config/bring-chromium.ts';
import { untilStopped } from '../processes/teardown.ts';

/** A desk's screen. */
const VIEWPORT = { width: 1440, height: 900 } as const;

export interface OpenBrowser {
  /** A page of a browser that has never been here. */
  newPage(): Promise<Page>;
  readonly version: string;
  close(): Promise<void>;
}

/** Starts Chromium; it ends with the bench. */
export const openBrowser = async (): Promise<OpenBrowser> => {
  const browser: Browser = await chromium.launch({
    executablePath: await bringChromium(),
    handleSIGINT: false, // the bench ends everything in order itself
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  return {
    newPage: async () => {
      const context: BrowserContext = await browser.newContext({ viewport: VIEWPORT });
      return context.newPage();
    },
    version: browser.version(),
    close: untilStopped(() => browser.close()),
  };
};
