import type { Page } from '@playwright/test';

/** The people of the simulated organisation, as its page describes them. */
export const PERSONAS = {
  supervisor: /sees and changes all \d+ divisions/,
  teamLead: /sees and changes the division/,
  viewer: /changes nothing/,
  admin: /the settings too/,
} as const;

/** From an address of Floorwatch to the organisation's page and back. */
export const signInAt = async (page: Page, address: string, who: keyof typeof PERSONAS): Promise<void> => {
  await page.goto(address);
  await signInHere(page, who);
};

/** From the page that asks to sign in. */
export const signInHere = async (page: Page, who: keyof typeof PERSONAS): Promise<void> => {
  await page.getByRole('link', { name: 'Sign in with Genesys Cloud' }).click();
  await page.getByRole('button', { name: PERSONAS[who] }).first().click();
};
