// An older copy of the vault and a new vault key, as a person meets them in the window; the agent behind it is the real one.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type Page } from '@playwright/test';
import { bytesOf, newAgent, placeOf } from '../support/agents.ts';
import { sample } from '../support/cli.ts';
import { openWindow } from '../support/bridge-double/open-window.ts';
import { findChromium } from '../support/electron-stand-in/chromium.ts';
import { lookIn } from './support/look.ts';

const shots = process.env['KEYTURN_SHOTS'];
const password = 'nine wet stones in a row';
const [files, perFile] = [2, 1_000];

const look = async (page: Page, name: string): Promise<void> => {
  await lookIn(page, 'light', name);
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
};

/** A vault that somebody put back to how it was before its last project. */
const putBack = async (): Promise<string> => {
  const home = mkdtempSync(join(tmpdir(), 'keyturn-proofs-'));
  const file = join(home, 'vault.keyturn');
  const first = await newAgent({ home });
  await first.get('vault.create', { password: bytesOf(password) });
  first.agent.close();
  copyFileSync(file, join(home, 'old'));
  const second = await newAgent({ home });
  await second.get('vault.unlock', { password: bytesOf(password) });
  await second.get('project.add', { name: 'Later' });
  second.agent.close();
  for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  copyFileSync(join(home, 'old'), file);
  return home;
};

test('an older copy is told and accepted; the vault key is replaced and ends with a new code', async () => {
  test.setTimeout(180_000);
  const home = await putBack();
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width: 1100, height: 760 } });
  const opened = await openWindow(context, { home });
  const { page } = opened;
  try {
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    const notice = page.getByRole('alert').filter({ hasText: 'older than the last one' });
    await expect(notice).toBeVisible();
    await look(page, 'older-copy');
    await notice.getByRole('button', { name: 'Accept this copy' }).click();
    await expect(notice).toBeHidden();

    await page.getByRole('button', { name: 'Settings' }).first().click();
    await page.getByRole('button', { name: 'Replace the vault key…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Password', { exact: true }).fill('not the password');
    await dialog.getByRole('button', { name: 'Replace the key' }).click();
    await expect(dialog.getByText('The password does not open this vault.')).toBeVisible();
    await look(page, 'replace-key');
    await dialog.getByLabel('Password', { exact: true }).fill(password);
    await dialog.getByRole('button', { name: 'Replace the key' }).click();
    await expect(page.getByRole('dialog', { name: 'Your new recovery code' })).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByRole('dialog').getByLabel('Recovery code').locator('li')).toHaveCount(8);
    expect(opened.complaints).toEqual([]);
  } finally {
    await opened.close();
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  }
});

/** A vault with so many keys that sealing them anew takes a person's while, and its recovery code. */
const largeVault = async (): Promise<{ readonly home: string; readonly code: string }> => {
  const home = mkdtempSync(join(tmpdir(), 'keyturn-proofs-'));
  const agent = await newAgent({ home });
  const { recoveryCode } = await agent.get('vault.create', { password: bytesOf(password) });
  const { projectId, environments } = await placeOf(agent);
  const environmentId = environments.get('production') ?? '';
  for (let file = 0; file < files; file += 1) {
    const path = join(home, 'some.env');
    const lines = Array.from(
      { length: perFile },
      (_, line) => `APP_${file}_${line}_KEY=${sample.anything()}`,
    );
    writeFileSync(path, lines.join('\n'));
    const { previewId } = await agent.get('import.previewPath', { path, projectId, environmentId });
    await agent.get('import.apply', { previewId, projectId, environmentId, choices: [] });
    rmSync(path);
  }
  agent.agent.close();
  return { home, code: recoveryCode };
};

test('a replacement of the vault key is stopped while it runs, and everything is as it was', async () => {
  test.setTimeout(480_000);
  const { home, code } = await largeVault();
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width: 1100, height: 760 } });
  const opened = await openWindow(context, { home });
  const { page, agent } = opened;
  try {
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await page.getByRole('button', { name: 'Settings' }).first().click();
    const before = agent.state().keys;
    await page.getByRole('button', { name: 'Replace the vault key…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Password', { exact: true }).fill(password);
    await dialog.getByRole('button', { name: 'Replace the key' }).click();
    await expect(dialog.getByRole('status').getByText(/^\d+ of \d+ records sealed anew…$/)).toBeVisible({
      timeout: 60_000,
    });
    // The row that shows long work wherever the person is stands behind the dialog.
    await expect(page.locator('progress[aria-label="Replacing the vault key"]')).toBeAttached();
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await expect(dialog.getByText(/You stopped before anything was written/)).toBeVisible({
      timeout: 60_000,
    });
    // Pressed while the backup is made, before there is any progress, it counts as well.
    await dialog.getByLabel('Password', { exact: true }).fill(password);
    await dialog.getByRole('button', { name: 'Replace the key' }).click();
    await expect(dialog.getByText(/You stopped before anything was written/)).toHaveCount(0);
    // It may stand there for a moment only: the page keeps whether it did.
    await dialog.evaluate((element) => {
      new MutationObserver(() => {
        if (element.textContent.includes('Stopping…')) element.setAttribute('data-said', 'stopping');
      }).observe(element, { childList: true, characterData: true, subtree: true });
    });
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await expect(dialog.getByText(/You stopped before anything was written/)).toBeVisible({
      timeout: 60_000,
    });
    await expect(dialog).toHaveAttribute('data-said', 'stopping');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(agent.state()).toMatchObject({ vault: 'unlocked', keys: before, damaged: 0, problem: null });
    const asks = async (name: string, input: unknown): Promise<unknown> => {
      const answer = await agent.call('window', name, input);
      return answer.ok ? answer.value : answer.error;
    };
    expect(await asks('recovery.verify', { code: bytesOf(code) })).toEqual({ matches: true });
    expect(await asks('audit.verify', {})).toMatchObject({ ok: true });
    agent.lock('app', 'test');
    expect(await asks('vault.unlock', { password: bytesOf(password) })).toBeUndefined();
    expect(agent.state()).toMatchObject({ keys: before, damaged: 0 });
    expect(opened.complaints).toEqual([]);
  } finally {
    await opened.close();
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  }
});
