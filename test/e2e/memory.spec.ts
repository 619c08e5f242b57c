// What is left in the memory of the app's processes, read from the operating system (/proc/<pid>/mem), on the built app. Passwords
// and values are typed key by key or put in by the command line, so that neither the test's own wires nor the stand-in's ever carry
// one in a piece; all processes are held to the promise: the shell, the agent, and every process of the browser.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { sample } from '../support/cli.ts';
import { familyOf, searchProcess, type Needle } from '../support/process-memory.ts';
import { provideDisplay } from '../support/display.ts';
import { copiesIn, keyNeedles, middle, names, roleOf, type Count } from './support/memory-look.ts';
import { isAlive, systemClipboard } from './support/outside.ts';
import {
  choose,
  copyMoney,
  goTo,
  grid,
  leave,
  lock,
  openKey,
  preparedHome,
  showKeys,
  sitDown,
  startTimeoutMs,
  type Seat,
} from './support/person.ts';

test.describe.configure({ mode: 'serial', timeout: 240_000 });

const values = {
  revealed: sample.circleLive(),
  copied: sample.circaLive(),
  untouched: sample.anything(),
  imported: `imp${sample.anything()}`,
  pasted: `pas${sample.anything()}`,
} as const;

/** What lay on the system's clipboard went through Electron's own objects (Blob), which nobody can wipe: docs/known-issues.md. */
const onClipboard: ReadonlySet<string> = new Set(['copied', 'pasted']);

const nextPassword = `seven owls on a ${randomBytes(6).toString('hex')} wire`;

let seat: Seat;
let needles: readonly Needle[];

const look = (when: string): readonly Count[] => copiesIn(seat, needles, when);

const putOnClipboard = async (text: string): Promise<void> => {
  const display = await provideDisplay();
  const ran = spawnSync('xclip', ['-selection', 'clipboard'], {
    input: text,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, ...(display === undefined ? {} : { DISPLAY: display }) },
    timeout: 5_000,
  });
  expect(ran.error).toBeUndefined();
};

const typeSlowly = async (password: string, label = 'Password'): Promise<void> => {
  await seat.page.getByLabel(label, { exact: true }).click();
  await seat.page.keyboard.type(password);
};

const unlockByKeys = async (): Promise<void> => {
  await typeSlowly(seat.home.password);
  await seat.page.keyboard.press('Enter');
  await expect(seat.page.getByRole('navigation', { name: 'Places' })).toBeVisible({ timeout: 60_000 });
};

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  const home = await preparedHome({ derivation: 'full' });
  for (const name of ['revealed', 'copied', 'untouched'] as const) {
    await home.json<unknown>(['add', name, '--env', 'production', '--value-stdin'], { stdin: values[name] });
  }
  const keys = keyNeedles(home);
  seat = await sitDown(home);
  needles = [
    { name: 'the master password', bytes: middle(home.password) },
    { name: 'the next password', bytes: middle(nextPassword) },
    ...Object.entries(values).map(([name, value]) => ({ name, bytes: middle(value) })),
    ...keys,
  ];
});
test.afterAll(() => leave(seat));

test('the search finds a value that is there, in each of its forms', async () => {
  const value = randomBytes(24).toString('hex');
  const child = await seat.app.evaluateMain(() => process.pid);
  expect(child).toBe(seat.app.pid);
  const planted = Buffer.from(value);
  const forms = [
    planted,
    Buffer.from(value, 'utf16le'),
    Buffer.from(value, 'utf16le').swap16(),
    Buffer.from(planted.toString('hex')),
    Buffer.from(planted.toString('hex').toUpperCase()),
    Buffer.from(planted.toString('base64')),
  ];
  const found = searchProcess(process.pid, [{ name: 'planted', bytes: planted }]);
  expect(new Set(found.map(({ form }) => form.replace(/\/\d/, '')))).toEqual(
    new Set(['bytes', 'utf-16', 'utf-16, the other order', 'hex', 'hex, capitals', 'base64']),
  );
  forms.forEach((form) => form.fill(0));
});

