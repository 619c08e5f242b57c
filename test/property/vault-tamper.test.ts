// Whatever is done to the file by somebody without the key, no wrong value is ever read and no loss goes unreported.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TamperKit } from '../support/vault/tampered-vault.ts';
import { editFile, judge, makeTamperKit } from '../support/vault/tampered-vault.ts';
import { rememberingPorts } from '../support/vault/vault-kit.ts';

/** Above 500 mutations in `npm test`, above 20,000 in `npm run test:long`. */
const runs =
  process.env['KEYTURN_LONG'] === '1'
    ? { bytes: 14_000, stretches: 3_000, edits: 120 }
    : { bytes: 350, stretches: 60, edits: 4 };

let folder: string;
let kit: TamperKit;
let target: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-tamper-'));
  kit = await makeTamperKit(await rememberingPorts(), folder);
  target = join(folder, 'target.keyturn');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const clean = (): void => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${target}${end}`, { force: true });
};
const fresh = (): void => {
  clean();
  copyFileSync(kit.path, target);
};

describe('a vault file somebody changed', () => {
  it('is read without fault where nobody did', async () => {
    fresh();
    expect(await judge(kit, target)).toEqual({ opened: true, reported: 0, missing: 0 });
    fresh();
    expect(await judge(kit, target, true)).toEqual({ opened: true, reported: 0, missing: 0 });
  });

  it('gives nothing wrong after any change of one byte, and a report of every loss', async () => {
    const file = readFileSync(kit.path);
    let noticed = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Buffer.from(file);
        changed[at] = (changed[at] as number) ^ change;
        clean();
        writeFileSync(target, changed);
        if ((await judge(kit, target)).reported > 0) noticed += 1;
      }),
      { numRuns: runs.bytes },
    );
    // Pages have free space, where a change means nothing; but most of the file is used.
    expect(noticed).toBeGreaterThan(100);
  }, 1_800_000);

  it('gives nothing wrong after any cut or overwritten stretch', async () => {
    const file = readFileSync(kit.path);
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(5000), fc.boolean(), async (at, length, isCut) => {
        const changed = Buffer.from(file);
        clean();
        if (isCut) writeFileSync(target, changed.subarray(0, at));
        else writeFileSync(target, changed.fill(length & 0xff, at, Math.min(at + length, file.length)));
        await judge(kit, target);
      }),
      { numRuns: runs.stretches },
    );
  }, 1_800_000);
});

const nth = (at: number): string => `(SELECT id FROM main.meta ORDER BY id LIMIT 1 OFFSET ${at})`;
const leafOf = (table: 'meta' | 'secret', at: number): string =>
  `${table === 'meta' ? 256 : 512} + (instr('0123456789abcdef', substr(lower(hex(${nth(at)})), 1, 1)) - 1) * 16 + instr('0123456789abcdef', substr(lower(hex(${nth(at)})), 2, 1)) - 1`;

/** Edits by name, for two places of the table. All of them must be noticed. */
const edits: Readonly<Record<string, (a: number, b: number, table: 'meta' | 'secret') => readonly string[]>> =
  {
    'a row removed': (a, _, table) => [`DELETE FROM main.${table} WHERE id = ${nth(a)}`],
    'a row doubled under another id': (a, _, table) => [
      `INSERT INTO main.${table} SELECT randomblob(16), revision, sealed FROM main.${table} WHERE id = ${nth(a)}`,
    ],
    'two rows swapped': (a, b, table) => [
      `CREATE TEMP TABLE swap AS SELECT * FROM main.${table} WHERE id IN (${nth(a)}, ${nth(b)})`,
      `UPDATE main.${table} SET sealed = (SELECT sealed FROM swap WHERE swap.id <> main.${table}.id) WHERE id IN (SELECT id FROM swap) AND (SELECT count(*) FROM swap) = 2`,
      `DELETE FROM main.${table} WHERE (SELECT count(*) FROM swap) = 1 AND id = ${nth(a)}`,
    ],
    'a row moved to the other table': (a, _, table) => [
      `UPDATE main.${table} SET sealed = (SELECT sealed FROM main.${table === 'meta' ? 'secret' : 'meta'} WHERE id = ${nth(a)}) WHERE id = ${nth(a)}`,
    ],
    'a row put back to its earlier version': (a, _, table) => [
      `UPDATE main.${table} SET (revision, sealed) = (SELECT revision, sealed FROM earlier.${table} e WHERE e.id = main.${table}.id) WHERE id = ${nth(a)} OR id IN (SELECT id FROM main.${table} WHERE revision = 2 LIMIT 1)`,
    ],
    'a row and its leaf put back': (_, __, table) => [
      `UPDATE main.${table} SET (revision, sealed) = (SELECT revision, sealed FROM earlier.${table} e WHERE e.id = main.${table}.id)`,
      `DELETE FROM main.leaf`,
      `INSERT INTO main.leaf SELECT * FROM earlier.leaf`,
    ],
    'everything but the header and the slots put back': () => [
      ...['meta', 'secret', 'leaf', 'manifest', 'audit'].flatMap((name) => [
        `DELETE FROM main.${name}`,
        `INSERT INTO main.${name} SELECT * FROM earlier.${name}`,
      ]),
    ],
    'a revision changed': (a, _, table) => [
      `UPDATE main.${table} SET revision = revision + 1 WHERE id = ${nth(a)}`,
    ],
    'a row of another vault': (a, _, table) => [
      `UPDATE main.${table} SET (revision, sealed) = (SELECT revision, sealed FROM other.${table} o WHERE o.id = main.${table}.id) WHERE id = ${nth(a)}`,
    ],
    'a leaf removed': (a, _, table) => [`DELETE FROM main.leaf WHERE k = ${leafOf(table, a)}`],
    'a leaf of another vault': (a, _, table) => [
      `UPDATE main.leaf SET (revision, sealed) = (SELECT revision, sealed FROM other.leaf o WHERE o.k = main.leaf.k) WHERE k = ${leafOf(table, a)}`,
    ],
    'the manifest put back': () => [
      'DELETE FROM main.manifest',
      'INSERT INTO main.manifest SELECT * FROM earlier.manifest',
    ],
    'the manifest removed': () => ['DELETE FROM main.manifest'],
    'the manifest of another vault': () => [
      'DELETE FROM main.manifest',
      'INSERT INTO main.manifest SELECT * FROM other.manifest',
    ],
    'the counter changed': () => ['UPDATE main.manifest SET revision = revision + 1'],
    'the last audit line removed': () => [
      'DELETE FROM main.audit WHERE seq = (SELECT max(seq) FROM main.audit)',
    ],
    'an audit line removed from the middle': () => ['DELETE FROM main.audit WHERE seq = 2'],
    'two audit lines swapped': () => [
      'UPDATE main.audit SET seq = 99 WHERE seq = 2',
      'UPDATE main.audit SET seq = 2 WHERE seq = 3',
      'UPDATE main.audit SET seq = 3 WHERE seq = 99',
    ],
    'an audit line doubled at the end': () => [
      'INSERT INTO main.audit SELECT seq + 1, sealed FROM main.audit ORDER BY seq DESC LIMIT 1',
    ],
    'the recovery slot removed': () => ["DELETE FROM main.slot WHERE substr(body, 2, 1) = x'02'"],
    'the slots put back to the earlier password': () => [
      'DELETE FROM main.slot',
      'INSERT INTO main.slot SELECT * FROM earlier.slot',
      'DELETE FROM main.header',
      'INSERT INTO main.header SELECT * FROM earlier.header',
    ],
    'an earlier slot added': () => ['INSERT OR IGNORE INTO main.slot SELECT * FROM earlier.slot'],
    'the header of another vault': () => [
      'DELETE FROM main.header',
      'INSERT INTO main.header SELECT * FROM other.header',
    ],
    'the header removed': () => ['DELETE FROM main.header'],
    'a trigger planted': () => ['CREATE TRIGGER main.t AFTER INSERT ON audit BEGIN DELETE FROM meta; END'],
    'a view planted': () => ['CREATE VIEW main.v AS SELECT * FROM meta'],
    'a row that is no record': (_, __, table) => [`INSERT INTO main.${table} VALUES (x'00', 1, x'00')`],
    'a table dropped': (_, __, table) => [`DROP TABLE main.${table}`],
  };

describe('a vault somebody edited with SQL', () => {
  it.each(Object.keys(edits))(
    'notices %s',
    async (name) => {
      const edit = edits[name] as (typeof edits)[string];
      await fc.assert(
        fc.asyncProperty(
          fc.nat(15),
          fc.nat(15),
          fc.constantFrom('meta' as const, 'secret' as const),
          async (a, b, table) => {
            fresh();
            editFile(kit, target, edit(a, b, table));
            expect((await judge(kit, target)).reported).toBeGreaterThan(0);
          },
        ),
        { numRuns: runs.edits },
      );
    },
    1_800_000,
  );

  it('keeps a cache that does not belong to it from changing anything', async () => {
    fresh();
    editFile(kit, target, [
      'INSERT OR REPLACE INTO main.cache SELECT 1, revision, sealed FROM main.manifest',
    ]);
    expect(await judge(kit, target)).toEqual({ opened: true, reported: 0, missing: 0 });
  });
});
