// Keys are asked from the window: one by its key, all with a way to stop, and what changed is told. What is due is put off, a
// provider is set up, and a glance tells an expired, a refused, a blocked and an unreachable key apart. The agent is the real one;
// the providers are a server on this computer.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { findChromium } from '../support/electron-stand-in/chromium.ts';
import { openWindow, type OpenWindow } from '../support/bridge-double/open-window.ts';
import { startAnswering, type Answering } from './support/answering.ts';
import { look as lookInBoth, still } from './support/look.ts';

const shots = process.env['KEYTURN_SHOTS'];
test.setTimeout(240_000);

const small = { width: 900, height: 560 };
const usual = { width: 1280, height: 800 };

// Each has a window and an agent of its own.
test.describe.configure({ mode: 'parallel' });
test.use({ launchOptions: { executablePath: findChromium(), args: ['--no-sandbox'] }, viewport: usual });

/** Pictures in both themes and at both ends of the usual sizes, where somebody wants them. */
const shoot = async (page: Page, name: string): Promise<void> => {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of [small, usual]) {
      await page.setViewportSize(size);
      await still(page);
      await page.screenshot({ path: join(shots, `${name}-${colorScheme}-${size.width}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
};

const look = async (page: Page, name: string): Promise<void> => {
  await lookInBoth(page, name);
  await shoot(page, name);
};

const providers = ['circle-mint', 'circle-w3s', 'appcircle', 'circa'] as const;

type Scene = { readonly window: OpenWindow; readonly server: Answering };

/** The demo vault, with all its providers on this computer. */
const begin = async (context: Parameters<typeof openWindow>[0]): Promise<Scene> => {
  const server = await startAnswering();
  const window = await openWindow(context, { demo: true });
  for (const id of providers) {
    const set = await window.agent.call('window', 'providers.configure', { id, baseUrl: server.baseUrl(id) });
    expect(set.ok).toBe(true);
  }
  await expect(window.page.getByRole('grid', { name: 'Keys' })).toBeVisible();
  return { window, server };
};

const end = async ({ window, server }: Scene): Promise<void> => {
  expect(window.complaints).toEqual([]);
  await window.close();
  await server.close();
};

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name }).first();
const choose = async (page: Page, name: string): Promise<void> => {
  await rowOf(page, name).click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
};
const stateOf = (page: Page) => page.getByRole('region', { name: 'State' });
const go = (page: Page, place: string) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();

test('one key is asked with K, and says what it was told, until when it worked, and what to do', async ({
  context,
}) => {
  const scene = await begin(context);
  const { page } = scene.window;
  const { answers, asked } = scene.server;
  answers.set('circa', { status: 200 });
  await choose(page, 'datapoints-dev');
  await expect(stateOf(page)).toContainText('not asked yet');
  await page.keyboard.press('k');
  await expect(stateOf(page)).toContainText('works since today');
  expect(asked).toEqual(['GET /circa/public/me']);
  await expect(rowOf(page, 'datapoints-dev')).toContainText('works');

  answers.set('circa', { status: 401, body: { message: 'Unauthorized' } });
  await stateOf(page).getByRole('button', { name: 'Check datapoints-dev' }).click();
  await expect(stateOf(page)).toContainText('refused since today');
  await expect(stateOf(page)).toContainText('worked until today');
  await expect(stateOf(page)).toContainText('Circa gives one answer for both');
  await expect(stateOf(page)).toContainText('Look at the API keys page');
  const strip = page.getByRole('group', { name: /^Checks of the last 90 days/ });
  await expect(strip.getByRole('img')).toHaveCount(1);
  await expect(page.getByRole('table', { name: 'Checks of the last 90 days' })).toBeAttached();
  await look(page, 'checked');

  // What the provider told and what is recorded stand side by side, until a person takes it over.
  await choose(page, 'datapoints-test');
  const told = page.getByRole('region', { name: 'What the provider told' });
  await expect(told).toContainText('you have: Mei');
  await shoot(page, 'told');
  await told.getByRole('button', { name: 'Take over: Owner' }).click();
  await expect(told.getByText(/^you have/)).toHaveCount(0);
  await page.getByRole('heading', { name: 'Checks' }).scrollIntoViewIfNeeded();
  await strip.getByRole('img').last().focus();
  await page.keyboard.press('ArrowLeft');
  await expect(strip.getByRole('img').nth(-2)).toBeFocused();

  // Whether it is asked by itself is the person's word, and is kept.
  const consent = page
    .getByRole('radiogroup', { name: 'Ask once a day by itself' })
    .getByRole('radio', { name: 'Yes' });
  await consent.check();
  await choose(page, 'builds');
  await expect(consent).not.toBeChecked();
  await choose(page, 'datapoints-test');
  await expect(consent).toBeChecked();
  await end(scene);
});

test('all keys are asked, stopped, asked again; what changed is a list; four kinds of trouble look different', async ({
  context,
}) => {
  const scene = await begin(context);
  const { page } = scene.window;
  const { answers } = scene.server;
  answers.set('circle-mint', { status: 200, afterMs: 8_000 });
  answers.set('circle-w3s', { status: 200, afterMs: 8_000 });
  answers.set('appcircle', { status: 200, body: { access_token: 'short' }, afterMs: 8_000 });
  answers.set('circa', { status: 200, afterMs: 8_000 });
  await page.keyboard.press('Shift+K');
  const work = page.getByRole('region', { name: 'Work under way' });
  await expect(work).toContainText(/Asking (Circle|Circa|Appcircle)/);
  await work.getByRole('button', { name: /^Cancel/ }).click();
  await expect(work).toContainText(/^Stopped/);

  for (const id of providers) answers.set(id, { status: 200, body: { access_token: 'short' } });
  await page.keyboard.press('Shift+K');
  await expect(work).toContainText(/10 keys asked: /);
  await shoot(page, 'check-all');
  // The second time something has changed: one refuses, one says no here, one is silent, one has expired by its date.
  answers.set('circle-mint', { status: 401, body: {} });
  answers.set('circa', { status: 403, body: {} });
  answers.set('appcircle', { status: 401, body: {} });
  answers.set('circle-w3s', { status: 500, body: '<html><b>down</b></html>' });
  await page.keyboard.press('Shift+K');
  await expect(work).toContainText(/are refused/);
  await work.getByRole('button', { name: 'What changed' }).click();
  const dialog = page.getByRole('dialog', { name: 'What changed' });
  await expect(dialog.getByRole('button', { name: /payouts-prod/ })).toContainText('works → refused');
  await look(page, 'check-summary');
  await dialog.getByRole('button', { name: /payouts-prod/ }).click();
  await expect(page.getByRole('heading', { name: 'payouts-prod', exact: true })).toBeVisible();

  for (const [name, mark, word] of [
    ['payouts-prod', /^refused since/, 'refused'],
    ['datapoints-live', /^works, but not here/, 'not here'],
    ['store-upload', /^expired/, 'expired'],
    ['wallets-live', /^no answer/, 'no answer'],
  ] as const) {
    await expect(rowOf(page, name).getByRole('img').first()).toHaveAccessibleName(mark);
    await expect(rowOf(page, name)).toContainText(word);
  }
  await look(page, 'four-states');

  await page.getByRole('button', { name: 'Filter by state' }).click();
  await page.getByRole('menuitem', { name: /^Refused/ }).click();
  await expect(page.getByLabel('Find a key')).toHaveValue('state:refused');
  await expect(page.getByRole('grid', { name: 'Keys' }).getByRole('row')).toHaveCount(4);
  await end(scene);
});

test('the overview shows what stands where; its pictures are walked by arrow keys and open what they show', async ({
  context,
}) => {
  const scene = await begin(context);
  const { window } = scene;
  const { page } = window;
  await page.keyboard.press('o');
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const matrix = page.getByRole('table', { name: 'Providers by environment' });
  await expect(matrix.getByRole('button', { name: /^Circa, production: 2 keys/ })).toBeVisible();
  await expect(matrix.getByRole('button', { name: /^Circa, ci: no key.*CIRCA_API_KEY/ })).toBeVisible();
  await matrix.getByRole('button').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(matrix.getByRole('button').nth(6)).toBeFocused();
  const timeline = page.getByRole('group', { name: /^What is due over/ });
  await expect(timeline.getByRole('button', { name: /^builds: .*in 9 days/ })).toBeVisible();
  await look(page, 'overview');
  await timeline.getByRole('button').first().focus();
  await page.keyboard.press('End');
  await expect(timeline.locator(':focus')).toHaveCount(1);
  await timeline.getByRole('button', { name: /^builds: .*in 9 days/ }).click();
  await expect(page.getByRole('heading', { name: 'builds', exact: true })).toBeVisible();
  await end(scene);
});

test('what is due is put off, woken again, and watched by a date of its own', async ({ context }) => {
  const scene = await begin(context);
  const { page } = scene.window;
  await page.keyboard.press('d');
  await expect(page.getByRole('heading', { name: 'Due', exact: true })).toBeVisible();
  const entry = page.getByRole('listitem').filter({ hasText: 'builds' });
  await expect(entry).toContainText('in 9 days');
  await look(page, 'due');
  await entry.getByRole('button', { name: 'Put builds off' }).click();
  await page.getByRole('menuitem', { name: 'For an hour' }).click();
  await expect(page.getByText(/^builds: put off until/)).toBeVisible();
  await expect(page.getByText(/the next comes back/)).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(entry).toBeVisible();

  await entry.getByRole('button', { name: 'builds', exact: true }).click();
  await page.keyboard.press('w');
  const dialog = page.getByRole('dialog', { name: 'What to watch about builds' });
  await dialog.getByLabel('Turn it every so many days').fill('60');
  await dialog.getByLabel('What happens then').fill('The contract ends');
  await dialog.getByLabel('The day').fill('2030-01-31');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByRole('checkbox', { name: 'Issued, but not activated yet' }).check();
  await dialog.getByLabel('Who must do something').fill('Circle support');
  await look(page, 'care');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^Waiting for Circle support since today/)).toBeVisible();
  await expect(page.getByText('31 Jan 2030', { exact: false })).toBeVisible();

  await page.keyboard.press('w');
  await dialog.getByRole('checkbox', { name: 'Its value is lost' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  const lost = page.getByText('The value of this key is lost.');
  await expect(lost).toBeVisible();
  await expect(page.getByText(/^Turn it: make a new one at its provider/)).toBeVisible();
  await look(page, 'lost');
  await page.keyboard.press('/');
  await page.keyboard.type('state:lost');
  await expect(page.getByText('1 found')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'builds' })).toContainText('lost');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  // Over its age as well: one line says both.
  await expect(page.getByText(/turn it: \d+ days old, every \d+; its value is lost/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'I have it again' }).click();
  await expect(page.getByText('builds is not lost.')).toBeVisible();
  await expect(lost).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(lost).toBeVisible();
  await end(scene);
});

test('a provider is found by its whole name, read, and set up; offline is in sight', async ({ context }) => {
  const scene = await begin(context);
  const { window } = scene;
  const { page } = window;
  await page.keyboard.press('p');
  await page.getByLabel('Find a provider').fill('circle');
  const called = page.getByRole('region', { name: 'Called “circle”' });
  await expect(called.getByRole('button', { name: /Circle Mint\s*circle\.com/ })).toBeVisible();
  await expect(called.getByText('appcircle.io')).toHaveCount(0);
  await expect(
    page.getByRole('region', { name: 'Not the same' }).getByText('appcircle.io').first(),
  ).toBeVisible();
  await look(page, 'providers');
  await called.getByRole('button', { name: /Circle Mint/ }).click();
  await expect(page.getByRole('table', { name: 'What an answer means' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Facts and their sources' })).toBeAttached();
  await look(page, 'provider');
  const base = page.getByLabel('Base URL of your own');
  await base.fill('http://git.example.com');
  await expect(page.getByRole('alert').filter({ hasText: 'Only https is asked' })).toBeVisible();
  await base.fill('https://mint.example.com');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Circle Mint is set up.')).toBeVisible();
  await expect(page.getByText('Authorization: Bearer ${CIRCLE_API_KEY}').first()).toBeVisible();
  await page.getByLabel('Names in the portal').fill('Payouts\nsomebody else’s');
  const compared = page.getByRole('table', { name: 'The portal’s list and the vault’s' });
  await expect(compared.getByRole('row', { name: /^somebody else’s missing/ })).toBeVisible();
  await expect(compared.getByRole('row', { name: /^Payouts payouts-prod/ })).toBeVisible();
  await look(page, 'provider-compared');

  await go(page, 'Settings');
  await page.getByRole('switch', { name: 'Offline' }).click();
  await expect(page.getByRole('button', { name: /^Offline/ })).toBeVisible();
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByRole('dialog').getByLabel('Unused after so many days').fill('30');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('turned every 90 days; unused after 30 days')).toBeVisible();
  await page.getByRole('heading', { name: 'Asking providers' }).scrollIntoViewIfNeeded();
  await look(page, 'settings-asking');
  await page.getByRole('button', { name: /^Offline/ }).click();
  await expect(page.getByRole('button', { name: /^Offline/ })).toHaveCount(0);
  await end(scene);
});