/** Empty of a process that has just ended: Chromium has some that live for a moment. */
const limitsOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${String(pid)}/limits`, 'utf8');
  } catch {
    return '';
  }
};

test('core dumps are off for every process of the app', () => {
  const limits = familyOf(seat.app.pid).flatMap((each) => {
    const line = limitsOf(each.pid)
      .split('\n')
      .find((one) => one.startsWith('Max core'));
    if (line === undefined) return [];
    return [
      [
        roleOf(seat, each),
        line
          .trim()
          .split(/\s{2,}/)
          .slice(1, 3),
      ],
    ];
  });
  expect(limits.length).toBeGreaterThan(3);
  expect(limits.filter(([, limit]) => String(limit) !== '0,0')).toEqual([]);
});

test('a password that is being typed stands in no process as a whole', async () => {
  await typeSlowly(seat.home.password);
  expect(names(look('typed and not sent'), () => true)).toEqual([]);
  await seat.page.getByLabel('Password', { exact: true }).fill('');
});

test('unlocked, the window’s processes hold no value and no key, and no process the password', async () => {
  await unlockByKeys();
  const found = look('unlocked');
  expect(names(found, ({ role, needle }) => role !== 'agent' || needle === 'the master password')).toEqual(
    [],
  );
});

test('while a value is revealed no other is in the window, and 30 seconds later not that one', async () => {
  const { page } = seat;
  await openKey(page, 'revealed');
  await page
    .getByRole('button', { name: /^Reveal/ })
    .first()
    .focus();
  await page.keyboard.down(' ');
  // The count of its characters, since reading them would bring the value here in one piece.
  const characters = page.getByTestId('secret-value').first().locator('.lone-character');
  await expect(characters).toHaveCount([...values.revealed].length);
  const shown = look('revealed');
  expect(names(shown, ({ role, needle }) => role !== 'agent' && needle !== 'revealed')).toEqual([]);
  await page.keyboard.up(' ');
  await expect(characters).toHaveCount(0);
  await sleep(30_000);
  expect(names(look('30 s after it was let go'), ({ role }) => role !== 'agent')).toEqual([]);
});

test('after a paste, an import and an export the window holds none of it, and the shell nothing it was not asked to copy', async () => {
  const { page, app, home } = seat;
  const source = join(home.folder, 'source.env');
  const target = join(home.folder, 'exported.env');
  writeFileSync(source, `SOME_TOKEN=${values.imported}\n`);
  await app.control.dialogs({
    showOpenDialog: [{ canceled: false, filePaths: [source] }],
    showSaveDialog: [{ canceled: false, filePath: target }],
  });
  await page.keyboard.press('i');
  await page.getByRole('radio', { name: 'staging' }).check();
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await page.getByRole('button', { name: 'Import 1' }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
  await goTo(page, 'Export');
  await choose(page, 'Environment', /^production/);
  await page.getByRole('button', { name: 'Write the file…' }).click();
  await expect.poll(() => existsSync(target)).toBe(true);

  // Put there by another program, as a person would have done: the test's own wires never carry it.
  await putOnClipboard(values.pasted);
  await showKeys(page);
  await grid(page).focus();
  await page.keyboard.press('ControlOrMeta+v');
  const dialog = page.getByRole('dialog', { name: 'Add a key' });
  await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await openKey(page, 'copied');
  await copyMoney(page);
  await expect.poll(() => systemClipboard(app).then((text) => text === values.copied)).toBe(true);
  const found = look('after a paste, an import, an export and a copy');
  expect(names(found, ({ role }) => role !== 'agent' && role !== 'shell')).toEqual([]);
  expect(names(found, ({ role, needle }) => role === 'shell' && !onClipboard.has(needle))).toEqual([]);
});

test('after a new password the agent alone holds it, where it was judged, and no process the old one', async () => {
  const { page, home } = seat;
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Change…' }).click();
  await typeSlowly(home.password, 'Present password');
  await typeSlowly(nextPassword, 'New password');
  await typeSlowly(nextPassword, 'The same again');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText(/^The password is changed/).first()).toBeVisible({ timeout: 60_000 });
  const found = look('after a new password');
  const isPassword = ({ needle }: Count): boolean => needle.endsWith('password');
  const isOld = ({ needle }: Count): boolean => needle === 'the master password';
  expect(names(found, (count) => isOld(count) || (isPassword(count) && count.role !== 'agent'))).toEqual([]);
  await showKeys(page);
  await openKey(page, 'untouched');
});

test('locked, no process holds a value, the password or a key', async () => {
  const agent = familyOf(seat.app.pid).find((each) => roleOf(seat, each) === 'agent');
  await lock(seat);
  await expect.poll(() => systemClipboard(seat.app)).not.toBe(values.copied);
  await expect.poll(() => isAlive(agent?.pid ?? 0)).toBe(false);
  const found = look('locked');
  expect(names(found, ({ role, needle }) => role !== 'shell' || !onClipboard.has(needle))).toEqual([]);
});
