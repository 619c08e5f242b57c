// Turns in the window: the place, the plan, the dial, the calendar; a whole guided turn, and one by a provider's interface that is resumed after
// a restart. The agent is the real one; the providers are servers on this computer.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { openWindow } from '../support/bridge-double/open-window.ts';
import { sampleKey } from '../support/key-samples.ts';
import { documentedServer } from '../support/turning/documented-server.ts';
import { smallNeon } from '../support/turning/small-neon.ts';
import { choose, inChromium, leave, look, openVault, places, shoot, vaultOf } from './support/turns.ts';

test.setTimeout(300_000);

// Each has a window and an agent of its own.
test.describe.configure({ mode: 'parallel' });
test.use(inChromium);

test('the demo shows a turn that waits for a person, one in its grace and one that is over; each opens, by the keyboard too', async ({
  context,
}) => {
  const window = await openWindow(context, { demo: true });
  const { page } = window;
  await expect(page.getByRole('grid', { name: 'Keys' })).toBeVisible();
  await expect(places(page).getByRole('button', { name: 'Turns 1' })).toBeVisible();
  await page.keyboard.press('t');
  await expect(page.getByRole('heading', { name: 'Turns', exact: true })).toBeVisible();
  const open = page.getByRole('region', { name: 'Open' });
  await expect(open.getByRole('listitem')).toHaveCount(2);
  await expect(open.getByRole('listitem').first()).toContainText('treasury-readonly');
  await expect(open.getByRole('listitem').nth(1)).toContainText(/Old and new both work.*until/);
  await expect(page.getByRole('region', { name: 'Over' }).getByRole('listitem')).toContainText('proven dead');
  await look(page, 'turns');

  await open.getByRole('button', { name: 'treasury-readonly' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Turn of treasury-readonly' })).toBeVisible();
  await look(page, 'turn-waits');
  await page.keyboard.press('Escape');
  await open.getByRole('button', { name: 'datapoints-test' }).click();
  await expect(page.getByRole('heading', { name: 'Both keys live' })).toBeVisible();
  const dial = page.getByRole('group', { name: 'Steps of the turn of datapoints-test' });
  await dial.getByRole('img', { name: /^Grace: under way/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(dial.getByRole('img', { name: /^Revoke: to come/ })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(dial.getByRole('img', { name: /^Create: done/ })).toBeFocused();
  await expect(page.getByRole('table', { name: 'Steps of this turn' })).toBeAttached();
  await look(page, 'turn-grace');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'payouts-prod' }).click();
  await expect(page.getByRole('heading', { name: 'Turned', exact: true })).toBeVisible();
  await shoot(page, 'turn-over');
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Calendar' }).check();
  await expect(page.getByRole('group', { name: 'Planned turns' })).toBeVisible();
  await look(page, 'calendar-month');
  await page.getByRole('radio', { name: 'Twelve months' }).check();
  await look(page, 'calendar-year');
  await page.getByRole('radio', { name: 'Env files' }).check();
  await shoot(page, 'tracked-none');
  await leave(window);
});

test('a plan says what follows before anything happens; after a leak both orders stand side by side; leaked keys are ordered by their damage', async ({
  context,
}) => {
  const window = await openWindow(context, { demo: true });
  const { page } = window;
  await expect(page.getByRole('grid', { name: 'Keys' })).toBeVisible();
  await choose(page, 'builds');
  await page.keyboard.press('r');
  const plan = page.getByRole('dialog', { name: 'Turn builds' });
  await expect(plan.getByRole('button', { name: 'Begin' })).toBeEnabled();
  await look(page, 'plan');
  await plan.getByRole('radio', { name: 'This key leaked' }).check();
  await expect(plan.getByRole('radio', { name: /^Revoke first/ })).toBeVisible();
  await look(page, 'plan-leak');
  await page.keyboard.press('Escape');
  await choose(page, 'datapoints-test');
  await shoot(page, 'key-turning');
  await page.getByRole('button', { name: 'Change how it is turned' }).click();
  await expect(page.getByRole('dialog').getByLabel('Turn it so many days before its end')).toBeVisible();
  await look(page, 'turn-care');
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'Leaked keys…' }).click();
  const leaked = page.getByRole('dialog', { name: 'Leaked keys' });
  await leaked.getByRole('checkbox', { name: /^payouts-prod/ }).check();
  await leaked.getByRole('checkbox', { name: /^wallets-test/ }).check();
  await expect(leaked.getByRole('region', { name: 'In this order' }).getByRole('listitem')).toHaveCount(2);
  await look(page, 'leaked');
  await page.keyboard.press('Escape');
  await leave(window);
});

test('a leaked key is turned by hand: begun, pasted, tested, handed on, revoked in the portal, proven dead', async ({
  context,
}) => {
  const [old, fresh] = [sampleKey('circa', 'live', 1), sampleKey('circa', 'live', 2)];
  const alive = new Set([old]);
  const server = await documentedServer(({ headers }) =>
    alive.has(String(headers['x-api-key']))
      ? { status: 200, body: {} }
      : { status: 401, body: { message: 'Unauthorized' } },
  );
  const values = { secret: old, teamId: randomUUID() };
  const home = await vaultOf({ circa: server.url }, [
    { name: 'billing', provider: 'circa', values, consumer: 'Ann' },
  ]);
  const window = await openVault(context, home);
  const { page, person } = window;
  await choose(page, 'billing');
  await page.keyboard.press('r');
  const plan = page.getByRole('dialog', { name: 'Turn billing' });
  await plan.getByRole('radio', { name: 'This key leaked' }).check();
  await expect(plan.getByRole('radio', { name: /^New key first/ })).toBeChecked();
  await expect(plan.getByText('Ann')).toBeVisible();
  await plan.getByRole('button', { name: 'Begin' }).click();

  await expect(page.getByRole('heading', { name: 'Waits for you' })).toBeVisible();
  const now = page.getByRole('region', { name: 'Now' });
  const tasks = page.getByRole('region', { name: 'What you do' });
  await expect(now).toContainText(/Found .* ago; the old key is not proven dead yet/);
  await tasks.getByRole('button', { name: 'Open the portal' }).first().click();
  await expect.poll(() => person.visited.length).toBe(1);
  // The old value is not taken for a new one.
  person.clipboard = old;
  await now.getByRole('button', { name: 'Paste the new key' }).click();
  await expect(now.getByText('Recognised: a live key of Circa.')).toBeVisible();
  await now.getByRole('button', { name: 'Keep it and test it' }).click();
  await expect(now.getByRole('alert').filter({ hasText: /old|same/i })).toBeVisible();
  alive.add(fresh);
  person.clipboard = fresh;
  // The turn keeps what was pasted last, though its answer is still on its way.
  await now.getByRole('button', { name: 'Paste again' }).click();
  await now.getByRole('button', { name: 'Keep it and test it' }).click();

  const ann = tasks.getByRole('checkbox', { name: /Ann/ });
  await expect(now).toContainText(/1 task|one task/i);
  await expect(page.getByRole('img', { name: /^Revoke: waits for you/ })).toBeVisible();
  await ann.check();
  const revoke = tasks.getByRole('checkbox', { name: 'Revoke the old key in the portal' });
  await expect(now).toContainText('Revoke the old key in the portal, then say so.');
  alive.delete(old);
  await revoke.check();
  await expect(page.getByRole('heading', { name: 'Turned', exact: true })).toBeVisible();
  await expect(now).toContainText(/From finding to dead key: (less than a minute|a minute|\d+ minutes)\./);
  await shoot(page, 'turned-by-hand');
  expect(await page.content()).not.toContain(fresh);

  await page.getByRole('button', { name: 'Show the key' }).click();
  const turns = page.getByRole('region', { name: 'Turns', exact: true });
  await expect(turns.getByRole('button', { name: /^turned after a leak/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'History' })).toContainText('Turned');
  await leave(window);
  await server.close();
  rmSync(home, { recursive: true });
});

test('a key is turned by its provider with a grace, which goes on after a restart; another turn is undone', async ({
  context,
}) => {
  const neon = await smallNeon();
  const [db, cache] = [neon.add('db'), neon.add('cache')];
  const home = await vaultOf(
    { neon: neon.url },
    [db, cache].map(({ name, value }) => ({
      name,
      provider: 'neon',
      values: { secret: value },
      consumer: 'Ann',
    })),
  );
  const first = await openVault(context, home);
  await choose(first.page, 'db');
  await first.page.keyboard.press('r');
  const plan = first.page.getByRole('dialog', { name: 'Turn db' });
  await expect(plan.getByRole('button', { name: 'Turn it' })).toBeEnabled();
  await expect(plan.getByText(/Old and new live side by side/)).toBeVisible();
  await plan.getByRole('radio', { name: '1 hour' }).check();
  await expect(plan.getByText(/then for 1 hour more/)).toBeVisible();
  await look(first.page, 'plan-by-provider');
  await plan.getByRole('button', { name: 'Turn it' }).click();
  await expect(first.page.getByRole('heading', { name: 'Both keys live' })).toBeVisible();
  expect(neon.alive()).toHaveLength(3);
  await leave(first);

  const window = await openVault(context, home);
  const { page } = window;
  await page.keyboard.press('t');
  await page.getByRole('region', { name: 'Open' }).getByRole('button', { name: 'db' }).click();
  await expect(page.getByRole('heading', { name: 'Both keys live' })).toBeVisible();
  await page.getByRole('button', { name: 'End the grace…' }).click();
  const grace = page.getByRole('dialog', { name: 'End the grace of db now?' });
  await grace.getByRole('button', { name: 'End the grace' }).click();
  await expect(page.getByRole('heading', { name: 'Waits for you' })).toBeVisible();
  // Ann must have it first: the old key is not revoked over her head.
  await page.getByRole('region', { name: 'What you do' }).getByRole('checkbox', { name: /Ann/ }).check();
  await expect(page.getByRole('heading', { name: 'Turned', exact: true })).toBeVisible();
  expect(db.gone).toBe(true);
  expect(neon.alive()).toHaveLength(2);

  await page.getByRole('button', { name: 'Show the key' }).click();
  await choose(page, 'cache');
  await page.keyboard.press('r');
  const next = page.getByRole('dialog', { name: 'Turn cache' });
  await next.getByRole('button', { name: 'Turn it' }).click();
  await expect(page.getByRole('heading', { name: 'Waits for you' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo…' }).click();
  const undo = page.getByRole('dialog', { name: 'Undo the turn of cache?' });
  await expect(undo).toContainText('The new key is removed at the provider.');
  await undo.getByRole('button', { name: 'Undo the turn' }).click();
  await expect(page.getByRole('heading', { name: 'Undone', exact: true })).toBeVisible();
  expect(cache.gone).toBe(false);
  expect(neon.alive()).toHaveLength(2);
  await leave(window);
  await neon.close();
  rmSync(home, { recursive: true });
});

test('a turn is ended where it stands only by its name, and says what is true then', async ({ context }) => {
  const window = await openWindow(context, { demo: true });
  const { page } = window;
  await expect(page.getByRole('grid', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'treasury-readonly' }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'End it here…' }).click();
  const end = page.getByRole('dialog', { name: 'End the turn of treasury-readonly here?' });
  await expect(end).toContainText('The old key is not revoked');
  await expect(end.getByRole('button', { name: 'End it here' })).toBeDisabled();
  await end.getByLabel(/^Type/).fill('treasury-readonly');
  await end.getByRole('button', { name: 'End it here' }).click();
  await expect(page.getByRole('heading', { name: 'Ended by you' })).toBeVisible();
  await expect(places(page).getByRole('button', { name: 'Turns', exact: true })).toBeVisible();
  await leave(window);
});
