// A person before the built app: opens it, unlocks it, walks through its places. Only what the screen offers is used; what has
// happened is looked up from outside (disk, clipboard, command line), never asked of the page.
import { expect, type Page, type TestInfo } from '@playwright/test';
import { join } from 'node:path';
import { launchApp, type LaunchOptions, type RunningApp } from '../../support/app.ts';
import { newHome, type Home, type HomeOptions } from '../../support/cli.ts';

/** A start with its vault, on a machine with much else to do. */
export const startTimeoutMs = 150_000;

export type Seat = {
  readonly home: Home;
  /** KEYTURN_HOME. */
  readonly folder: string;
  readonly app: RunningApp;
  /** The vault's window; another one after each lock. */
  page: Page;
};

const isVaultPage = (page: Page): Promise<boolean> =>
  page.evaluate(() => 'keyturn' in globalThis && document.querySelector('main, h1, form') !== null);

/** What went wrong inside any vault window of this file's apps: an exception there can leave a blank window. */
const complaints: string[] = [];
const heard = new WeakSet<Page>();

const listenTo = (page: Page): void => {
  if (heard.has(page)) return;
  heard.add(page);
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => complaints.push(error.message));
};

/** The vault's window, once it shows something; never the one given. */
export const vaultWindow = async (app: RunningApp, not?: Page): Promise<Page> => {
  const page = await app.waitForWindow(async (each) => each !== not && (await isVaultPage(each)));
  listenTo(page);
  return page;
};

export const folderOf = (home: Home): string => join(home.folder, 'home');

/** Starts the built app on a home; the window's size is that of a laptop unless told. */
export const sitDown = async (
  home: Home = newHome(),
  options: Omit<LaunchOptions, 'home'> = {},
): Promise<Seat> => {
  const folder = folderOf(home);
  const app = await launchApp({ home: folder, derivation: home.derivation, ...options });
  return { home, folder, app, page: await vaultWindow(app) };
};

/** Also where the app never came up. */
export const leave = async (seat: Seat | undefined): Promise<void> => {
  await seat?.app.close();
  seat?.home.remove();
};

/** After each test: nothing was thrown in a window; where something failed, what it showed is kept beside the results. */
export const lookBack = async (seat: Seat | undefined, info: TestInfo): Promise<void> => {
  if (seat !== undefined && info.status !== info.expectedStatus) {
    await seat.page.screenshot({ path: info.outputPath('window.png') }).catch(() => undefined);
  }
  expect(complaints.splice(0)).toEqual([]);
};

export const resize = (seat: Seat, width: number, height: number): Promise<void> =>
  seat.app.evaluateMain(
    ({ BrowserWindow }, size) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(size.width, size.height);
    },
    { width, height },
  );

/** Makes the vault on the command line: for journeys that begin later than its creation. */
export const preparedHome = async (options: HomeOptions = {}): Promise<Home> => {
  const home = newHome(options);
  await home.json<unknown>(['init']);
  return home;
};

export const grid = (page: Page) => page.getByRole('grid', { name: 'Keys' });
export const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
export const message = (page: Page, text: string | RegExp) =>
  page.getByRole('region', { name: 'Messages' }).getByText(text);

export const typePassword = async (page: Page, password: string): Promise<void> => {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
};

/** Types the password and waits for the open vault. */
export const unlock = async ({ page, home }: Seat, password = home.password): Promise<void> => {
  await expect(page.getByRole('heading', { name: /^Unlock/ })).toBeVisible();
  await typePassword(page, password);
  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible();
};

/** The window may be gone before the keys are up again. */
export const pressLock = (page: Page): Promise<void> =>
  page.keyboard.press('ControlOrMeta+l').catch(() => undefined);

/** Locks by the keyboard; the seat has the new window afterwards. */
export const lock = async (seat: Seat): Promise<Page> => {
  const before = seat.page;
  await pressLock(before);
  seat.page = await vaultWindow(seat.app, before);
  await expect(seat.page.getByRole('heading', { name: /^Unlock/ })).toBeVisible();
  return before;
};

export const goTo = (page: Page, place: string): Promise<void> =>
  page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: new RegExp(`^${place}`) })
    .click();

export const showKeys = (page: Page): Promise<void> =>
  page.getByRole('navigation', { name: 'Keys' }).getByRole('button').click();

/** Chooses a key in the list and waits for its detail. */
export const openKey = async (page: Page, name: string): Promise<void> => {
  await rowOf(page, name).first().click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
};

/** The answer to the first press of copy on a key that moves money. */
export const moneyQuestion = (page: Page) => page.getByRole('button', { name: /^Moves money\. Copy it\?/ });

/** Copies the key in sight by the keyboard, saying yes to the question that stands where the copy button was. */
export const copyMoney = async (page: Page): Promise<void> => {
  await page.keyboard.press('c');
  await expect(moneyQuestion(page)).toBeVisible();
  await page.keyboard.press('c');
};

/** Chooses from a select by what the person reads. */
export const choose = async (page: Page, field: string, option: string | RegExp): Promise<void> => {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
  await expect(page.getByRole('listbox')).toHaveCount(0);
};
