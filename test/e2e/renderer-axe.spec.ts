// Every screen of the window, walked through by the keyboard and the mouse, in both themes: axe finds nothing on any of them,
// and the page never asks for anything that its security policy refuses. The agent behind it is the real one.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { demoPassword } from '../../src/agent/demo-content.ts';
import { findChromium } from '../support/electron-stand-in/chromium.ts';
import { sampleKey } from '../support/key-samples.ts';
import { openWindow, type OpenWindow } from '../support/bridge-double/open-window.ts';
import { look as lookInBoth, lookIn, systemTheme, themes, type Theme } from './support/look.ts';

const shots = process.env['KEYTURN_SHOTS'];
const desk = { width: 1360, height: 840 };

/** Keeps a picture where one is asked for. */
const shoot = async (page: Page, theme: Theme, name: string): Promise<void> => {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}-${theme}.png`) });
};

const look = (page: Page, name: string, part?: string): Promise<void> =>
  lookInBoth(page, name, {
    ...(part === undefined ? {} : { part }),
    after: (theme) => shoot(page, theme, name),
  });

/** For what does not stay long enough to be looked at twice. */
const eachTheme = async (page: Page, act: (theme: Theme) => Promise<void>): Promise<void> => {
  for (const theme of themes) {
    await systemTheme(page, theme);
    await act(theme);
  }
  await systemTheme(page, 'light');
};

const messages = 'section[aria-label=Messages]';

/** A message goes after eight seconds, unless somebody points at it. */
const lookAtMessage = async (page: Page, name: string): Promise<void> => {
  await page.locator(messages).hover();
  await look(page, name, messages);
  await page.mouse.move(0, 0);
};

/** A question goes after eight seconds: on a busy machine that may be before it was looked at, and then it is asked once more. */
const lookAtQuestion = async (page: Page, question: Locator, see: () => Promise<void>): Promise<void> => {
  await expect(async () => {
    if (await question.isVisible()) await page.keyboard.press('Escape');
    await expect(question).toHaveCount(0);
    await page.keyboard.press('c');
    await expect(question).toBeVisible();
    await see();
    expect(await question.isVisible(), 'it was looked at while it stood').toBe(true);
    await page.keyboard.press('Escape');
    await expect(question).toHaveCount(0);
  }).toPass({ timeout: 120_000 });
};

const password = 'correct-horse-battery-staple-41';
const liveKey = (): string => sampleKey('circle-mint', 'live');

const createVault = async ({ page }: OpenWindow): Promise<void> => {
  await expect(page.getByRole('heading', { name: 'A vault for your keys' })).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await expect(page.getByText('Guessing it would take')).toBeVisible();
  await page.getByLabel('The same again').fill(password);
  await look(page, 'create-1-password');
  await page.getByRole('button', { name: 'Create the vault' }).click();
  await expect(page.getByRole('heading', { name: 'Your recovery code' })).toBeVisible();
  const groups = await page.getByRole('list', { name: 'Recovery code' }).locator('code').allTextContents();
  await page.getByRole('checkbox', { name: 'I have written it down or printed it' }).check();
  await look(page, 'create-2-code');
  await page.getByRole('button', { name: 'Continue' }).click();
  for (const field of await page.getByLabel(/^Group \d+$/).all()) {
    const id = await field.getAttribute('id');
    const label = await page.locator(`label[for="${id ?? ''}"]`).textContent();
    await field.fill(groups[Number(label?.replace('Group ', '')) - 1] ?? '');
  }
  await look(page, 'create-3-prove');
  await page.getByRole('button', { name: 'Confirm' }).click();
};

const openDemo = async ({ page }: OpenWindow): Promise<void> => {
  await expect(page.getByRole('grid', { name: 'Keys' })).toBeVisible();
};

// Each has a window and an agent of its own.
test.describe.configure({ mode: 'parallel' });
test.use({ launchOptions: { executablePath: findChromium(), args: ['--no-sandbox'] }, viewport: desk });
test.setTimeout(300_000);

test('first run, first key, lock and unlock', async ({ context }) => {
  const window = await openWindow(context);
  const { page, person } = window;
  await createVault(window);
  await expect(page.getByRole('heading', { name: 'Put in your first key' })).toBeVisible();
  await look(page, 'first-key');

  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'Add a key' })).toBeVisible();
  await look(page, 'add-1-start');
  person.clipboard = liveKey();
  await page.getByRole('button', { name: /^Paste a key/ }).click();
  await expect(page.getByText('Recognised: a live key of Circle Mint.')).toBeVisible();
  expect(await page.content()).not.toContain(person.clipboard);
  await page.getByRole('textbox', { name: 'Name' }).fill('payouts');
  await look(page, 'add-2-recognised');
  await page.getByText('Facts: dates').click();
  await look(page, 'add-3-facts');
  await page.getByRole('button', { name: 'Add the key' }).click();
  await expect(page.getByText('payouts is in the vault.')).toBeVisible();
  await lookAtMessage(page, 'added-message');
  await look(page, 'added');

  await page.keyboard.press('ControlOrMeta+l');
  await expect(page.getByRole('heading', { name: 'Unlock your vault' })).toBeVisible();
  await look(page, 'unlock');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible();
  await look(page, 'unlock-wrong');
  await page.getByRole('button', { name: 'I lost my password' }).click();
  await expect(page.getByRole('heading', { name: 'Open with the recovery code' })).toBeVisible();
  await look(page, 'recover');
  await page.getByRole('button', { name: /^Back/ }).click();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Keys' })).toBeVisible();
  expect(window.complaints).toEqual([]);
  await window.close();
});

test('the keys of the demo', async ({ context }) => {
  const window = await openWindow(context, { demo: true });
  const { page } = window;
  await openDemo(window);
  await look(page, 'list');
  await page.getByRole('row').filter({ hasText: 'treasury-readonly' }).click();
  await expect(page.getByRole('heading', { name: 'treasury-readonly' })).toBeVisible();
  const question = page.getByRole('button', { name: /^Moves money/ });
  await eachTheme(page, async (theme) => {
    await lookAtQuestion(page, question, async () => {
      await lookIn(page, theme, 'detail-copy-asks', '[data-asking]');
      await shoot(page, theme, 'detail-copy-asks');
    });
  });
  await page.keyboard.press('c');
  await expect(question).toBeVisible();
  await page.keyboard.press('c');
  await expect(page.getByRole('button', { name: /^Copied, clears in/ })).toBeVisible();
  await look(page, 'detail-copied');
  await eachTheme(page, async (theme) => {
    await page.getByRole('grid', { name: 'Keys' }).focus();
    await page.keyboard.down(' ');
    await expect(page.locator('[data-shown]')).toBeVisible();
    await lookIn(page, theme, 'detail-revealed');
    await shoot(page, theme, 'detail-revealed');
    await page.keyboard.up(' ');
    await expect(page.locator('[data-shown]')).toHaveCount(0);
  });
  await page.getByRole('row').filter({ hasText: 'builds' }).click();
  await expect(page.getByRole('heading', { name: 'builds' })).toBeVisible();
  await look(page, 'detail-pair');
  for (const [name, chord] of [
    ['edit', 'e'],
    ['remove', 'Delete'],
    ['cheat-sheet', '?'],
    ['palette', 'ControlOrMeta+k'],
  ] as const) {
    await page.keyboard.press(chord);
    await expect(page.getByRole('dialog')).toBeVisible();
    await look(page, name);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'More' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await look(page, 'menu');
  await page.getByRole('menuitem', { name: /^Put in a new value/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'replace');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Note whom it was handed to' }).click();
  await look(page, 'hand-over');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('/');
  await page.keyboard.type('circ liv');
  await expect(page.getByText(/\d found/)).toBeVisible();
  await look(page, 'find');
  await page.keyboard.type('zzzz');
  await expect(page.getByText(/^Nothing called/)).toBeVisible();
  await look(page, 'find-nothing');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('pay');
  await look(page, 'palette-query');
  await page.keyboard.press('Escape');
  expect(window.complaints).toEqual([]);
  await window.close();
});

test('the places of the demo', async ({ context }) => {
  const window = await openWindow(context, { demo: true });
  const { page, person, home } = window;
  await openDemo(window);
  const places = page.getByRole('navigation', { name: 'Places' });
  const environment = join(home, 'sample.env');
  writeFileSync(
    environment,
    `# a service\nPORT=3000\nCIRCLE_API_KEY=${liveKey()}\nLOG_LEVEL=debug\nSMTP_PASSWORD=hunter-of-the-lost-socks\nbroken line\n`,
  );

  await places.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByRole('heading', { name: 'Take keys out of a file' })).toBeVisible();
  await look(page, 'import-1-choose');
  person.opens = environment;
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await look(page, 'import-2-preview');
  await page.getByRole('button', { name: /^Import \d/ }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
  await look(page, 'import-3-result');

  await places.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await look(page, 'export');
  await page.getByRole('combobox', { name: 'Format' }).click();
  await expect(page.getByRole('listbox')).toBeVisible();
  await look(page, 'export-format');
  await page.keyboard.press('Escape');

  await places.getByRole('button', { name: 'Activity' }).click();
  await page.getByRole('button', { name: 'Verify the trail' }).click();
  await expect(page.getByText(/entries checked/)).toBeVisible();
  await look(page, 'activity');

  await places.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Run the checks' }).click();
  await look(page, 'settings');
  for (const [button, name] of [
    ['Change…', 'settings-password'],
    ['Check mine…', 'settings-check-code'],
    ['Make a new one…', 'settings-new-code'],
  ] as const) {
    await page.getByRole('button', { name: button }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look(page, name);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }

  await places.getByRole('button', { name: 'Bin' }).click();
  await expect(page.getByText('The bin is empty')).toBeVisible();
  await look(page, 'bin-empty');
  await page.getByRole('navigation', { name: 'Keys' }).getByRole('button').click();
  await page.getByRole('row').filter({ hasText: 'wallets-test' }).click();
  await page.keyboard.press('Delete');
  await page.getByLabel(/^Type wallets-test/).fill('wallets-test');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^wallets-test was removed/)).toBeVisible();
  await lookAtMessage(page, 'removed-message');
  await look(page, 'removed');
  await places.getByRole('button', { name: /^Bin/ }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await look(page, 'bin');
  await page.getByRole('button', { name: 'Empty the bin…' }).click();
  await look(page, 'bin-confirm');
  await page.keyboard.press('Escape');

  await page.getByRole('navigation', { name: 'Keys' }).getByRole('button').click();
  await page.getByRole('button', { name: '3 plain variables' }).first().click();
  await expect(page.getByRole('table')).toBeVisible();
  await look(page, 'variables');
  await page.getByRole('button', { name: /^Project:/ }).click();
  await look(page, 'project-menu');
  await page.getByRole('menuitem', { name: /^Name and environments/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'project');
  await page.keyboard.press('Escape');
  expect(window.complaints).toEqual([]);
  await window.close();
});

