// What a person chooses in the plan of a turn, in the window: what goes first where all places are taken, which key is the old one, whose key
// does it and what it must know, whether the provider is read at all; several leaked keys at once; env files that are kept up to date.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { sampleKey } from '../support/key-samples.ts';
import { datadogTurns } from '../support/turning/documented/datadog.ts';
import { smallNeon } from '../support/turning/small-neon.ts';
import { tableServer } from '../support/turning/table-server.ts';
import { choose, inChromium, leave, look, openVault, vaultOf, type NewKey } from './support/turns.ts';

test.setTimeout(120_000);

// Each has a window and an agent of its own.
test.describe.configure({ mode: 'parallel' });
test.use(inChromium);

const neonKey = ({ name, value }: { readonly name: string; readonly value: string }): NewKey => ({
  name,
  provider: 'neon',
  values: { secret: value },
});

/** The plan of a key, opened as a person opens it. */
const planOf = async (page: Page, name: string): Promise<Locator> => {
  await choose(page, name);
  await page.keyboard.press('r');
  const plan = page.getByRole('dialog', { name: `Turn ${name}` });
  await expect(plan).toBeVisible();
  return plan;
};

const turned = async (page: Page): Promise<void> =>
  expect(page.getByRole('heading', { name: 'Turned', exact: true })).toBeVisible();

test('where all places are taken the plan begins only with one to be removed first; whose key does it and what it must know are chosen beside it', async ({
  context,
}) => {
  const { provider, values } = datadogTurns.find(({ way }) => way === 'service-account')!.begin();
  const { keys } = provider;
  const pairs = Object.fromEntries(
    keys.all.filter(({ name }) => name === 'other').flatMap((key) => Object.entries(key.values)),
  );
  const idle = keys.add({
    id: 'idle-1',
    name: 'nobody knows it',
    values: { applicationKey: 'x'.repeat(40) },
  });
  keys.max = 3;
  const server = await tableServer(provider);
  const home = await vaultOf({ datadog: server.url }, [
    { name: 'metrics', provider: 'datadog', values },
    { name: 'operators', provider: 'datadog', values: pairs },
    { name: 'readers', provider: 'datadog', values: { ...pairs, applicationKey: 'y'.repeat(40) } },
  ]);
  const window = await openVault(context, home);
  const { page } = window;
  const plan = await planOf(page, 'metrics');
  await plan.getByRole('combobox', { name: 'Way' }).click();
  await page.getByRole('option', { name: /service account/ }).click();
  await expect(plan.getByText('It needs to know: Service account.')).toBeVisible();
  await expect(plan.getByRole('button', { name: 'Turn it' })).toBeDisabled();

  const manager = plan.getByRole('combobox', { name: 'Done with the key' });
  await manager.click();
  await page.getByRole('option', { name: /^readers/ }).click();
  await expect(manager).toContainText('readers');
  const account = plan.getByLabel('Service account', { exact: true });
  await account.fill('sa-1');
  await account.press('Enter');
  // The pair that was chosen is the one that asks, and Datadog does not know it.
  await expect(plan.getByText(/Datadog refuses the pair that asked/)).toBeVisible();
  await manager.click();
  await page.getByRole('option', { name: /^operators/ }).click();

  await expect(plan.getByText('3 of 3 places for keys are taken at Datadog.')).toBeVisible();
  await expect(plan.getByText(/All 3 places for keys are taken at the provider/)).toBeVisible();
  await expect(plan.getByText(/old and new cannot live side by side until/)).toBeVisible();
  await expect(plan.getByText(/There is no place for a second key beside this one/)).toBeVisible();
  await expect(plan.getByRole('button', { name: 'Turn it' })).toBeDisabled();
  const first = plan.getByRole('group', { name: /^Remove one that nobody uses/ });
  await expect(first.getByText('never used')).toHaveCount(2);
  await expect(first.getByRole('radio', { name: /old application/ })).toHaveCount(0);
  await look(page, 'plan-full');
  await first.getByRole('radio', { name: /^nobody knows it/ }).check();
  await expect(plan.getByText(/All 3 places/)).toHaveCount(0);
  await expect(plan.getByText(/Old and new live side by side/)).toBeVisible();
  await expect(account).toHaveValue('sa-1');
  await expect(plan.getByRole('button', { name: 'Turn it' })).toBeEnabled();
  expect(idle.gone).toBe(false);
  await plan.getByRole('button', { name: 'Turn it' }).click();
  await expect(page.getByRole('heading', { name: 'Turn of metrics' })).toBeVisible();
  await expect.poll(() => idle.gone).toBe(true);
  await expect.poll(() => keys.all.find(({ name }) => name === 'old application')!.gone).toBe(true);
  expect(server.called.filter((call) => call.startsWith('DELETE'))).toHaveLength(2);
  // Chosen once, it is what the next plan proposes.
  await page.getByRole('button', { name: 'Show the key' }).click();
  await page.getByRole('button', { name: 'Change how it is turned' }).click();
  const care = page.getByRole('dialog');
  await expect(care.getByRole('combobox', { name: 'Done with the key' })).toContainText('operators');
  await expect(care.getByLabel('Service account', { exact: true })).toHaveValue('sa-1');
  await page.keyboard.press('Escape');
  await leave(window);
  await server.close();
  rmSync(home, { recursive: true });
});

