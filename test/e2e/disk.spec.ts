// After a long stay in the app nothing of what the vault holds is found in any file it could have written: its folder, the temporary
// folder, the browser's profile, logs and crash folders. Names, notes, addresses, tags, values, the password: in any encoding.
// Files that a person asked for (exports, the printed command line's own) are somewhere else and not looked at.
import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { sample } from '../support/cli.ts';
import { formsOf } from '../support/process-memory.ts';
import {
  choose,
  copyMoney,
  goTo,
  grid,
  leave,
  lock,
  openKey,
  preparedHome,
  rowOf,
  showKeys,
  sitDown,
  startTimeoutMs,
  unlock,
  type Seat,
} from './support/person.ts';

test.describe.configure({ mode: 'serial', timeout: 240_000 });

/** Unlike anything else in the world, so that every find is ours. */
const word = (mark: string): string => `${mark}${randomBytes(8).toString('hex')}`;
const said = {
  name: word('Herons'),
  renamed: word('Egrets'),
  note: `${word('Ferry')} at noon, ünïcode`,
  tag: word('Quarry'),
  owner: word('Marigold'),
  address: `https://${word('portal')}.example/keys?team=${word('t')}`,
  project: word('Lantern'),
  variable: word('LOG').toUpperCase(),
  plainValue: word('Gravel'),
  search: word('Thistle'),
  secret: sample.circleLive(),
  imported: sample.anything(),
} as const;

let seat: Seat;
let temporary: string;
/** Of the person: what they chose themselves lies here and is not looked at. */
let outside: string;

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  temporary = mkdtempSync(join(tmpdir(), 'keyturn-disk-'));
  outside = mkdtempSync(join(tmpdir(), 'keyturn-person-'));
  const home = await preparedHome();
  await home.json<unknown>(['add', said.name, '--env', 'production', '--value-stdin'], {
    stdin: said.secret,
  });
  const folders = Object.fromEntries(
    ['TMPDIR', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME'].map((name) => {
      mkdirSync(join(temporary, name));
      return [name, join(temporary, name)];
    }),
  );
  seat = await sitDown(home, { env: { ...folders, HOME: temporary } });
});
test.afterAll(async () => {
  await leave(seat);
  for (const folder of [temporary, outside]) rmSync(folder, { recursive: true, force: true });
});

type Needle = { readonly what: string; readonly form: string; readonly bytes: Buffer };

const needlesOf = (what: string, text: string): readonly Needle[] => {
  const forms = formsOf(Buffer.from(text)).map(([form, bytes]) => ({
    what,
    form,
    bytes: Buffer.from(bytes),
  }));
  const extra = {
    'utf-16 big-endian': Buffer.from(text, 'utf16le').swap16(),
    'hex in capitals': Buffer.from(Buffer.from(text).toString('hex').toUpperCase()),
    'percent encoding': Buffer.from(encodeURIComponent(text)),
    base64url: Buffer.from(Buffer.from(text).toString('base64url')),
    json: Buffer.from(JSON.stringify(text).slice(1, -1)),
    reversed: Buffer.from([...text].toReversed().join('')),
  };
  return [...forms, ...Object.entries(extra).map(([form, bytes]) => ({ what, form, bytes }))];
};

/** What `read` gives, or null where the file or folder went away in between: Chromium removes its own while it runs. */
const unlessGone = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

const filesBelow = (folder: string): readonly string[] =>
  (unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? []).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });

/** A file's bytes, and what they are once unpacked, where they are packed; nothing of one that is gone. */
const contentsOf = (path: string): readonly Buffer[] => {
  const bytes = unlessGone(() => readFileSync(path));
  if (bytes === null) return [];
  const unpacked = [gunzipSync, inflateRawSync].flatMap((unpack) => {
    try {
      return [unpack(bytes)];
    } catch {
      return [];
    }
  });
  return [bytes, ...unpacked];
};

