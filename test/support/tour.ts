// `npm run tour`: walks through the demo vault in the built app and writes the pictures that the README shows, in both themes.
// Every key in them is invented by the demo itself; the vault that "create" shows is thrown away.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright';
import { launchApp, type RunningApp } from './app.ts';
import { sampleKey } from './key-samples.ts';
import { smallPng } from './small-png.ts';

const folder = resolve(import.meta.dirname, '../../docs/pictures');
const size = { width: 1280, height: 800 };
const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const still = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
  );

const shoot = async (page: Page, name: string, theme: Theme): Promise<void> => {
  await still(page);
  const png = smallPng(await page.screenshot());
  const file = `${name}-${theme}.png`;
  writeFileSync(join(folder, file), png);
  say(`${file}  ${Math.ceil(png.length / 1_000)} kB`);
};

const open = async (home: string, theme: Theme, args: readonly string[]): Promise<RunningApp> => {
  const app = await launchApp({ home, args, colorScheme: theme });
  await app.evaluateMain(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
  return app;
};

const vaultWindow = (app: RunningApp, not?: Page): Promise<Page> =>
  app.waitForWindow(
    async (page) =>
      page !== not && (await page.evaluate(() => 'keyturn' in globalThis && document.title !== '')),
  );

const sampleFile = (): string =>
  [
    '# the payments service',
    'PORT=3000',
    `CIRCLE_API_KEY=${sampleKey('circle-mint', 'sandbox', 11)}`,
    `CIRCA_API_KEY=${sampleKey('circa', 'test', 12)}`,
    'CIRCA_TEAM_ID=0d0c1b9e-5c7c-4f0e-9a53-2f6c1b1e7d10',
    'SMTP_PASSWORD="three grey geese"',
    'LOG_LEVEL=debug',
    'API_URL=https://api-sandbox.circle.com',
    'FEATURE_PAYOUTS=true',
    '',
  ].join('\n');

const goTo = (page: Page, place: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();

const atAGlance = async (page: Page, theme: Theme): Promise<void> => {
  await page.keyboard.press('o');
  await page.getByRole('group', { name: /^What is due/ }).waitFor();
  await shoot(page, 'overview', theme);
  await page.keyboard.press('d');
  await page.getByRole('heading', { name: 'Due', exact: true }).waitFor();
  await page.getByRole('listitem').first().waitFor();
  await shoot(page, 'due', theme);
  await page.keyboard.press('Escape');
};

const turns = async (page: Page, theme: Theme): Promise<void> => {
  await page.keyboard.press('t');
  await page.getByRole('heading', { name: 'Turns', exact: true }).waitFor();
  await page.getByRole('region', { name: 'Over' }).getByRole('listitem').first().waitFor();
  await shoot(page, 'turns', theme);
  await page.getByRole('button', { name: 'datapoints-test' }).click();
  await page.getByRole('heading', { name: 'Both keys live' }).waitFor();
  await shoot(page, 'turn', theme);
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Calendar' }).check();
  await page.getByRole('group', { name: 'Planned turns' }).waitFor();
  await shoot(page, 'turn-calendar', theme);
  await page.keyboard.press('Escape');
  await page.getByRole('row').filter({ hasText: 'builds' }).first().click();
  await page.getByRole('heading', { name: 'builds', exact: true }).waitFor();
  await page.keyboard.press('r');
  await page.getByRole('dialog').getByRole('button', { name: 'Begin' }).waitFor();
  await shoot(page, 'turn-plan', theme);
  await closeDialog(page);
};

const leaks = async (page: Page, theme: Theme): Promise<void> => {
  await page.keyboard.press('l');
  await page.getByRole('heading', { name: 'Pasted keys', exact: true }).waitFor();
  await page.getByText('deploy/values.yaml').first().click();
  await page.getByRole('heading', { name: /^Why it is/ }).waitFor();
  await shoot(page, 'leaks', theme);
  await page.getByRole('radio', { name: 'Map' }).check();
  await page.getByRole('table').waitFor();
  await shoot(page, 'leak-map', theme);
  await page.keyboard.press('Escape');
};

const closeDialog = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

const listAndDetail = async (page: Page, theme: Theme): Promise<void> => {
  await page.getByRole('row').filter({ hasText: 'payouts-prod' }).click();
  await page.getByRole('heading', { name: 'payouts-prod' }).waitFor();
  await shoot(page, 'keys', theme);
  await page.keyboard.press('c');
  await page.getByRole('button', { name: /^Moves money/ }).waitFor();
  await page.keyboard.press('c');
  await page.getByRole('button', { name: /^Copied, clears in/ }).waitFor();
  await shoot(page, 'copied', theme);
  await page.keyboard.press('c');
  // What is put on the clipboard next must not come between the look and the clearing.
  await page.getByRole('button', { name: /^Copied, clears in/ }).waitFor({ state: 'detached' });
};

const addByPaste = async (page: Page, app: RunningApp, theme: Theme): Promise<void> => {
  await app.control.writeClipboard(sampleKey('circle-w3s', 'test', 5));
  await page.getByRole('grid', { name: 'Keys' }).focus();
  await page.keyboard.press('ControlOrMeta+v');
  await page.getByText(/^Recognised/).waitFor();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('wallets-staging');
  await shoot(page, 'add', theme);
  await closeDialog(page);
  await app.control.writeClipboard(' ');
};

const palette = async (page: Page, theme: Theme): Promise<void> => {
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('pay');
  await page.getByRole('option').first().waitFor();
  await shoot(page, 'palette', theme);
  await closeDialog(page);
};

const importAndExport = async (page: Page, app: RunningApp, home: string, theme: Theme): Promise<void> => {
  const file = join(home, 'payments.env');
  writeFileSync(file, sampleFile());
  await goTo(page, 'Import');
  await page.getByRole('radio', { name: 'ci', exact: true }).check();
  await app.control.dialogs({ showOpenDialog: [{ canceled: false, filePaths: [file] }] });
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await page.getByRole('table').waitFor();
  await shoot(page, 'import', theme);
  await page.getByRole('button', { name: 'Back' }).click();
  await goTo(page, 'Export');
  await page.getByRole('table').waitFor();
  await shoot(page, 'export', theme);
};

const about = async (page: Page, app: RunningApp, theme: Theme): Promise<void> => {
  await page.getByRole('button', { name: 'About Keyturn' }).click();
  const window = await app.waitForWindow((each) => each.evaluate(() => 'about' in globalThis));
  await window.getByRole('definition').first().waitFor();
  await shoot(window, 'about', theme);
  await app.evaluateMain(({ BrowserWindow }) => {
    for (const each of BrowserWindow.getAllWindows()) if (each.getTitle().startsWith('About')) each.close();
  });
};

const demo = async (theme: Theme): Promise<void> => {
  const home = mkdtempSync(join(tmpdir(), 'keyturn-tour-'));
  const app = await open(home, theme, ['--demo']);
  try {
    const page = await vaultWindow(app);
    await page.getByRole('grid', { name: 'Keys' }).waitFor();
    await listAndDetail(page, theme);
    await atAGlance(page, theme);
    await turns(page, theme);
    await leaks(page, theme);
    await addByPaste(page, app, theme);
    await palette(page, theme);
    await importAndExport(page, app, home, theme);
    await goTo(page, 'Settings');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await shoot(page, 'settings', theme);
    await about(page, app, theme);
    // The window may be gone before the keys are up again.
    await page.keyboard.press('ControlOrMeta+l').catch(() => undefined);
    const locked = await vaultWindow(app, page);
    await locked.getByRole('heading', { name: /^Unlock/ }).waitFor();
    await shoot(locked, 'unlock', theme);
  } finally {
    await app.close();
    rmSync(home, { recursive: true, force: true });
  }
};

/** The first run, up to where the recovery code would be shown: a code belongs into nobody's picture. */
const create = async (theme: Theme): Promise<void> => {
  const home = mkdtempSync(join(tmpdir(), 'keyturn-tour-'));
  const app = await open(home, theme, []);
  try {
    const page = await vaultWindow(app);
    await page.getByLabel('Password', { exact: true }).fill('seven owls under a brass lamp');
    await page.getByText(/^Strong/).waitFor();
    await page.getByLabel('The same again').fill('seven owls under a brass lamp');
    await shoot(page, 'create', theme);
  } finally {
    await app.close();
    rmSync(home, { recursive: true, force: true });
  }
};

mkdirSync(folder, { recursive: true });
for (const theme of themes) {
  await create(theme);
  await demo(theme);
}