test('a small window, where the detail slides over', async ({ context }) => {
  const window = await openWindow(context, { demo: true });
  const { page } = window;
  await page.setViewportSize({ width: 900, height: 560 });
  await openDemo(window);
  await look(page, 'small-list');
  await page.getByRole('grid', { name: 'Keys' }).focus();
  await page.keyboard.press('/');
  await page.keyboard.type('payouts-prod');
  await page.keyboard.press('Enter');
  await eachTheme(page, async (theme) => {
    await lookAtQuestion(page, page.getByText('copy it?'), async () => {
      await expect(page.getByRole('row').filter({ hasText: 'payouts-prod' })).toContainText('copy it?');
      await lookIn(page, theme, 'small-copy-asks', '[role=row][aria-selected=true]');
      await shoot(page, theme, 'small-copy-asks');
    });
  });
  await page.keyboard.press('Escape');
  await page.getByRole('row').filter({ hasText: 'payouts-prod' }).click();
  await expect(page.getByRole('heading', { name: 'payouts-prod' })).toBeVisible();
  await look(page, 'small-detail');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'payouts-prod' })).toHaveCount(0);
  expect(window.complaints).toEqual([]);
  await window.close();
});

test('a file that is no vault', async ({ context }) => {
  const home = mkdtempSync(join(tmpdir(), 'keyturn-home-'));
  writeFileSync(join(home, 'vault.keyturn'), 'not a vault');
  const window = await openWindow(context, { home });
  await expect(window.page.getByRole('heading', { name: 'This file is not a vault' })).toBeVisible();
  await window.page.getByRole('button', { name: 'Check what is wrong' }).click();
  await expect(window.page.getByRole('listitem').first()).toBeVisible();
  await look(window.page, 'problem');
  await window.close();
  rmSync(home, { recursive: true });
});

test('the demo vault opens with the password that its own screen tells', async ({ context }) => {
  const window = await openWindow(context, { demo: true });
  const { page } = window;
  await openDemo(window);
  await page.keyboard.press('ControlOrMeta+l');
  await expect(page.getByText(demoPassword)).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(demoPassword);
  await page.keyboard.press('Enter');
  await openDemo(window);
  await window.close();
});
