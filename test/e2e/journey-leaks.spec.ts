// A key that was pasted in places, as a person finds and ends it: the built app, its real agent and scanner, a folder and a shell's history of
// their own. It is told which key it is, whether it still works, and turned; taken out of a file and put back; accepted; noticed when it is pasted
// again, without a name while the vault is locked.
import { expect, test, type Page } from '@playwright/test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sample } from '../support/cli.ts';
import { startAnswering, type Answering } from './support/answering.ts';
import { detail, list } from './support/leaks.ts';
import {
  goTo,
  leave,
  lock,
  lookBack,
  message,
  preparedHome,
  sitDown,
  startTimeoutMs,
  unlock,
  type Seat,
} from './support/person.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const live = sample.circleLive();
let seat: Seat;
let provider: Answering;
let person: string;
let folder: string;

const put = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};

const choosePlace = async (page: Page, words: string): Promise<void> => {
  await list(page).getByRole('row').filter({ hasText: words }).click();
  await expect(detail(page)).toContainText(words);
};

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  provider = await startAnswering();
  provider.answers.set('circle-mint', { status: 200, body: { data: { payments: { masterWalletId: '1' } } } });
  const home = await preparedHome();
  person = join(home.folder, 'person');
  folder = join(person, 'shop');
  mkdirSync(folder, { recursive: true });
  const added = await home.run(['add', 'payouts', '--env', 'production', '--value-stdin'], { stdin: live });
  expect(added.code, added.err).toBe(0);
  const own = await home.run([
    'provider',
    'configure',
    'circle-mint',
    '--base-url',
    provider.baseUrl('circle-mint'),
  ]);
  expect(own.code, own.err).toBe(0);
  put('app.py', `import os\nTOKEN = "${live}"\n`);
  put('deploy/secret.yaml', `data:\n  key: ${Buffer.from(live).toString('base64')}\n`);
  writeFileSync(
    join(person, '.bash_history'),
    `ls\ncurl -H "Authorization: Bearer ${live}" https://localhost\nmake\n`,
  );
  seat = await sitDown(home, { env: { HOME: person } });
  await unlock(seat);
});
test.afterEach(({}, info) => lookBack(seat, info));
test.afterAll(async () => {
  await leave(seat);
  await provider.close();
});

test('a folder is chosen and looked through; each place says which key it is, and whether it works', async () => {
  const { page, app } = seat;
  await goTo(page, 'Pasted keys');
  await app.control.dialogs({ showOpenDialog: [{ canceled: false, filePaths: [folder] }] });
  await page.getByRole('button', { name: 'Add a folder…' }).click();
  await expect(page.getByRole('checkbox', { name: `Read ${folder}` })).toBeChecked();
  await page.getByRole('button', { name: /^Look through/ }).click();
  await expect(list(page)).toBeVisible({ timeout: 30_000 });
  await expect(list(page).getByRole('rowheader')).toHaveText([/payouts/], { timeout: 30_000 });
  for (const place of ['app.py', 'secret.yaml', '.bash_history'])
    await expect(list(page).getByRole('row').filter({ hasText: place })).toHaveCount(1, { timeout: 30_000 });
  await choosePlace(page, 'secret.yaml');
  await expect(detail(page)).toContainText('base64');
  await detail(page).getByRole('button', { name: 'Does it still work?' }).click();
  await expect(message(page, /^payouts: works/)).toBeVisible();
  expect(provider.asked.length).toBeGreaterThan(0);
  expect((await page.content()).includes(live.slice(13, 40)), 'stands in the page').toBe(false);
  await page.screenshot({ path: test.info().outputPath('found.png') });
});

test('a second look reads only what changed', async () => {
  const { page } = seat;
  put('notes.txt', 'nothing new\n');
  await page.getByRole('button', { name: 'Look now' }).click();
  await expect(page.getByText(/; \d+ had not changed/)).toBeVisible({ timeout: 30_000 });
  await expect(list(page).getByRole('row').filter({ hasText: 'app.py' })).toHaveCount(1);
});

test('with one click it is to be turned, as leaked', async () => {
  const { page } = seat;
  await detail(page).getByRole('button', { name: 'Turn this key' }).click();
  const plan = page.getByRole('dialog', { name: 'Turn payouts' });
  await expect(plan.getByRole('radio', { name: 'This key leaked' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(plan).toHaveCount(0);
});

test('it is taken out of a file, put back, and accepted in another', async () => {
  const { page } = seat;
  const path = join(folder, 'app.py');
  const before = readFileSync(path, 'utf8');
  await choosePlace(page, 'app.py');
  await detail(page).getByRole('button', { name: 'Replace it there…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replace it', exact: true }).click();
  await expect.poll(() => readFileSync(path, 'utf8')).toContain('REMOVED_BY_KEYTURN');
  expect(readFileSync(path, 'utf8').includes(live), 'still in the file').toBe(false);
  // The way back is offered with the message: the file is done a moment before it.
  await expect(message(page, /app\.py was replaced\.$/)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => readFileSync(path, 'utf8') === before).toBe(true);

  await choosePlace(page, 'secret.yaml');
  await detail(page).getByRole('button', { name: 'Accept…' }).click();
  const accept = page.getByRole('dialog', { name: 'Accept this place' });
  await accept.getByLabel('Why it may stand there').fill('a sample of the sandbox');
  await accept.getByRole('button', { name: 'Accept it' }).click();
  await expect(accept).toHaveCount(0);
});

test('a new place is noticed by itself, and named; while locked without a name, and there after the unlock', async () => {
  const { app } = seat;
  const noticed = async (): Promise<string> => JSON.stringify(await app.control.notifications());
  put('pasted.md', `the key is ${live}\n`);
  await expect.poll(noticed, { timeout: 20_000 }).toContain('payouts was pasted');
  await expect(list(seat.page).getByRole('row').filter({ hasText: 'pasted.md' })).toHaveCount(1);

  await lock(seat);
  const before = await noticed();
  put('while-locked.txt', `${live}\n`);
  await expect.poll(noticed, { timeout: 20_000 }).toContain('while-locked.txt');
  expect((await noticed()).slice(before.length - 1)).not.toContain('payouts');
  await unlock(seat);
  await goTo(seat.page, 'Pasted keys');
  await expect(list(seat.page).getByRole('row').filter({ hasText: 'while-locked.txt' })).toHaveCount(1, {
    timeout: 20_000,
  });
});

test('a key that is copied elsewhere is recognised, and keeping it is offered; one of the vault is not', async () => {
  const { app } = seat;
  const titles = async (): Promise<readonly string[]> =>
    (await app.control.notifications()).map(({ title }) => title);
  const offers = async (): Promise<readonly string[]> =>
    (await titles()).filter((title) => title.endsWith('is on the clipboard'));
  await app.control.writeClipboard(sample.circaTest());
  await expect.poll(offers, { timeout: 20_000 }).toEqual(['A key of Circa is on the clipboard']);
  // It is offered once, however long it lies there; and what the vault has is not offered.
  await app.control.writeClipboard(live);
  await seat.page.waitForTimeout(2_500);
  expect(await offers()).toHaveLength(1);
});
