// With the system's keychain switched on, a locked app still holds nothing that opens the vault by itself: no password, no vault key, in the
// memory of any process, though the keychain and the shell's half are all there and open it a moment later.
import { expect, test } from '@playwright/test';
import { familyOf, type Needle } from '../support/process-memory.ts';
import { keychainOf } from './support/keychain.ts';
import { copiesIn, keyNeedles, middle, names, roleOf } from './support/memory-look.ts';
import { isAlive } from './support/outside.ts';
import { goTo, leave, lock, preparedHome, sitDown, startTimeoutMs, type Seat } from './support/person.ts';

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let seat: Seat;
let needles: readonly Needle[];

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  const home = await preparedHome({ derivation: 'full' });
  needles = [{ name: 'the master password', bytes: middle(home.password) }, ...keyNeedles(home)];
  seat = await sitDown(home);
  await keychainOf(seat, 'gnome_libsecret');
});
test.afterAll(() => leave(seat));

/** Key by key, so that the test's own wires never carry it in a piece. */
const typePassword = async (inside: 'page' | 'dialog'): Promise<void> => {
  const place = inside === 'dialog' ? seat.page.getByRole('dialog') : seat.page;
  await place.getByLabel('Password', { exact: true }).click();
  await seat.page.keyboard.type(seat.home.password);
  await seat.page.keyboard.press('Enter');
};

const expectUnlocked = (): Promise<void> =>
  expect(seat.page.getByRole('navigation', { name: 'Places' })).toBeVisible({ timeout: 60_000 });

const lockAndLook = async (when: string): Promise<void> => {
  const agent = familyOf(seat.app.pid).find((each) => roleOf(seat, each) === 'agent');
  await lock(seat);
  await expect.poll(() => isAlive(agent?.pid ?? 0)).toBe(false);
  expect(
    names(copiesIn(seat, needles, when), () => true),
    when,
  ).toEqual([]);
};

test('locked with the keychain switched on, no process holds the password or a key, and the keychain opens the vault', async () => {
  await typePassword('page');
  await expectUnlocked();
  await goTo(seat.page, 'Settings');
  const toggle = seat.page.getByRole('switch', { name: 'Unlock with the system keychain' });
  await toggle.click();
  await typePassword('dialog');
  await expect(toggle).toBeChecked({ timeout: 60_000 });
  expect(copiesIn(seat, needles, 'unlocked, the keychain on').map(({ needle }) => needle)).toContain(
    'the vault key',
  );
  await lockAndLook('locked, the keychain on');
  await seat.page.getByRole('button', { name: 'Unlock with the system keychain' }).click();
  await expectUnlocked();
  await lockAndLook('locked again after the keychain opened it');
});
