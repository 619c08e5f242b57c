// What tests of turns in a window share: a window on a vault of their own, its keys, and looking at a screen in both themes.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { bytesOf, newAgent, placeOf, testPassword, type TestAgent } from '../../support/agents.ts';
import { findChromium } from '../../support/electron-stand-in/chromium.ts';
import { openWindow, type OpenWindow } from '../../support/bridge-double/open-window.ts';
import { look as lookInBoth, still, systemTheme, type Theme } from './look.ts';

const shots = process.env['KEYTURN_SHOTS'];
const small = { width: 900, height: 560 };
const usual = { width: 1280, height: 800 };

/** Of `test.use`. */
export const inChromium = {
  launchOptions: { executablePath: findChromium(), args: ['--no-sandbox'] },
  viewport: usual,
};

/** Pictures at both ends of the usual sizes, where somebody wants them. */
const keep = async (page: Page, name: string, theme: Theme): Promise<void> => {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  for (const size of [small, usual]) {
    await page.setViewportSize(size);
    await still(page);
    await page.screenshot({ path: join(shots, `${name}-${theme}-${size.width}.png`) });
  }
};

/** Everything in the light, colours again in the dark; pictures of both, where somebody wants them. */
export const look = (page: Page, name: string): Promise<void> =>
  lookInBoth(page, name, { after: (theme) => keep(page, name, theme) });

/** Pictures alone, of what is made of the same parts as a screen that is looked at. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  if (shots === undefined) return;
  for (const theme of ['dark', 'light'] as const) {
    await systemTheme(page, theme);
    await keep(page, name, theme);
  }
};

const rowOf = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name }).first();
export const choose = async (page: Page, name: string): Promise<void> => {
  await rowOf(page, name).click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
};
export const places = (page: Page): Locator => page.getByRole('navigation', { name: 'Places' });

export const leave = async (window: OpenWindow): Promise<void> => {
  expect(window.complaints).toEqual([]);
  await window.close();
};

/** A vault that is there, open in the window by its password. */
export const openVault = async (
  context: Parameters<typeof openWindow>[0],
  home: string,
): Promise<OpenWindow> => {
  const window = await openWindow(context, { home });
  await window.page.getByLabel('Password', { exact: true }).fill(testPassword);
  await window.page.keyboard.press('Enter');
  await expect(window.page.getByRole('grid', { name: 'Keys' })).toBeVisible();
  return window;
};

export type NewKey = {
  readonly name: string;
  readonly provider: string;
  readonly values: Readonly<Record<string, string>>;
  readonly kind?: 'live' | 'test';
  /** Who was handed it. */
  readonly consumer?: string;
};

/** A vault with these keys, closed again. */
export const vaultOf = async (
  baseUrls: Readonly<Record<string, string>>,
  keys: readonly NewKey[],
  more: (made: TestAgent, environmentId: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<string> => {
  const made = await newAgent();
  await made.get('vault.create', { password: bytesOf(testPassword) });
  for (const [id, baseUrl] of Object.entries(baseUrls))
    await made.get('providers.configure', { id, baseUrl });
  const place = await placeOf(made);
  const production = place.environments.get('production')!;
  for (const { name, provider, values, kind = 'live', consumer } of keys) {
    const { id } = await made.get('keys.add', {
      projectId: place.projectId,
      environmentIds: [production],
      facts: { name, provider, kind },
      fields: Object.entries(values).map(([field, value]) => ({ name: field, value: bytesOf(value) })),
    });
    if (consumer !== undefined)
      await made.get('keys.handOver', {
        id,
        consumer: { name: consumer, purpose: 'books', handedOn: '2026-01-01', exception: null },
      });
  }
  await more(made, production);
  made.agent.close();
  return made.home;
};
