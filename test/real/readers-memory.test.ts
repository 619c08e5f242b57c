// What was read leaves nothing behind in the process that read it: its memory is searched for values that stood in files of every format,
// of which the process knew nothing.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import zlib from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { searchProcess, type Needle } from '../support/process-memory.ts';
import { tarOf, wordsOf, zipOf } from '../support/leaks/container-samples.ts';

let folder: string;
let child: ChildProcess | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-readers-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, bytes: string | Buffer): void => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, bytes);
};

/** A value of its own for each format, in the middle of text, so that it is known which left something. */
const needles: Needle[] = [];
const planted = (name: string): Buffer => {
  const value = randomBytes(24).toString('hex');
  needles.push({ name, bytes: Buffer.from(value) });
  return Buffer.from(
    `${wordsOf(needles.length, 3_000)}\nkey = "${value}"\n${wordsOf(needles.length, 2_000)}`,
  );
};
const text = (name: string): string => planted(name).toString();

const plant = (): void => {
  put('plain.txt', planted('plain'));
  put('.zsh_history', Buffer.concat([planted('zsh'), Buffer.from([0x83, 0xa3])]));
  put(
    'a.zip',
    zipOf([
      { name: 'a', bytes: planted('zip') },
      { name: 'b', bytes: planted('zip stored'), stored: true },
    ]),
  );
  put(
    'b.tar.gz',
    zlib.gzipSync(
      tarOf([
        { name: 'a', bytes: planted('tar') },
        { name: 'in.zip', bytes: zipOf([{ name: 'x', bytes: planted('nested') }]) },
      ]),
    ),
  );
  put('c.gz', zlib.gzipSync(planted('gzip')));
  put('d.zst', zlib.zstdCompressSync(planted('zstd')));
  put(
    'e.docx',
    zipOf([
      { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
      { name: 'word/document.xml', bytes: Buffer.from(`<w:p><w:t>${text('office')}</w:t></w:p>`) },
    ]),
  );
  const page = zlib.deflateSync(Buffer.from(`BT (${text('pdf')}) Tj ET`));
  put(
    'f.pdf',
    Buffer.concat([
      Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n`),
      page,
      Buffer.from('\nendstream\nendobj\ntrailer <<>>\n'),
    ]),
  );
  const database = new Database(join(folder, 'g.sqlite'));
  database.exec('CREATE TABLE t (a TEXT, b BLOB)');
  database.prepare('INSERT INTO t VALUES (?, ?)').run(text('sqlite'), planted('sqlite blob'));
  database.close();
};

it('no value of any format is left in the memory of the process that read it', async () => {
  plant();
  child = spawn(process.execPath, [join(import.meta.dirname, '../support/leaks/reading-child.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  const [, bytes] = /^read (\d+)\n$/.exec(said.toString()) ?? [];
  expect(Number(bytes)).toBeGreaterThan(12 * 5_000);
  const own = searchProcess(process.pid, needles);
  // The search itself finds what is there: this process made the files.
  expect(own.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(needles.length);
  const found = searchProcess(child.pid ?? 0, needles);
  expect(
    found
      .filter(({ count }) => count > 0)
      .map(({ needle, form, count }) => `${needle} ${form} ×${String(count)}`),
  ).toEqual([]);
});
