// Backups and the keychain as a person meets them, in both themes: the list, a look into one, the way back from a damaged file, the switch
// that says why it cannot be had. axe looks at each screen; the agent behind it is the real one.
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type Page } from '@playwright/test';
import { findChromium } from '../support/electron-stand-in/chromium.ts';
import { bytesOf, newAgent, placeOf } from '../support/agents.ts';
import { openWindow } from '../support/bridge-double/open-window.ts';
import { look as lookInBoth } from './support/look.ts';

const shots = process.env['KEYTURN_SHOTS'];
const password = 'seven grey herons at dawn';

const look = (page: Page, name: string): Promise<void> =>
  lookInBoth(page, name, {
    after: async (theme) => {
      if (shots === undefined) return;
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: join(shots, `${name}-${theme}.png`) });
    },
  });

/** A home whose vault has three backups, the last of them with a key less than the vault. */
const prepared = async (): Promise<string> => {
  const home = mkdtempSync(join(tmpdir(), 'keyturn-backups-'));
  const made = await newAgent({ home });
  await made.get('vault.create', { password: bytesOf(password) });
  const { projectId, environments } = await placeOf(made);
  const add = (name: string) =>
    made.get('keys.add', {
      projectId,
      environmentIds: [environments.get('production')!],
      facts: { name },
      fields: [{ name: 'secret', value: bytesOf(`value of ${name}`) }],
    });
  await add('mail');
  await made.agent.finish();
  await made.get('recovery.renew', { password: bytesOf(password) });
  await made.get('backup.now', {});
  await add('added since');
  made.agent.close();
  return home;
};

const unlock = async (page: Page): Promise<void> => {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
};

test('backups, in both themes', async () => {
  test.setTimeout(180_000);
  const home = await prepared();
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 1400 } });
  const window = await openWindow(context, { home });
  const { page } = window;
  try {
    await unlock(page);
    await page.getByRole('button', { name: 'Settings' }).first().click();
    const rows = page.getByRole('list', { name: 'Backups' }).getByRole('listitem');
    await expect(rows).toHaveCount(3);
    const keychain = page.getByRole('switch', { name: 'Unlock with the system keychain' });
    await expect(keychain).toBeDisabled();
    await expect(page.getByText('This desktop offers no keychain')).toBeVisible();
    await look(page, 'settings-backups');

    await page.getByRole('button', { name: 'Back up now' }).click();
    await expect(rows).toHaveCount(4);
    await rows.nth(1).getByRole('button').click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('1 key would be gone')).toBeVisible();
    await expect(dialog.getByText('added since')).toBeVisible();
    const swap = dialog.getByRole('button', { name: 'Put it in the vault’s place' });
    await expect(swap).toBeDisabled();
    await look(page, 'restore-look');

    await dialog.getByLabel('Password of the backup', { exact: true }).fill(password);
    await dialog.getByLabel('Type replace to confirm').fill('replace');
    await swap.click();
    await expect.poll(() => window.agent.state().vault).toBe('locked');

    // The file is damaged now: the screen that tells it offers the same way.
    const vault = join(home, 'vault.keyturn');
    writeFileSync(vault, readFileSync(vault).subarray(0, 6_000));
    await page.reload();
    await page.getByRole('button', { name: 'Restore a backup…' }).click();
    await expect(page.getByRole('list', { name: 'Backups' }).getByRole('listitem')).toHaveCount(5);
    await look(page, 'problem-restore');
    await page.getByRole('list', { name: 'Backups' }).getByRole('button').first().click();
    await page.getByLabel('Password of the backup', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Look into it' }).click();
    await expect(page.getByText('There is no open vault to compare it with.')).toBeVisible();
    await page.getByLabel('Type replace to confirm').fill('replace');
    await page.getByRole('button', { name: 'Put it in the vault’s place' }).click();
    await unlock(page);
    await expect(page.getByRole('grid', { name: 'Keys' })).toBeVisible();
    expect(window.complaints).toEqual([]);
  } finally {
    await window.close();
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  }
});
