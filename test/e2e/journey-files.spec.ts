// Files in and out, as a person takes them through the dialogs: a real .env with its choices, plain variables, an export that
// is read back, the refusal to write into a repository, a backup. Meanwhile a second app stands untouched until it locks itself.
import { expect, test } from '@playwright/test';
import { parse } from 'dotenv';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sample } from '../support/cli.ts';
import { agentOf, expectNotInWindow, isAlive } from './support/outside.ts';
import {
  choose,
  goTo,
  grid,
  lookBack,
  leave,
  message,
  preparedHome,
  rowOf,
  showKeys,
  sitDown,
  unlock,
  vaultWindow,
  startTimeoutMs,
  type Seat,
} from './support/person.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const circle = sample.circleLive();
const circa = sample.circaTest();
const session = sample.anything();
const file = [
  '# the payments service',
  'PORT=3000',
  `CIRCLE_API_KEY=${circle}`,
  'export LOG_LEVEL="debug" # noisy',
  `CIRCA_API_KEY='${circa}'`,
  `SESSION_SECRET=${session}`,
  'GREETING="good morning\\nand good night"',
  'broken line',
  '',
].join('\r\n');

let seat: Seat;
let untouched: Seat;
let untouchedAgent: number;

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  const quiet = await preparedHome();
  writeFileSync(join(quiet.folder, 'home/settings.json'), '{"lockAfterMinutes":1}\n', { mode: 0o600 });
  untouched = await sitDown(quiet);
  await unlock(untouched);
  untouchedAgent = await agentOf(untouched);
  seat = await sitDown(await preparedHome());
  await unlock(seat);
});
test.afterEach(({}, info) => lookBack(seat, info));
test.afterAll(async () => {
  await leave(seat);
  await leave(untouched);
});

const answerSave = (filePath: string): Promise<void> =>
  seat.app.control.dialogs({ showSaveDialog: [{ canceled: false, filePath }] });

test('a .env file is shown line by line, chosen from, and taken in', async () => {
  const { page, app, home } = seat;
  const path = join(home.folder, 'service.env');
  writeFileSync(path, file, { mode: 0o600 });
  await page.keyboard.press('i');
  await page.getByRole('radio', { name: 'staging' }).check();
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  // The dialog was cancelled, since no answer waited: nothing happens and nothing is said.
  await expect(page.getByRole('button', { name: 'Choose a file…' })).toBeEnabled();
  await app.control.dialogs({ showOpenDialog: [{ canceled: false, filePaths: [path] }] });
  await page.getByRole('button', { name: 'Choose a file…' }).click();

  const table = page.getByRole('table');
  await expect(table).toBeVisible();
  await expect(rowOf(page, 'CIRCLE_API_KEY')).toContainText('Circle Mint');
  await expect(rowOf(page, 'CIRCA_API_KEY')).toContainText('Circa');
  await expect(page.getByText('1 line could not be read and will not be taken in.')).toBeVisible();
  const taken = (name: string, as: string) =>
    page.getByRole('radiogroup', { name: `Take ${name} as` }).getByRole('radio', { name: as });
  await expect(taken('CIRCLE_API_KEY', 'Key')).toBeChecked();
  await expect(taken('SESSION_SECRET', 'Key')).toBeChecked();
  await expect(taken('PORT', 'Variable')).toBeChecked();
  await taken('GREETING', 'Leave out').click();
  expect(await home.json<unknown[]>(['list'], { bare: true })).toEqual([]);
  await expectNotInWindow(page, circle, circa, session);

  await page.getByRole('button', { name: 'Import 5' }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
  await expect(page.getByText('3 keys and 2 plain variables are in the vault.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Left out' })).toContainText('GREETING');
  await page.getByRole('button', { name: 'Show them' }).click();
  await expect(rowOf(page, 'Circle Mint')).toBeVisible();
  expect(await home.json<unknown[]>(['list', '--env', 'staging'], { bare: true })).toHaveLength(3);
  expect(readFileSync(path, 'utf8') === file, 'the file itself is not changed').toBe(true);
});

test('plain variables are added, changed, removed and brought back', async () => {
  const { page } = seat;
  await showKeys(page);
  await page.getByRole('button', { name: '2 plain variables' }).click();
  await expect(page.getByRole('heading', { name: 'Variables of staging' })).toBeVisible();
  await page.getByLabel('Name of a new variable').fill('API_URL');
  await page.getByLabel('Value of the new variable').fill('https://api.example.org/v1?a=b#c');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Value of API_URL')).toHaveValue('https://api.example.org/v1?a=b#c');
  await page.getByLabel('Value of PORT').fill('8080');
  await page.keyboard.press('Enter');
  await expect(message(page, 'PORT is saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove LOG_LEVEL' }).click();
  await expect(message(page, 'LOG_LEVEL was removed.')).toBeVisible();
  await expect(page.getByLabel('Value of LOG_LEVEL')).toHaveCount(0);
  await page.getByRole('heading', { name: 'Variables of staging' }).click();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByLabel('Value of LOG_LEVEL')).toHaveValue('debug');
  await page.getByLabel('Name of a new variable').fill('not a name');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible();
});

