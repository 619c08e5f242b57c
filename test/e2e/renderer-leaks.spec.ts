// Pasted keys in the window: the first look, what was found and what can be done about it, the map, the blast list, watching. By the
// keyboard, in both themes. Behind the bridge stand the real agent with its keys and turns, and a desk of findings held to the contract.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createLeakDesk } from '../support/bridge-double/leak-desk.ts';
import { openWindow } from '../support/bridge-double/open-window.ts';
import { finding } from '../support/bridge-double/sample-findings.ts';
import { sampleKey } from '../support/key-samples.ts';
import { choose, inChromium, leave, look, openVault, places, vaultOf } from './support/turns.ts';
import { detail, list, openFound, tell } from './support/leaks.ts';

test.setTimeout(300_000);

// Each has a window and an agent of its own.
test.describe.configure({ mode: 'parallel' });
test.use({ ...inChromium, permissions: ['clipboard-read'] });

test('the first look: what may be read is chosen, a folder is added, and a scan is held, gone on with and stopped', async ({
  context,
}) => {
  const desk = createLeakDesk();
  const window = await openWindow(context, { demo: true, leaks: desk });
  const { page, person } = window;
  await expect(page.getByRole('grid', { name: 'Keys' })).toBeVisible();
  await expect(places(page).getByRole('button', { name: 'Pasted keys', exact: true })).toBeVisible();
  await page.keyboard.press('l');
  await expect(page.getByRole('heading', { name: 'Pasted keys', exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Find every place where a key was left' })).toBeVisible();
  const roots = page.getByRole('table', { name: 'Folders that are looked through' });
  await expect(roots.getByRole('row')).toHaveCount(3);
  await look(page, 'leaks-first');

  await roots.getByRole('checkbox', { name: 'Read /home/you/Documents' }).press('Space');
  await expect.poll(() => desk.roots[1]?.chosen).toBe(true);
  await roots.getByRole('checkbox', { name: 'Watch /home/you/Documents' }).press('Space');
  await expect.poll(() => desk.roots[1]?.watched).toBe(true);
  // What is not read is neither read back nor watched.
  await roots.getByRole('checkbox', { name: 'Read /home/you/src' }).press('Space');
  await expect(roots.getByRole('checkbox', { name: 'Watch /home/you/src' })).toBeDisabled();
  await expect.poll(() => desk.roots[0]).toMatchObject({ chosen: false, history: false, watched: false });
  person.opens = '/home/you/work';
  await page.getByRole('button', { name: 'Add a folder…' }).press('Enter');
  await expect(roots.getByRole('row', { name: /\/home\/you\/work/ })).toBeVisible();
  // Well-known places one by one, each with what is there; then all of them.
  await page.getByText('Which they are').press('Enter');
  const history = page.getByRole('checkbox', { name: '/home/you/.zsh_history' });
  await expect(history).toBeChecked();
  await expect(history).toHaveAccessibleDescription(
    /with every key that was part of a command\. 1 file, 84 kB\.$/,
  );
  await history.press('Space');
  await expect
    .poll(() => desk.roots.find(({ path }) => path === '/home/you/.zsh_history')?.chosen)
    .toBe(false);
  const all = page.getByRole('checkbox', { name: 'Well-known places as well' });
  await expect(all).toBeChecked({ indeterminate: true });
  await expect(all).toHaveAccessibleDescription(/: 2 places of 3 on this computer\.$/);
  await expect(page.getByRole('button', { name: 'Look through 4 places' })).toBeVisible();
  await look(page, 'leaks-places');
  await all.press('Space');
  await expect(history).toBeChecked();
  await all.press('Space');
  await expect
    .poll(() => desk.roots.filter(({ origin, chosen }) => origin === 'place' && chosen))
    .toEqual([]);
  await page.getByRole('button', { name: 'Look through 2 places' }).press('Enter');

  const bar = page.getByRole('progressbar', { name: 'Looking for pasted keys' });
  await expect(bar).toBeVisible();
  desk.progress({
    label: '/home/you/work/shop/src',
    filesScanned: 12_408,
    bytesScanned: 600_000_000,
    bytesTotal: 2_400_000_000,
    msLeft: 21_000,
    findings: 3,
  });
  await expect(
    page.getByText('12,408 files, 600 MB of 2.4 GB · about 21 s left · 3 places found'),
  ).toBeVisible();
  await expect(bar).toHaveJSProperty('value', 600_000_000);
  await look(page, 'leaks-scan');
  await page.getByRole('button', { name: 'Pause' }).press('Enter');
  await expect(page.getByText(/· paused/)).toBeVisible();
  // A scan goes on while the person walks elsewhere, and says so there.
  await page.keyboard.press('o');
  const row = page.getByRole('region', { name: 'Work under way' });
  await expect(row).toContainText('Looking for pasted keys');
  await row.getByRole('button', { name: 'Show it' }).press('Enter');
  await page.getByRole('button', { name: 'Resume' }).press('Enter');
  await expect.poll(() => desk.scan.state).toBe('running');
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(page.getByText(/^Stopped by you. Looked today/)).toBeVisible();
  await leave(window);
});

test('what was found stands by key, the worst first; the keyboard goes through it and the filters narrow it', async ({
  context,
}) => {
  const window = await openFound(context);
  const { page } = window;
  await expect(places(page).getByRole('button', { name: 'Pasted keys 3' })).toBeVisible();
  await expect(page.getByText('3 keys stand in 6 places, the worst of them critical.')).toBeVisible();
  const headings = list(page).getByRole('rowheader');
  await expect(headings).toHaveText([/payouts-prod/, /Unknown key of Resend/, /wallets-test/]);
  await list(page).focus();
  await expect(list(page).getByRole('row', { selected: true })).toContainText('deploy/values.yaml');
  await expect(detail(page).getByRole('heading', { name: 'payouts-prod' })).toBeVisible();
  await expect(detail(page).getByRole('group', { name: 'Lines around it' })).toContainText(
    'line 29 of the file',
  );
  await expect(detail(page)).toContainText('pushed to a remote that anybody may read');
  await look(page, 'leaks-found');
  await page.keyboard.press('ArrowDown');
  await expect(list(page).getByRole('row', { selected: true })).toContainText(/session.jsonl|zsh_history/);
  await page.keyboard.press('End');
  await expect(list(page).getByRole('row', { selected: true })).toContainText('.env.local');
  await expect(detail(page)).toContainText('It had gone, and stands there again.');
  await page.keyboard.press('Enter');
  await expect(detail(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(list(page)).toBeFocused();

  await page.keyboard.press('/');
  await page.keyboard.type('zsh');
  await expect(page.getByRole('status').filter({ hasText: '1 of 8' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'What became of it' }).press('Enter');
  await page.getByRole('option', { name: 'gone, key alive' }).press('Enter');
  await expect(list(page).getByRole('row').last()).toContainText('debug.log');
  await expect(detail(page)).toContainText('Being deleted does not unleak it');
  await expect(detail(page)).toContainText('That place is not there any more.');
  await page.getByRole('combobox', { name: 'What became of it' }).press('Enter');
  await page.getByRole('option', { name: 'All' }).press('Enter');
  await page.getByRole('combobox', { name: 'Kind of place' }).press('Enter');
  await page.getByRole('option', { name: 'shell history' }).press('Enter');
  await expect(list(page).getByRole('row')).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Severity' }).press('Enter');
  await page.getByRole('option', { name: 'low' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'No place fits' })).toBeVisible();
  await look(page, 'leaks-none-fit');
  await page.getByRole('button', { name: 'Show all places' }).press('Enter');
  await expect(list(page).getByRole('row')).toHaveCount(11);
  await page.getByText(/15 things were not read/).press('Enter');
  await expect(page.getByText('/home/you/disk.img')).toBeVisible();
  await expect(page.getByText('and 10 more')).toBeVisible();
  await look(page, 'leaks-not-read');
  await leave(window);
});

test('a place is acted on: opened, copied, asked about, accepted and opened again, taken out of a file and put back', async ({
  context,
}) => {
  const window = await openFound(context);
  const { page, person, desk } = window;
  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await list(page).focus();
  await detail(page).getByRole('button', { name: 'Copy', exact: true }).press('Enter');
  await expect.poll(clipboard).toContain('push --force --all');
  await expect(detail(page).getByRole('button', { name: 'Open the place' })).toHaveCount(0);
  await page.keyboard.press('/');
  await page.keyboard.type('zsh_history');
  await page.keyboard.press('Enter');
  await expect(detail(page)).toContainText('line 2,114');
  await detail(page).getByRole('button', { name: 'Copy the path' }).press('Enter');
  await expect.poll(clipboard).toBe('/home/you/.zsh_history');
  await detail(page).getByRole('button', { name: 'Open the place' }).press('Enter');
  await expect.poll(() => person.visited).toContain('/home/you/.zsh_history');

  await detail(page).getByRole('button', { name: 'Does it still work?' }).press('Enter');
  await expect(page.getByText('payouts-prod: works. It may read and write.')).toBeVisible();

  await detail(page).getByRole('button', { name: 'Remove the line…' }).press('Enter');
  const scrub = page.getByRole('dialog', { name: 'Remove the line' });
  await expect(scrub).toContainText('API_KEY=');
  await expect(scrub).toContainText('The line is gone; the others stay as they are.');
  await look(page, 'leaks-scrub');
  await scrub.getByRole('button', { name: 'Remove it' }).press('Enter');
  await expect(page.getByText('The line is gone from /home/you/.zsh_history.')).toBeVisible();
  await expect.poll(() => desk.findings[1]?.state).toBe('gone');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText('/home/you/.zsh_history is as it was.')).toBeVisible();
  await expect.poll(() => desk.findings[1]?.state).toBe('open');

  await list(page).focus();
  await detail(page).getByRole('button', { name: 'Accept…' }).press('Enter');
  const accept = page.getByRole('dialog', { name: 'Accept this place' });
  await expect(accept.getByRole('button', { name: 'Accept it' })).toBeDisabled();
  await accept.getByLabel('Why it may stand there').fill('only I can read this machine');
  await accept.getByLabel('Until').fill(new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10));
  await look(page, 'leaks-accept');
  await page.keyboard.press('Enter');
  await expect(accept).toHaveCount(0);
  await expect.poll(() => desk.findings[1]?.accepted?.reason).toBe('only I can read this machine');
  await expect(page.getByRole('heading', { name: 'No place fits' })).toBeVisible();
  await page.getByRole('button', { name: 'Show all places' }).press('Enter');
  await list(page).getByRole('row').filter({ hasText: 'zsh_history' }).click();
  await expect(detail(page)).toContainText('only I can read this machine');
  await detail(page).getByRole('button', { name: 'Open it again' }).press('Enter');
  await expect.poll(() => desk.findings[1]?.state).toBe('open');
  await leave(window);
});

test('from a place the key is turned as leaked, and an unknown value is taken into the vault', async ({
  context,
}) => {
  const window = await openFound(context);
  const { page, person } = window;
  await list(page).focus();
  await page.keyboard.press('r');
  const plan = page.getByRole('dialog', { name: 'Turn payouts-prod' });
  await expect(plan.getByRole('radio', { name: 'This key leaked' })).toBeChecked();
  const found = await plan.getByRole('textbox', { name: 'Found' }).inputValue();
  // Since it was first seen, not since now: that was six days ago.
  expect(Date.now() - new Date(found).getTime()).toBeGreaterThan(5.9 * 86_400_000);
  await page.keyboard.press('Escape');
  await expect(plan).toHaveCount(0);

  person.clipboard = sampleKey('resend', 'key', 3);
  await list(page).getByRole('row').filter({ hasText: 'app.js' }).click();
  await detail(page).getByRole('button', { name: 'Take it into the vault…' }).press('Enter');
  const add = page.getByRole('dialog', { name: 'Add a key' });
  await expect(add.getByText(/^Recognised: .*Resend/)).toBeVisible();
  await look(page, 'leaks-take');
  await add.getByRole('textbox', { name: 'Name', exact: true }).fill('mailer-found');
  await add.getByRole('button', { name: 'Add the key' }).press('Enter');
  await expect(page.getByText('mailer-found is in the vault.')).toBeVisible();
  expect(await page.content()).not.toContain(person.clipboard);
  await leave(window);
});

test('the map is a table that arrow keys go through; a cell shows its places, and the blast list leads to turning all', async ({
  context,
}) => {
  const window = await openFound(context);
  const { page, desk } = window;
  await page.getByRole('radio', { name: 'Found', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  const map = page.getByRole('table', { name: 'Keys by kinds of places' });
  await expect(map.getByRole('rowheader')).toHaveText([/payouts-prod/, /Unknown value/, /wallets-test/]);
  await look(page, 'leaks-map');
  await map.getByRole('button', { name: 'payouts-prod, commit: 1 place, critical' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(map.getByRole('button', { name: /^payouts-prod, env file: nothing/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(map.getByRole('button', { name: 'payouts-prod, shell history: 1 place, high' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(list(page).getByRole('row')).toHaveCount(2);
  await expect(list(page)).toContainText('zsh_history');
  await page.getByRole('button', { name: 'Show other keys besides payouts-prod' }).press('Enter');
  await expect(page.getByRole('button', { name: /^Show other keys/ })).toHaveCount(0);

  await page.getByRole('radio', { name: 'On a day' }).check();
  const day = page.getByLabel('What could be read on this disk on');
  const blast = page.getByRole('region', { name: 'In the order of the damage' });
  await expect(blast.getByRole('listitem').first()).toContainText('payouts-prod');
  await look(page, 'leaks-day');
  await day.fill(new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10));
  await expect(page.getByRole('heading', { name: /^No key of yours could be read on/ })).toBeVisible();
  await day.fill(new Date().toISOString().slice(0, 10));
  await blast.getByRole('button', { name: 'Turn all 2…' }).press('Enter');
  const leaked = page.getByRole('dialog', { name: 'Leaked keys' });
  await expect(leaked.getByRole('region', { name: 'In this order' }).getByRole('listitem')).toHaveCount(2);
  await expect(leaked.getByRole('button', { name: 'Turn 2 keys now' })).toBeEnabled();
  await page.keyboard.press('Escape');
  expect(desk.asked).toContain('leaks.blast');
  await leave(window);
});

test('watching is turned on and off and says what limits it; a repository is guarded and let go', async ({
  context,
}) => {
  const window = await openFound(context);
  const { page, desk } = window;
  desk.watch = {
    watching: false,
    folders: 214,
    polling: 2,
    warnings: ['3 keys are too short to be watched for while the vault is locked.'],
  };
  tell(window);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: 'Do anything' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('watch for pasted');
  await page.keyboard.press('Enter');
  const watch = page.getByRole('switch', { name: 'Look at new and changed files at once' });
  await expect(watch).not.toBeChecked();
  await watch.press('Space');
  await expect(watch).toBeChecked();
  await expect(page.getByText('214 folders watched, 2 of them only every few seconds.')).toBeVisible();
  await expect(page.getByText('3 keys are too short')).toBeVisible();
  const guards = page.getByRole('table', { name: 'Repositories and their hooks' });
  await expect(guards.getByRole('row', { name: /src\/shop/ })).toContainText('husky, runs');
  await look(page, 'leaks-watch');
  await guards.getByRole('button', { name: 'Guard /home/you/src/notes' }).press('Enter');
  const push = guards.getByRole('checkbox', { name: 'Look before a push from /home/you/src/notes as well' });
  await expect(push).toBeEnabled();
  await push.press('Space');
  await expect.poll(() => desk.guards[1]).toMatchObject({ installed: true, prePush: true });
  await guards.getByRole('button', { name: 'Take the hook out of /home/you/src/shop' }).press('Enter');
  await expect(guards.getByRole('button', { name: 'Guard /home/you/src/shop' })).toBeVisible();
  await watch.press('Space');
  await expect.poll(() => desk.watch.watching).toBe(false);
  await leave(window);
});

test("a key's own page shows its places and leads to them; the shell's menu leads to all", async ({
  context,
}) => {
  const window = await openFound(context);
  const { page, desk } = window;
  await page.keyboard.press('Escape');
  const row = page.getByRole('row').filter({ hasText: 'payouts-prod' });
  await expect(row.getByRole('img', { name: 'seen in 3 places' })).toBeVisible();
  await choose(page, 'payouts-prod');
  await expect(page.getByRole('complementary', { name: 'Key' })).toContainText('Seen in 3 places.');
  const seen = page.getByRole('region', { name: 'Seen elsewhere' });
  await expect(seen.getByRole('listitem')).toHaveCount(3);
  await seen.scrollIntoViewIfNeeded();
  await look(page, 'leaks-key');
  await seen.getByRole('button', { name: /zsh_history/ }).press('Enter');
  await expect(list(page).getByRole('row', { selected: true })).toContainText('zsh_history');
  await page.keyboard.press('o');
  desk.emit('window.go', { to: 'leaks' });
  await expect(list(page)).toBeVisible();
  // What is locked away is not shown, nor kept.
  await page.keyboard.press('ControlOrMeta+l');
  await expect(page.getByRole('heading', { name: 'Unlock the demo vault' })).toBeVisible();
  expect(await page.content()).not.toContain('zsh_history');
  await leave(window);
});

test('five thousand places are scrolled, filtered and walked through without a wait', async ({ context }) => {
  const window = await openFound(context, (payouts, wallets) =>
    Array.from({ length: 5_000 }, (_, at) => finding(at + 1, at % 2 === 0 ? payouts : wallets)),
  );
  const { page, desk } = window;
  await expect(page.getByText('2 keys stand in 5,000 places', { exact: false })).toBeVisible();
  expect(await list(page).getByRole('row').count()).toBeLessThan(60);
  await list(page).focus();
  await page.keyboard.press('End');
  await expect(list(page).getByRole('row', { selected: true })).toHaveAttribute('aria-rowindex', '5002');
  // A scan tells of itself meanwhile; the answer to a key press is what stands in the list at the next picture.
  const slowest = await page.evaluate(async () => {
    const field = document.querySelector<HTMLInputElement>('#leak-find');
    if (field === null) throw new Error('no field');
    field.focus();
    let worst = 0;
    for (const text of ['c', 'co', 'con', 'conf', 'config-4', 'config-49', 'config-499']) {
      const before = performance.now();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      worst = Math.max(worst, performance.now() - before);
    }
    return worst;
  });
  // A machine that does much else at the time: the goal of 50 ms is measured by the bench, here it must not become a wait.
  expect(slowest).toBeLessThan(2_000);
  await expect(list(page).getByRole('row').filter({ hasText: 'config-4999.ts' })).toBeVisible();
  desk.progress({ state: 'running', startedAtMs: Date.now(), endedAtMs: null, filesScanned: 1 });
  await expect(page.getByRole('progressbar')).toBeVisible();
  await leave(window);
});

test('a key that was pasted into a folder is found there by the scanner, taken out of the file and put back', async ({
  context,
}) => {
  const value = sampleKey('circle-mint', 'live', 5);
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-pasted-'));
  const file = join(folder, 'notes', 'deploy.md');
  mkdirSync(join(folder, 'notes'));
  const text = `# Deploy\n\nexport API_KEY=${value}\nnpm run deploy\n`;
  writeFileSync(file, text);
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({ auth: Buffer.from(`key ${value}`).toString('base64') }),
  );
  // Of this machine only that folder is read: the home of whoever runs this is another one meanwhile.
  const before = process.env['HOME'];
  const elsewhere = mkdtempSync(join(tmpdir(), 'keyturn-elsewhere-'));
  process.env['HOME'] = elsewhere;
  const home = await vaultOf({}, [{ name: 'payouts', provider: 'circle-mint', values: { secret: value } }]);
  const window = await openVault(context, home);
  const { page, person } = window;
  await page.keyboard.press('l');
  person.opens = folder;
  await page.getByRole('button', { name: 'Add a folder…' }).press('Enter');
  const roots = page.getByRole('table', { name: 'Folders that are looked through' });
  await expect(roots.getByRole('checkbox', { name: `Read ${folder}` })).toBeChecked();
  // Where the system itself has such places, they would be read too.
  const known = page.getByRole('checkbox', { name: 'Well-known places as well' });
  if ((await known.count()) > 0) {
    const presses = { true: 1, mixed: 2 }[(await known.getAttribute('aria-checked')) ?? ''] ?? 0;
    for (let press = 0; press < presses; press += 1) await known.press('Space');
  }
  await page.getByRole('button', { name: 'Look through 1 place', exact: true }).press('Enter');
  await expect(page.getByText(/^Looked today/)).toBeVisible({ timeout: 120_000 });
  await expect(list(page).getByRole('rowheader')).toHaveText([/payouts/]);
  await expect(list(page)).toContainText('as base64');
  await list(page).getByRole('row').filter({ hasText: 'deploy.md' }).click();
  const around = detail(page).getByRole('group', { name: 'Lines around it' });
  await expect(around).toContainText('npm run deploy');
  await expect(around).toContainText('export API_KEY=');
  expect(await page.content()).not.toContain(value.slice(-12));

  await detail(page).getByRole('button', { name: 'Replace it there…' }).press('Enter');
  const replace = page.getByRole('button', { name: 'Replace it', exact: true });
  await expect(replace).toBeEnabled();
  await replace.press('Enter');
  await expect(page.getByText(/^The value in .*deploy\.md was replaced\.$/)).toBeVisible();
  expect(readFileSync(file, 'utf8')).not.toContain(value);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText(/deploy\.md is as it was\.$/)).toBeVisible();
  expect(readFileSync(file, 'utf8')).toBe(text);
  await leave(window);
  for (const each of [folder, elsewhere, home]) rmSync(each, { recursive: true });
  process.env['HOME'] = before;
});