const search = (
  folders: readonly string[],
  needles: readonly Needle[],
): { files: number; found: readonly string[] } => {
  const paths = folders.flatMap(filesBelow);
  const found = paths.flatMap((path) =>
    contentsOf(path).flatMap((bytes) =>
      needles.flatMap(({ what, form, bytes: wanted }) => {
        const inside = bytes.includes(wanted) || (form === 'bytes' && path.includes(wanted.toString()));
        return inside
          ? [`${what} as ${form} in ${path.replace(temporary, 'TMP').replace(seat.folder, 'HOME')}`]
          : [];
      }),
    ),
  );
  return { files: paths.length, found: [...new Set(found)] };
};

const edit = async (): Promise<void> => {
  const { page } = seat;
  await openKey(page, said.name);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: `Edit ${said.name}` });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(said.renamed);
  await dialog.getByRole('textbox', { name: 'Owner' }).fill(said.owner);
  await dialog.getByRole('textbox', { name: /Tags/ }).fill(said.tag);
  await dialog.getByRole('textbox', { name: /Notes/ }).fill(said.note);
  await dialog
    .getByRole('textbox', { name: /Link|address|URL/i })
    .first()
    .fill(said.address);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: said.renamed, exact: true })).toBeVisible();
};

test('a long stay: unlock, edit, reveal, copy, search, import, export, lock', async () => {
  const { home, app } = seat;
  await unlock(seat);
  const { page } = seat;
  await edit();
  await page
    .getByRole('button', { name: /^Reveal/ })
    .first()
    .focus();
  await page.keyboard.down(' ');
  await expect(page.locator('.lone-character').first()).toBeVisible();
  await page.keyboard.up(' ');
  await copyMoney(page);
  await expect.poll(() => app.control.clipboardText()).not.toBe('');
  await page.keyboard.press('/');
  await page.keyboard.type(said.search);
  await page.keyboard.press('Escape');

  const source = join(outside, 'source.env');
  writeFileSync(source, `${said.variable}=${said.plainValue}\nSOME_TOKEN=${said.imported}\n`);
  await app.control.dialogs({
    showOpenDialog: [{ canceled: false, filePaths: [source] }],
    showSaveDialog: [{ canceled: false, filePath: join(outside, 'out.env') }],
  });
  await showKeys(page);
  await grid(page).focus();
  await page.keyboard.press('i');
  await page.getByRole('radio', { name: 'staging' }).check();
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await page.getByRole('button', { name: 'Import 2' }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
  await goTo(page, 'Export');
  await choose(page, 'Environment', /^staging/);
  await page.getByRole('button', { name: 'Write the file…' }).click();
  await expect.poll(() => filesBelow(outside).length).toBeGreaterThan(1);
  await home.json<unknown>(['project', 'add', said.project], { bare: true }).catch(() => undefined);
  await home.run(['list'], { bare: true });
  await lock(seat);
  await unlock(seat);
  await showKeys(seat.page);
  await expect(rowOf(seat.page, said.renamed)).toBeVisible();
});

test('leaves nothing of it in any file while it runs', () => {
  const needles = Object.entries({ ...said, password: seat.home.password }).flatMap(([what, text]) =>
    needlesOf(what, text),
  );
  // The search itself is tried on what is known to be there.
  expect(search([outside], needlesOf('planted', said.imported)).found.length).toBeGreaterThan(0);
  const { files, found } = search([seat.folder, temporary], needles);
  process.stdout.write(`    disk, running: ${String(files)} files, ${String(found.length)} finds\n`);
  expect(files).toBeGreaterThan(5);
  expect(found).toEqual([]);
});

test('leaves nothing of it in any file once it has ended, and nothing that others may read', async () => {
  await seat.app.close();
  const needles = Object.entries({ ...said, password: seat.home.password }).flatMap(([what, text]) =>
    needlesOf(what, text),
  );
  const { files, found } = search([seat.folder, temporary], needles);
  process.stdout.write(`    disk, ended: ${String(files)} files, ${String(found.length)} finds\n`);
  expect(found).toEqual([]);
  for (const [what, text] of Object.entries({ ...said, password: seat.home.password })) {
    expect(seat.app.output().includes(text), `${what} was written to the log`).toBe(false);
  }
  const open = filesBelow(seat.folder).filter(
    (path) => !path.includes('/electron/') && (lstatSync(path).mode & 0o077) !== 0,
  );
  expect(process.platform === 'win32' ? [] : open).toEqual([]);
});