test('which key at the provider is the old one is chosen from its list, where nothing tells it; that one dies and no other', async ({
  context,
}) => {
  const neon = await smallNeon();
  const [mine, other] = [neon.add('made by Ann'), neon.add('made by Ben')];
  const home = await vaultOf({ neon: neon.url }, [neonKey({ ...mine, name: 'warehouse' })]);
  const window = await openVault(context, home);
  const { page } = window;
  const plan = await planOf(page, 'warehouse');
  await expect(plan.getByText(/It cannot be told which key at the provider is the old one/)).toBeVisible();
  const begin = plan.getByRole('button', { name: 'Turn it' });
  await expect(begin).toBeDisabled();
  const list = plan.getByRole('group', { name: /^Which of these at Neon is the old one/ });
  await expect(list.getByRole('radio')).toHaveCount(2);
  await look(page, 'plan-old');
  await list.getByRole('radio', { name: /^made by Ben/ }).check();
  await expect(begin).toBeEnabled();
  // The list stays: a slip can be mended.
  await list.getByRole('radio', { name: /^made by Ann/ }).check();
  await expect(begin).toBeEnabled();
  await begin.click();
  await turned(page);
  expect([mine.gone, other.gone]).toEqual([true, false]);
  await leave(window);
  await neon.close();
  rmSync(home, { recursive: true });
});

test('where there is one place the old key goes first, leak or not, and the plan says that there is a gap', async ({
  context,
}) => {
  const home = await vaultOf({}, [
    { name: 'builds', provider: 'appcircle-pak', values: { secret: sampleKey('appcircle-pak', 'key', 5) } },
  ]);
  const window = await openVault(context, home);
  const { page } = window;
  const plan = await planOf(page, 'builds');
  await expect(
    plan.getByText('The old key dies first. Until the new one is here, there is none.'),
  ).toBeVisible();
  await expect(plan.getByText('Between deleting and generating no key works.')).toBeVisible();
  await expect(plan.getByRole('region', { name: 'Steps' }).getByRole('listitem').nth(1)).toContainText(
    'Revoke',
  );
  await plan.getByRole('radio', { name: 'This key leaked' }).check();
  await expect(plan.getByRole('radio', { name: /^Revoke first/ })).toBeChecked();
  await expect(
    plan.getByText('Not with this key: there is no place for a second one beside it.'),
  ).toBeVisible();
  await plan.getByRole('button', { name: 'Begin' }).click();
  const now = page.getByRole('region', { name: 'Now' });
  await expect(now).toContainText('Revoke the old key in the portal, then say so.');
  await expect(now.getByRole('button', { name: 'Paste the new key' })).toHaveCount(0);
  await leave(window);
  rmSync(home, { recursive: true });
});

test('reading the provider can be stopped: the plan is then of what is known here and of what was chosen, and may begin', async ({
  context,
}) => {
  const neon = await smallNeon();
  const db = neon.add('db');
  const home = await vaultOf({ neon: neon.url }, [neonKey(db)]);
  const window = await openVault(context, home);
  const { page } = window;
  const release = neon.hold();
  const plan = await planOf(page, 'db');
  const [stop, begin] = [
    plan.getByRole('button', { name: 'Stop reading' }),
    plan.getByRole('button', { name: 'Turn it' }),
  ];
  await expect.poll(neon.waiting).toBeGreaterThan(0);
  await expect(begin).toBeDisabled();
  await stop.click();
  await expect(plan.getByText('Not read from Neon: this is what is known here.')).toBeVisible();
  await expect.poll(neon.waiting).toBe(0);
  await expect(plan.getByRole('list', { name: 'What stands in the way' })).toHaveCount(0);
  await expect(begin).toBeEnabled();
  await plan.getByRole('radio', { name: '1 hour' }).check();
  await expect.poll(neon.waiting).toBeGreaterThan(0);
  await stop.click();
  await expect(plan.getByText(/then for 1 hour more/)).toBeVisible();
  await expect(plan.getByText('Not read from Neon: this is what is known here.')).toBeVisible();
  release();
  await begin.click();
  await expect(page.getByRole('heading', { name: 'Both keys live' })).toBeVisible();
  expect(neon.alive()).toHaveLength(2);
  await leave(window);
  await neon.close();
  rmSync(home, { recursive: true });
});

