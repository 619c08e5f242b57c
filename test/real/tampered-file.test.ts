// A vault file that somebody changed, as a person at the command line meets it: exit code 4 and words that say what is affected and what to
// do, or everything as it was; never another value.
import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHome, sample, type Home } from '../support/cli.ts';

let home: Home;
let other: Home;
let file: string;
let whole: string;
const values = new Map(['mail', 'pay', 'map', 'news'].map((name) => [name, sample.anything()]));

const fill = async (into: Home): Promise<void> => {
  await into.json(['init']);
  for (const [name, value] of values)
    await into.json(['add', name, '--env', 'production', '--value-stdin'], { stdin: value });
};

beforeAll(async () => {
  [home, other] = [newHome(), newHome()];
  await Promise.all([fill(home), fill(other)]);
  file = join(home.folder, 'home', 'vault.keyturn');
  whole = join(home.folder, 'whole');
  copyFileSync(file, whole);
}, 120_000);
afterAll(() => {
  home.remove();
  other.remove();
});

const edit = (...statements: readonly string[]): void => {
  const database = new DatabaseSync(file);
  database.exec(`ATTACH '${join(other.folder, 'home', 'vault.keyturn')}' AS other`);
  for (const statement of statements) database.exec(statement);
  database.exec('DETACH other; PRAGMA main.wal_checkpoint(TRUNCATE)');
  database.close();
};

const first = (table: string): string => `(SELECT id FROM main.${table} ORDER BY id LIMIT 1)`;

const changes: Readonly<Record<string, () => void>> = {
  'a byte of a record': () => edit(`UPDATE main.meta SET sealed = zeroblob(168) WHERE id = ${first('meta')}`),
  'a value swapped for one of another vault': () =>
    edit(
      `UPDATE main.secret SET sealed = (SELECT sealed FROM other.secret LIMIT 1) WHERE id = ${first('secret')}`,
    ),
  'a record removed': () => edit(`DELETE FROM main.meta WHERE id = ${first('meta')}`),
  'the list of everything removed': () => edit('DELETE FROM main.manifest'),
  'a table dropped': () => edit('DROP TABLE main.secret'),
  'half of the file': () => truncateSync(file, 40_960),
  'the first page': () => writeFileSync(file, readFileSync(file).fill(0x77, 100, 4_096)),
  'another file altogether': () => writeFileSync(file, 'no vault at all'.repeat(1_000)),
};

describe('keyturn list on a vault changed outside Keyturn', () => {
  it.each(Object.keys(changes))(
    '%s: exit code 4 and words',
    async (name) => {
      for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
      copyFileSync(whole, file);
      // The file is put back for each change: that is not what is looked at here.
      const env = { KEYTURN_STATE: join(home.folder, `state ${name}`) };
      changes[name]?.();
      const listed = await home.run(['list'], { env });
      expect([listed.code, listed.err]).toEqual([
        4,
        expect.stringMatching(/damaged|cannot be opened|missing|no Keyturn vault|another file/i),
      ]);
      expect(listed.err).toMatch(/backup|rescue|another folder|another file|accept/i);
      for (const value of values.values()) expect(listed.out + listed.err).not.toContain(value);
    },
    60_000,
  );

  it('shows the right value or none, of every key', async () => {
    copyFileSync(whole, file);
    const env = { KEYTURN_STATE: join(home.folder, 'state reveal') };
    changes['a value swapped for one of another vault']?.();
    let refused = 0;
    for (const [name, value] of values) {
      const shown = await home.run(['reveal', name, '--yes'], { env });
      if (shown.code === 0) expect(shown.out.trim()).toBe(value);
      else {
        expect([shown.code, shown.out]).toEqual([4, '']);
        refused += 1;
      }
    }
    expect(refused).toBe(1);
  }, 60_000);
});
