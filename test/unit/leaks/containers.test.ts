// What lies in containers is found at its place inside, and containers that are made to attack cost little and write nothing.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileReader } from '../../../src/node/scan/readers/read-file.ts';
import { defaultLimits, type ReadLimits } from '../../../src/node/scan/readers/limits.ts';
import type { PlaceKind } from '../../../src/core/model/finding.ts';
import { collectingSink, type CollectingSink } from '../../support/leaks/collecting-sink.ts';
import { tarHeader, tarOf, wordsOf, zipOf } from '../../support/leaks/container-samples.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-containers-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let serial = 0;
type Read = { readonly sink: CollectingSink; readonly path: string };
const read = (
  name: string,
  bytes: Uint8Array,
  options: { limits?: Partial<ReadLimits>; kind?: PlaceKind; keep?: boolean } = {},
): Read => {
  serial += 1;
  const path = join(folder, `${String(serial)}-${name}`);
  writeFileSync(path, bytes);
  const sink = collectingSink(65_536, options.keep ?? true);
  createFileReader(sink, { limits: { ...defaultLimits, ...options.limits } }).read(
    path,
    path,
    options.kind ?? 'working-file',
  );
  return { sink, path };
};
const reasons = (sink: CollectingSink): readonly string[] =>
  sink.missed.map(({ inside, reason }) => `${inside}: ${reason}`);

const mark = (n: number): Buffer => Buffer.from(`the mark ${'x'.repeat(n)} stands here\n`);

