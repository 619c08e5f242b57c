// The recovery code's screens, as a person with a pen goes through them.
import { expect, type Page } from '@playwright/test';

/** Reads the code from the screen that shows it once. */
export const readCode = async (page: Page): Promise<string> => {
  const list = page.getByRole('list', { name: 'Recovery code' });
  // A derivation is calibrated and run before it: slow where others work too.
  await expect(list).toBeVisible({ timeout: 30_000 });
  return (await list.locator('code').allTextContents()).join('-');
};

/** Types the groups that are asked for. */
export const confirmCode = async (page: Page, code: string): Promise<void> => {
  const groups = code.split('-');
  for (const label of await page.getByText(/^Group \d+$/).all()) {
    const words = (await label.textContent()) ?? '';
    await page.getByLabel(words, { exact: true }).fill(groups[Number(words.slice(6)) - 1] ?? '');
  }
  await page.getByRole('button', { name: 'Confirm' }).click();
};