test('several leaked keys begin in the order of their damage; one that cannot is said by its name and stays chosen', async ({
  context,
}) => {
  const neon = await smallNeon();
  const [trial, books] = [neon.add('trial'), neon.add('books')];
  const home = await vaultOf({ neon: neon.url }, [
    { ...neonKey(trial), kind: 'test' },
    neonKey(books),
    { name: 'by-hand', provider: 'circa', values: { secret: sampleKey('circa', 'live', 7) } },
  ]);
  const window = await openVault(context, home);
  const { page } = window;
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'Leaked keys…' }).click();
  const leaked = page.getByRole('dialog', { name: 'Leaked keys' });
  await leaked.getByRole('checkbox', { name: /^trial/ }).check();
  await leaked.getByRole('checkbox', { name: /^books/ }).check();
  const order = leaked.getByRole('region', { name: 'In this order' }).getByRole('listitem');
  await expect(order.nth(0)).toContainText(/books.*it is live/i);
  await expect(order.nth(1)).toContainText(/trial.*it is a test key/i);
  await leaked.getByRole('button', { name: 'Turn 2 keys now' }).click();
  const over = page.getByRole('region', { name: 'Over' }).getByRole('listitem');
  await expect(over).toHaveCount(2);
  expect([trial.gone, books.gone]).toEqual([true, true]);
  const made = neon.seen
    .filter(({ method }) => method === 'POST')
    .map(({ json }) => String(json['key_name']));
  expect(made.map((mark) => mark.split('-kt-')[0])).toEqual(['books', 'trial']);

  // A key that makes its own successor cannot be revoked before that; the one by hand can.
  await page.getByRole('button', { name: 'Leaked keys…' }).click();
  await leaked.getByRole('checkbox', { name: /^books/ }).check();
  await leaked.getByRole('checkbox', { name: /^by-hand/ }).check();
  await leaked.getByRole('radio', { name: /^Revoke first/ }).check();
  await leaked.getByRole('button', { name: 'Turn 2 keys now' }).click();
  await expect(order).toHaveCount(1);
  await expect(order.first()).toContainText(/books.*makes its own successor/);
  await expect(leaked.getByRole('checkbox', { name: /^by-hand/ })).toBeDisabled();
  await expect(leaked.getByText('is being turned already')).toBeVisible();
  await leaked.getByRole('contentinfo').getByRole('button', { name: 'Close' }).click();
  const open = page.getByRole('region', { name: 'Open' }).getByRole('listitem');
  await expect(open).toHaveCount(1);
  await expect(open).toContainText('by-hand');
  await leave(window);
  await neon.close();
  rmSync(home, { recursive: true });
});

test('env files that turns keep up to date stand in a list; one that is let go is left as it is from then on', async ({
  context,
}) => {
  const neon = await smallNeon();
  const db = neon.add('db');
  const home = await vaultOf({ neon: neon.url }, [neonKey(db)], async (made, environmentId) => {
    for (const name of ['kept.env', 'let-go.env'])
      await made.get('export.writePath', {
        environmentId,
        format: 'dotenv',
        path: join(made.home, name),
        overwrite: false,
        allowGit: true,
        track: true,
      });
  });
  const read = (name: string): string => readFileSync(join(home, name), 'utf8');
  const window = await openVault(context, home);
  const { page } = window;
  await page.keyboard.press('t');
  await page.getByRole('radio', { name: 'Env files' }).check();
  const files = page.getByRole('table', { name: 'Env files that turns keep up to date' });
  await expect(files.getByRole('row')).toHaveCount(3);
  await expect(files.getByRole('row', { name: /kept\.env/ })).toContainText('production');
  await look(page, 'tracked-files');
  await page.getByRole('button', { name: /^Stop keeping .*let-go\.env up to date$/ }).click();
  await expect(page.getByText(/let-go\.env is no longer kept up to date/)).toBeVisible();
  await expect(files.getByRole('row')).toHaveCount(2);

  await page.keyboard.press('Escape');
  const plan = await planOf(page, 'db');
  const goes = plan.getByRole('region', { name: 'Where the new value goes' });
  await expect(goes).toContainText('kept.env');
  await expect(goes).not.toContainText('let-go.env');
  await plan.getByRole('button', { name: 'Turn it' }).click();
  await turned(page);
  const [fresh] = neon.alive();
  expect([read('kept.env').includes(fresh!.value), read('kept.env').includes(db.value)]).toEqual([
    true,
    false,
  ]);
  expect([read('let-go.env').includes(fresh!.value), read('let-go.env').includes(db.value)]).toEqual([
    false,
    true,
  ]);
  await leave(window);
  await neon.close();
  rmSync(home, { recursive: true });
});