describe('an archive', () => {
  it('gives each member at its name', () => {
    const zip = zipOf([
      { name: 'a/b.txt', bytes: mark(1) },
      { name: 'stored.txt', bytes: mark(2), stored: true },
      { name: 'empty/', bytes: Buffer.alloc(0), stored: true },
      { name: 'z.txt', bytes: mark(3), method: 93, packed: zlib.zstdCompressSync(mark(3)) },
    ]);
    const { sink } = read('x.zip', zip);
    expect(sink.insides()).toEqual(['a/b.txt', 'stored.txt', 'z.txt']);
    expect(sink.text('a/b.txt')).toBe(mark(1).toString());
    expect(sink.text('stored.txt')).toBe(mark(2).toString());
    expect(sink.text('z.txt')).toBe(mark(3).toString());
    expect(new Set(sink.pieces.map(({ label }) => label.kind))).toEqual(new Set(['archive']));
    expect(sink.missed).toEqual([]);
  });

  it.each([
    ['tar', (bytes: Buffer) => bytes],
    ['tar.gz', (bytes: Buffer) => zlib.gzipSync(bytes)],
    ['tar.zst', (bytes: Buffer) => zlib.zstdCompressSync(bytes)],
  ])('as %s gives each member at its name', (extension, pack) => {
    const long = `${'deep/'.repeat(40)}file.txt`;
    const tar = Buffer.concat([
      tarOf([
        { name: 'one.txt', bytes: mark(1) },
        { name: 'folder/', type: '5' },
        { name: 'link', type: '2', link: '/etc/passwd' },
      ]).subarray(0, -1_024),
      tarOf([
        { name: '././@LongLink', type: 'L', bytes: Buffer.from(`${long}\0`) },
        { name: long, bytes: mark(2) },
        { name: 'pax', type: 'x', bytes: Buffer.from('24 path=by/pax/name.txt\n') },
        { name: 'short', bytes: mark(3) },
        { name: 'big.bin', bytes: Buffer.from(wordsOf(3, 200_000)) },
      ]),
    ]);
    const { sink } = read(`x.${extension}`, pack(tar));
    expect(sink.insides()).toEqual(['one.txt', long, 'by/pax/name.txt', 'big.bin']);
    expect(sink.text(long)).toBe(mark(2).toString());
    expect(sink.text('by/pax/name.txt')).toBe(mark(3).toString());
    expect(sink.text('big.bin')).toBe(wordsOf(3, 200_000));
    expect(sink.missed).toEqual([]);
  });

  it('in an archive is read to a depth of four, and named below it', () => {
    let bytes: Buffer = mark(9);
    for (let level = 6; level > 0; level -= 1) bytes = zipOf([{ name: `${String(level)}.zip`, bytes }]);
    const { sink } = read('x.zip', bytes);
    expect(sink.pieces).toEqual([]);
    expect(reasons(sink)).toEqual(['1.zip!2.zip!3.zip!4.zip: too-deep']);
    const tgz = zlib.gzipSync(
      tarOf([{ name: 'in.zip', bytes: zipOf([{ name: 'x.gz', bytes: zlib.gzipSync(mark(4)) }]) }]),
    );
    const nested = read('y.tgz', tgz).sink;
    expect(nested.text('in.zip!x.gz!x')).toBe(mark(4).toString());
    expect(nested.missed).toEqual([]);
  });

  it('of one stream gives it under its name without the extension; a log stays a log', () => {
    expect(read('notes.txt.gz', zlib.gzipSync(mark(1))).sink.pieces[0]?.label).toMatchObject({
      inside: expect.stringMatching(/^\d+-notes\.txt$/) as string,
      kind: 'archive',
      hasLines: true,
    });
    expect(read('x.log.gz', zlib.gzipSync(mark(1)), { kind: 'log' }).sink.pieces[0]?.label.kind).toBe('log');
  });

  it('is known by what it holds, not by its name', () => {
    expect(read('x.dat', zipOf([{ name: 'a', bytes: mark(1) }])).sink.insides()).toEqual(['a']);
    expect(read('x.zip', mark(1)).sink.text('')).toBe(mark(1).toString());
    expect(read('BZh.txt', Buffer.from('BZhungry words')).sink.text('')).toBe('BZhungry words');
  });

  it('that is encrypted, or in a format that nobody here unpacks, is named', () => {
    const zip = zipOf([
      { name: 'secret', bytes: mark(1), encrypted: true },
      { name: 'odd', bytes: mark(1), method: 97 },
      { name: 'fine', bytes: mark(2) },
    ]);
    const { sink } = read('x.zip', zip);
    expect(reasons(sink)).toEqual(['secret: encrypted', 'odd: unknown-format']);
    expect(sink.insides()).toEqual(['fine']);
    const rar = read('x.rar', Buffer.concat([Buffer.from('Rar!\u001a\u0007\u0001\u0000'), mark(5)]));
    expect(reasons(rar.sink)).toEqual([': unknown-format']);
    expect(rar.sink.text('')).toContain(mark(5).toString());
  });
});

describe('a broken archive', () => {
  it('is named, and its bytes are read as they are', () => {
    const zip = zipOf([{ name: 'a', bytes: mark(1), stored: true }]);
    const { sink } = read('x.zip', zip.subarray(0, zip.length - 30));
    expect(reasons(sink)).toEqual([': broken-archive']);
    expect(sink.text('')).toContain(mark(1).toString());
    const tar = read('x.tar', tarOf([{ name: 'a', bytes: mark(1), size: 5_000 }])).sink;
    expect(reasons(tar)).toContain(': broken-archive');
    expect(tar.text('a')).toContain(mark(1).toString());
  });

  it('never ends in more than a name, whichever byte is wrong', () => {
    const whole = zipOf([
      { name: 'in.tar', bytes: tarOf([{ name: 'a', bytes: mark(1) }]) },
      { name: 'b.gz', bytes: zlib.gzipSync(mark(2)) },
    ]);
    for (let at = 0; at < whole.length; at += 3) {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] ?? 0) ^ 0xff;
      const { sink } = read('x.zip', copy);
      for (const { reason } of sink.missed) expect(reason).toMatch(/broken|unknown|encrypted|too-large/);
      rmSync(join(folder, `${String(serial)}-x.zip`));
    }
  });
});

