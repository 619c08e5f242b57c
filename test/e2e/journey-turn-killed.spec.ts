// One turn, and the app killed with SIGKILL at every step of it at which something is asked of the provider: each time the next start goes on by itself
// once the vault is open, and in the end one key lives, the one that the vault has.
import { expect, test } from '@playwright/test';
import type { Asked } from '../support/turning/documented-server.ts';
import { smallNeon, type SmallNeon } from '../support/turning/small-neon.ts';
import { agentOf, isAlive } from './support/outside.ts';
import {
  leave,
  lookBack,
  openKey,
  preparedHome,
  sitDown,
  startTimeoutMs,
  unlock,
  type Seat,
} from './support/person.ts';

test.describe.configure({ mode: 'serial', timeout: 900_000 });

let seat: Seat;
let neon: SmallNeon;
let old: ReturnType<SmallNeon['add']>;

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  neon = await smallNeon();
  old = neon.add('db');
  const home = await preparedHome();
  expect((await home.run(['provider', 'configure', 'neon', '--base-url', neon.url])).code).toBe(0);
  const words = ['add', 'db', '--env', 'production', '--provider', 'neon', '--value-stdin'];
  expect((await home.run(words, { stdin: old.value })).code).toBe(0);
  seat = await sitDown(home);
  await unlock(seat);
});
test.afterEach(({}, info) => lookBack(seat, info));
test.afterAll(async () => {
  await leave(seat);
  await neon.close();
});

const isList = ({ method, path }: Asked): boolean => method === 'GET' && path.endsWith('/api_keys');
const isMake = ({ method }: Asked): boolean => method === 'POST';
const isRevoke = ({ method }: Asked): boolean => method === 'DELETE';
const isCheckOf =
  (wanted: 'old' | 'new') =>
  ({ method, path, bearer }: Asked): boolean =>
    method === 'GET' && path.endsWith('/auth') && (bearer === old.value) === (wanted === 'old');

/** Where it is killed, in the order of the turn. */
const deaths = [
  ['while it reads the provider', isList, 'before'],
  ['before the new key is made', isMake, 'before'],
  ['after the new key was made, without its answer', isMake, 'after'],
  ['while the new key is tested', isCheckOf('new'), 'before'],
  ['before the old key is revoked', isRevoke, 'before'],
  ['after the old key was revoked, without the answer', isRevoke, 'after'],
  ['while the old key is asked', isCheckOf('old'), 'before'],
] as const;

const killApp = async (): Promise<void> => {
  const agent = await agentOf(seat);
  process.kill(agent, 'SIGKILL');
  await seat.app.kill('SIGKILL');
  await expect.poll(() => isAlive(agent)).toBe(false);
};

test('a turn comes through the death of the app at every step', async () => {
  await openKey(seat.page, 'db');
  // A plan reads the same list: the first death is one of the turn itself.
  await seat.page.keyboard.press('r');
  const begin = seat.page.getByRole('button', { name: 'Turn it' });
  await expect(begin).toBeEnabled();
  const holdAt = (index: number): (() => void) => {
    const [, fits, act] = deaths[index] ?? [];
    return fits === undefined ? () => undefined : neon.hold(fits, act);
  };
  let letGo = holdAt(0);
  await begin.click();
  for (const [index, [when]] of deaths.entries())
    await test.step(when, async () => {
      await expect.poll(neon.waiting, { timeout: 120_000 }).toBeGreaterThan(0);
      await killApp();
      letGo();
      // Before it goes on: as soon as the vault is open it does.
      letGo = holdAt(index + 1);
      seat = await sitDown(seat.home);
      await unlock(seat);
    });
  await seat.page.keyboard.press('t');
  await expect(seat.page.getByRole('region', { name: 'Over' }).getByRole('listitem')).toContainText(
    'proven dead',
    {
      timeout: 120_000,
    },
  );
  expect(old.gone).toBe(true);
  const value = (await seat.home.run(['reveal', 'db', '--yes'], { bare: true })).out.trim();
  expect(neon.alive().map((key) => key.value === value)).toEqual([true]);
});
