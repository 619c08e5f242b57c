// The switch for unlocking with the system's keychain, in the running app: why it cannot be had here; and, over a safeStorage that keeps what it is
// given and answers as Electron documents, on, locked, unlocked, another back end, and the password as ever.
import { expect, test } from '@playwright/test';
import { keychainOf } from './support/keychain.ts';
import {
  goTo,
  lock,
  lookBack,
  leave,
  preparedHome,
  sitDown,
  startTimeoutMs,
  unlock,
  type Seat,
} from './support/person.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

let seat: Seat;
test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  seat = await sitDown(await preparedHome());
  await unlock(seat);
});
test.afterEach(({}, info) => lookBack(seat, info));
test.afterAll(() => leave(seat));

const giveKeychain = (backend: string): Promise<void> => keychainOf(seat, backend);
const keychainSwitch = () => seat.page.getByRole('switch', { name: 'Unlock with the system keychain' });
const keychainButton = () => seat.page.getByRole('button', { name: 'Unlock with the system keychain' });

test('where there is no keychain the switch is off for good, and says why', async () => {
  // A back end has a name on Linux alone: elsewhere there is but one.
  if (process.platform !== 'linux') return;
  await giveKeychain('basic_text');
  await goTo(seat.page, 'Settings');
  await expect(keychainSwitch()).toBeDisabled();
  await expect(seat.page.getByText('This desktop offers no keychain')).toBeVisible();
});

test('switched on it unlocks; another back end is told by name, and the password opens as ever', async () => {
  if (process.platform !== 'linux') return;
  await giveKeychain('gnome_libsecret');
  await lock(seat);
  await expect(keychainButton()).toHaveCount(0);
  await unlock(seat);
  await goTo(seat.page, 'Settings');
  await keychainSwitch().click();
  const dialog = seat.page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill(seat.home.password);
  await dialog.getByRole('button', { name: 'Switch it on' }).click();
  await expect(keychainSwitch()).toBeChecked();

  await lock(seat);
  await keychainButton().click();
  await expect(seat.page.getByRole('navigation', { name: 'Places' })).toBeVisible();

  await lock(seat);
  await expect(keychainButton()).toBeVisible();
  await giveKeychain('kwallet6');
  await keychainButton().click();
  await expect(seat.page.getByRole('alert').filter({ hasText: /kwallet6|KWallet/i })).toBeVisible();
  await unlock(seat);
});