describe('an archive that attacks', () => {
  it('by names writes nothing anywhere, and its names are shown harmless', () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    const names = [
      '../../escaped.txt',
      '/etc/keyturn-escaped',
      'C:\\escaped',
      '\u001b[31mred\u0007',
      'a\nb',
      '\u202Egnp.exe',
    ];
    for (const bytes of [
      zipOf(names.map((name) => ({ name, bytes: mark(1) }))),
      tarOf(names.map((name) => ({ name, bytes: mark(1) }))),
      zipOf([{ name: Buffer.from([0x61, 0xff, 0x62]), bytes: mark(1) }]),
    ]) {
      const before = readdirSync(folder, { recursive: true }).length;
      const { sink } = read('x.bin', bytes);
      expect(readdirSync(folder, { recursive: true })).toHaveLength(before + 1);
      for (const inside of sink.insides()) expect(inside).toMatch(/^[\x20-\x7e]+$/);
    }
    expect(readdirSync(inner)).toEqual([]);
  });

  it('by a bomb is cut at the limit, at once, in little memory', () => {
    const bomb = zlib.gzipSync(Buffer.alloc(100_000_000));
    const began = performance.now();
    const before = process.memoryUsage().arrayBuffers;
    const { sink } = read('x.gz', bomb, { limits: { freeBytes: 2 ** 20, ratio: 100 }, keep: false });
    expect(sink.total()).toBeLessThan(100 * bomb.length + 200_000);
    expect(sink.missed.map(({ reason }) => reason)).toEqual(['too-large']);
    // Many members that are each harmless, and one within the other: the purse is one.
    const zeros = Buffer.alloc(1_000_000);
    const many = zipOf(Array.from({ length: 100 }, (_all, at) => ({ name: String(at), bytes: zeros })));
    const nested = zipOf(
      Array.from({ length: 10 }, (_all, at) => ({ name: `${String(at)}.zip`, bytes: many })),
    );
    const all = read('y.zip', nested, { limits: { inflatedBytes: 20_000_000 }, keep: false }).sink;
    expect(all.total()).toBeLessThan(21_000_000);
    expect(all.missed).toHaveLength(1);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('by members that lie over each other pays for each', () => {
    const kernel = zlib.deflateRawSync(Buffer.alloc(10_000_000));
    const zip = zipOf([{ name: '0', bytes: Buffer.alloc(10), packed: kernel }]);
    // The directory names the same bytes three hundred times.
    const central = zip.subarray(30 + 1 + kernel.length, zip.length - 22);
    const end = Buffer.from(zip.subarray(-22));
    end.writeUInt32LE(central.length * 300, 12);
    const bomb = Buffer.concat([
      zip.subarray(0, 31 + kernel.length),
      ...Array.from({ length: 300 }, () => central),
      end,
    ]);
    const { sink } = read('x.zip', bomb, { limits: { inflatedBytes: 50_000_000 }, keep: false });
    expect(sink.total()).toBeLessThan(51_000_000);
    expect(sink.missed.map(({ reason }) => reason)).toEqual(['too-large']);
  });

  it('by the number of its members is cut', () => {
    const zip = zipOf(
      Array.from({ length: 3_000 }, (_all, at) => ({ name: String(at), bytes: mark(1), stored: true })),
    );
    const { sink } = read('x.zip', zip, { limits: { members: 1_000 }, keep: false });
    expect(sink.pieces).toHaveLength(1_000);
    expect(sink.missed.map(({ reason }) => reason)).toEqual(['too-many']);
  });

  it('by a size that is not true reads what is there', () => {
    const tar = Buffer.concat([tarHeader({ name: 'a', size: 8_589_934_591 }), mark(1)]);
    const { sink } = read('x.tar', tar);
    expect(reasons(sink)).toEqual(['a: broken-archive', ': broken-archive']);
    expect(sink.text('a')).toBe(mark(1).toString());
  });

  it('by time is cut', () => {
    let now = 0;
    const path = join(folder, 'slow.gz');
    writeFileSync(path, zlib.gzipSync(Buffer.alloc(5_000_000)));
    const sink = collectingSink(65_536, false);
    createFileReader(sink, { nowMs: () => (now += 2_000) }).read(path, path, 'working-file');
    expect(sink.missed.map(({ reason }) => reason)).toEqual(['took-too-long']);
    expect(sink.total()).toBeLessThan(5_000_000);
  });

  it('is left as soon as nobody wants the rest', () => {
    const path = join(folder, 'cancel.gz');
    writeFileSync(path, zlib.gzipSync(Buffer.alloc(5_000_000)));
    const sink = collectingSink(65_536, false);
    sink.cancel();
    createFileReader(sink).read(path, path, 'working-file');
    expect(sink.total()).toBeLessThan(100_000);
    expect(sink.missed).toEqual([]);
  });
});

describe('an office file', () => {
  it('gives its text with the runs of a line together, and the targets of its links', () => {
    const cut = ['first', 'second', 'third'];
    const docx = zipOf([
      { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
      {
        name: 'word/document.xml',
        bytes: Buffer.from(
          `<w:document xmlns:w="urn:w"><w:p><w:r><w:t>${cut[0] ?? ''}</w:t></w:r><w:proofErr w:type="spellStart"/>` +
            `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">${cut[1] ?? ''}</w:t></w:r><w:r><w:t>${cut[2] ?? ''}</w:t></w:r></w:p>` +
            '<w:p><w:t>a &amp; b &#60;&#x263A;</w:t></w:p></w:document>',
        ),
      },
      {
        name: 'word/_rels/document.xml.rels',
        bytes: Buffer.from('<Relationship Id="r1" Target="https://host.example/?key=a-long-value"/>'),
      },
    ]);
    const { sink } = read('x.docx', docx, { kind: 'document' });
    expect(sink.text('word/document.xml')).toContain(`${cut.join('')}\n`);
    expect(sink.text('word/document.xml')).toContain('a & b <☺');
    expect(sink.text('word/_rels/document.xml.rels')).toContain('https://host.example/?key=a-long-value\n');
    expect(new Set(sink.pieces.map(({ label }) => label.kind))).toEqual(new Set(['document']));
  });

  it('of spreadsheets and OpenDocument ends a line at each cell', () => {
    const xlsx = zipOf([
      { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
      {
        name: 'xl/sharedStrings.xml',
        bytes: Buffer.from('<sst><si><t>one</t></si><si><r><t>tw</t></r><r><t>o</t></r></si></sst>'),
      },
    ]);
    expect(read('x.xlsx', xlsx).sink.text('xl/sharedStrings.xml').split('\n')).toEqual(
      expect.arrayContaining(['one', 'two']),
    );
    const odt = zipOf([
      { name: 'META-INF/manifest.xml', bytes: Buffer.from('<m/>') },
      {
        name: 'content.xml',
        bytes: Buffer.from('<text:p>on<text:span>e</text:span></text:p><text:p>two</text:p>'),
      },
    ]);
    expect(read('x.odt', odt).sink.text('content.xml').split('\n')).toEqual(
      expect.arrayContaining(['one', 'two']),
    );
  });

  it('of XML that is made to take long ends in time', () => {
    for (const text of [
      '&'.repeat(400_000),
      '<a b="'.repeat(70_000),
      '<'.repeat(400_000),
      "<a '".repeat(100_000),
    ]) {
      const zip = zipOf([
        { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
        { name: 'word/document.xml', bytes: Buffer.from(text) },
      ]);
      const began = performance.now();
      read('x.docx', zip);
      expect(performance.now() - began).toBeLessThan(5_000);
    }
  });
});
