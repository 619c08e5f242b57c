// Text in SQLite files is found by table and column, whatever SQLite made of it: long values, wide tables, logs that are not yet in the
// file, rows that were deleted. The files are made by the real SQLite; the reader never opens one with it.
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileReader } from '../../../src/node/scan/readers/read-file.ts';
import { collectingSink, type CollectingSink } from '../../support/leaks/collecting-sink.ts';
import { wordsOf, zipOf } from '../../support/leaks/container-samples.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-databases-'));
  path = join(folder, 'state.vscdb');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const read = (file = path): CollectingSink => {
  const sink = collectingSink(65_536);
  createFileReader(sink).read(file, file, 'working-file');
  return sink;
};
const made = (statements: string, pragmas: readonly string[] = []): void => {
  const database = new Database(path);
  for (const pragma of pragmas) database.pragma(pragma);
  database.exec(statements);
  database.close();
};

describe('a database', () => {
  it('gives text and blobs of each column under its name', () => {
    made(`
      CREATE TABLE ItemTable (id INTEGER PRIMARY KEY, "key" TEXT UNIQUE, [value] BLOB, n REAL, CHECK (id > 0));
      INSERT INTO ItemTable VALUES (1, 'first', x'00ff41', 1.5), (2, 'second', 'a text in a blob', NULL);
      CREATE INDEX byValue ON ItemTable (value);
      CREATE TABLE words (word TEXT PRIMARY KEY, meaning) WITHOUT ROWID;
      INSERT INTO words VALUES ('one', 'uno');
      CREATE VIEW v AS SELECT * FROM words;
    `);
    const sink = read();
    expect(sink.text('ItemTable.key').split('\n')).toEqual(['first', 'second', '']);
    expect(sink.text('ItemTable.value')).toContain('a text in a blob');
    expect(sink.text('words.1')).toBe('one\n');
    expect(sink.text('words.2')).toBe('uno\n');
    expect(sink.text('sqlite_schema.sql')).toContain('CREATE VIEW v');
    expect(sink.insides().some((inside) => inside.startsWith('byValue'))).toBe(false);
    expect(sink.pieces.every(({ label }) => label.kind === 'database' && !label.hasLines)).toBe(true);
    expect(sink.missed).toEqual([]);
  });

  it.each([512, 1_024, 4_096, 65_536])(
    'of pages of %d bytes gives long values whole, in every place',
    (size) => {
      const values = Array.from({ length: 60 }, (_all, at) => wordsOf(at + 1, at * at * 40));
      const database = new Database(path);
      database.pragma(`page_size = ${String(size)}`);
      database.exec('CREATE TABLE t (a TEXT, b TEXT)');
      const insert = database.prepare('INSERT INTO t VALUES (?, ?)');
      for (const value of values) insert.run(value, `b${value}`);
      database.close();
      const sink = read();
      const all = sink.text('t.a');
      for (const value of values) expect(all.includes(value)).toBe(true);
      expect(sink.text('t.b')).toContain(`b${values[59] ?? ''}`);
      expect(sink.missed).toEqual([]);
    },
  );

  it('of many rows, in a tree of several levels, loses none', () => {
    const database = new Database(path);
    database.pragma('page_size = 512');
    database.exec('CREATE TABLE t (a TEXT); CREATE TABLE w (a TEXT PRIMARY KEY) WITHOUT ROWID');
    database.transaction(() => {
      const first = database.prepare('INSERT INTO t VALUES (?)');
      const second = database.prepare('INSERT INTO w VALUES (?)');
      for (let at = 0; at < 20_000; at += 1) {
        first.run(`row ${String(at)} of the table`);
        second.run(`word ${String(at)}`);
      }
    })();
    database.close();
    const sink = read();
    expect(new Set(sink.text('t.a').split('\n')).size).toBe(20_001);
    expect(new Set(sink.text('w.1').split('\n')).size).toBe(20_001);
  });

  it('in UTF-16 gives its text as it stands, and knows its own names', () => {
    made("CREATE TABLE t (name TEXT); INSERT INTO t VALUES ('a text of sixteen bits')", [
      "encoding = 'UTF-16le'",
    ]);
    const piece = read().pieces.find(({ label }) => label.inside === 't.name');
    expect(piece?.bytes.toString('utf16le')).toContain('a text of sixteen bits');
  });

  it('that is being written gives what stands in its log, and is left as it was', () => {
    const database = new Database(path);
    database.pragma('journal_mode = WAL');
    database.pragma('wal_autocheckpoint = 0');
    database.exec("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('old in the file')");
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.exec(`INSERT INTO t VALUES ('new in the log ${wordsOf(3, 9_000)}')`);
    const before = readdirSync(folder).toSorted();
    const bytes = readFileSync(path);
    const sink = read();
    expect(sink.text('t.a')).toContain('old in the file');
    expect(sink.text('t.a')).toContain(`new in the log ${wordsOf(3, 9_000)}`);
    expect(readdirSync(folder).toSorted()).toEqual(before);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    // Nobody was kept from writing.
    database.exec("INSERT INTO t VALUES ('still open')");
    database.close();
  });

  it('still gives what was deleted, and what was dropped', () => {
    const database = new Database(path);
    database.pragma('secure_delete = OFF');
    database.exec('CREATE TABLE kept (a TEXT); CREATE TABLE dropped (a TEXT)');
    const insert = database.prepare('INSERT INTO kept VALUES (?)');
    for (let at = 0; at < 20; at += 1) insert.run(`a row that is deleted later ${String(at)}`);
    database.prepare('INSERT INTO dropped VALUES (?)').run('a row that is dropped later');
    database.exec('DELETE FROM kept WHERE rowid > 3; DROP TABLE dropped');
    database.close();
    const sink = read();
    expect(sink.text('kept.a')).not.toContain('later 12');
    expect(sink.text('kept.(deleted)')).toContain('a row that is deleted later 12');
    expect(sink.text('(free pages).(deleted)')).toContain('a row that is dropped later');
  });

  it('in an archive is read too', () => {
    made("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('in the zip')");
    const zip = join(folder, 'x.zip');
    writeFileSync(zip, zipOf([{ name: 'db.sqlite', bytes: readFileSync(path) }]));
    expect(read(zip).text('db.sqlite!t.a')).toBe('in the zip\n');
  });

  it('that is broken, or made to lead in circles, ends in a name at most', () => {
    made(`CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('${wordsOf(5, 30_000)}'); CREATE TABLE u (b)`, [
      'page_size = 512',
    ]);
    const whole = readFileSync(path);
    const copy = join(folder, 'copy.db');
    const began = performance.now();
    for (let at = 16; at < 2_000; at += 7) {
      const bytes = Buffer.from(whole);
      for (const value of [0xff, 0x00, 0x01]) {
        bytes[at] = value;
        writeFileSync(copy, bytes);
        const sink = read(copy);
        expect(sink.total()).toBeLessThan(whole.length * 4);
        for (const { reason } of sink.missed) expect(reason).toMatch(/broken|too-large/);
      }
    }
    writeFileSync(copy, whole.subarray(0, 700));
    read(copy);
    copyFileSync(path, copy);
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});