const expected = {
  PORT: '8080',
  LOG_LEVEL: 'debug',
  API_URL: 'https://api.example.org/v1?a=b#c',
  CIRCLE_API_KEY: circle,
  CIRCA_API_KEY: circa,
  SESSION_SECRET: session,
};

test('an environment is exported through the dialog, for its owner alone, and reads back whole', async () => {
  const { page, home } = seat;
  const path = join(home.folder, 'out.env');
  await goTo(page, 'Export');
  await choose(page, 'Environment', /^staging/);
  await expect(page.getByRole('table')).toContainText('CIRCLE_API_KEY');
  await answerSave(path);
  await page.getByRole('button', { name: 'Write the file…' }).click();
  await expect(message(page, /^6 variables of staging written to/)).toBeVisible();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const read = parse(readFileSync(path));
  expect(Object.keys(read).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [name, value] of Object.entries(expected)) expect(read[name] === value, name).toBe(true);
  const byCommand = await home.run(['export', '--env', 'staging', '--yes'], { bare: true });
  expect(JSON.stringify(parse(byCommand.out)) === JSON.stringify(read), 'the same by command').toBe(true);
  await expectNotInWindow(page, circle, circa, session);
});

test('another format is another file: JSON, over a file that was there', async () => {
  const { page, home } = seat;
  const path = join(home.folder, 'out.json');
  writeFileSync(path, 'old', { mode: 0o644 });
  await choose(page, 'Format', /JSON/);
  await answerSave(path);
  await page.getByRole('button', { name: 'Write the file…' }).click();
  await expect(message(page, /out\.json\.$/)).toBeVisible();
  const read = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  expect(read['CIRCLE_API_KEY'] === circle).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a repository is refused, unless the person says so or git ignores the file', async () => {
  const { page, home } = seat;
  const repository = join(home.folder, 'repository');
  mkdirSync(repository);
  execFileSync('git', ['init', '-q'], { cwd: repository });
  const path = join(repository, '.env.staging');
  await answerSave(path);
  await page.getByRole('button', { name: 'Write the file…' }).click();
  const refusal = page.getByRole('alert').filter({ hasText: /git/i });
  await expect(refusal).toBeVisible();
  expect(existsSync(path)).toBe(false);
  await answerSave(path);
  await page.getByRole('button', { name: 'Write anyway…' }).click();
  await expect(message(page, /\.env\.staging\.$/)).toBeVisible();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await expect(refusal).toHaveCount(0);

  rmSync(path);
  writeFileSync(join(repository, '.gitignore'), '.env.*\n');
  await answerSave(path);
  await page.getByRole('button', { name: 'Write the file…' }).click();
  await expect.poll(() => existsSync(path)).toBe(true);
  await expect(refusal).toHaveCount(0);
});

test('a backup is written, and opens elsewhere with the same password', async () => {
  const { page, home } = seat;
  const path = join(home.folder, 'mine.keyturn-backup');
  await goTo(page, 'Settings');
  await answerSave(path);
  await page.getByRole('button', { name: 'Make a backup…' }).click();
  await expect(message(page, /read back\.$/)).toBeVisible({ timeout: 30_000 });
  const elsewhere = join(home.folder, 'elsewhere');
  const restored = await home.run(['restore', path], { env: { KEYTURN_HOME: elsewhere } });
  expect(restored.code, restored.err).toBe(0);
  const listed = await home.json<unknown[]>(['list'], { env: { KEYTURN_HOME: elsewhere } });
  expect(listed).toHaveLength(3);
});

test('every one of these is in the activity, and its chain verifies', async () => {
  const { page } = seat;
  await goTo(page, 'Activity');
  await expect(page.getByText(/exported/i).first()).toBeVisible();
  await page.getByRole('button', { name: 'Verify the trail' }).click();
  await expect(page.getByText(/entries checked/)).toBeVisible();
});

test('a vault that nobody touches locks itself after its minute', async () => {
  test.setTimeout(150_000);
  untouched.page = await untouched.app.waitForWindow(
    async (page) => (await page.getByRole('heading', { name: 'Unlock your vault' }).count()) === 1,
    90_000,
  );
  await expect.poll(() => isAlive(untouchedAgent)).toBe(false);
  expect((await untouched.home.run(['list'], { bare: true })).code).toBe(3);
  await expect.poll(() => untouched.app.windows().length).toBe(1);
  await unlock(untouched);
  expect(await vaultWindow(untouched.app)).toBe(untouched.page);
  await expect(grid(untouched.page)).toHaveCount(0);
  // The one in use is still open.
  await expect(seat.page.getByRole('navigation', { name: 'Places' })).toBeVisible();
});
