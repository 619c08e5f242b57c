// The text of PDF pages is found however a writer of PDF set it, and a PDF that attacks costs little.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileReader } from '../../../src/node/scan/readers/read-file.ts';
import { defaultLimits } from '../../../src/node/scan/readers/limits.ts';
import { collectingSink, type CollectingSink } from '../../support/leaks/collecting-sink.ts';
import { zipOf } from '../../support/leaks/container-samples.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-pdf-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Part = { readonly dictionary?: string; readonly bytes: string | Buffer; readonly isPacked?: boolean };

const pdfOf = (parts: readonly Part[], trailer = ''): Buffer =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    ...parts.flatMap(({ dictionary = '', bytes, isPacked = true }, at) => {
      const packed = isPacked ? zlib.deflateSync(Buffer.from(bytes as string)) : Buffer.from(bytes as string);
      const filter = isPacked ? '/Filter /FlateDecode' : '';
      return [
        Buffer.from(
          `${String(at + 1)} 0 obj\n<< ${filter} ${dictionary} /Length ${String(packed.length)} >>\nstream\n`,
        ),
        packed,
        Buffer.from('\nendstream\nendobj\n'),
      ];
    }),
    Buffer.from(`trailer << /Root 1 0 R ${trailer} >>\n%%EOF\n`),
  ]);

const read = (pdf: Buffer, keep = true): CollectingSink => {
  const path = join(folder, 'x.pdf');
  writeFileSync(path, pdf);
  const sink = collectingSink(65_536, keep);
  createFileReader(sink, { limits: { ...defaultLimits, freeBytes: 2 ** 24, ratio: 20 } }).read(
    path,
    path,
    'working-file',
  );
  return sink;
};
const lines = (sink: CollectingSink, inside: string): readonly string[] => sink.text(inside).split('\n');

describe('a page', () => {
  it('gives a line as one, however it is set', () => {
    const sink = read(
      pdfOf([
        {
          bytes:
            'BT /F1 12 Tf 72 700 Td (whole line) Tj 0 -14 Td [(ker) -20 (ned) 15 (Word) -250 (next)] TJ ' +
            '0 -14 Td (on) Tj 20 0 Td (moved) Tj T* (es\\143aped \\(and\\) \\\nbroken) Tj 1 0 0 1 72 500 Tm (a) Tj 1 0 0 1 80 500 Tm (b) Tj ET',
        },
      ]),
    );
    expect(lines(sink, 'object 1')).toEqual(
      expect.arrayContaining(['whole line', 'kernedWord next', 'onmoved', 'escaped (and) broken', 'ab']),
    );
    expect(sink.pieces.every(({ label }) => label.kind === 'document')).toBe(true);
    expect(sink.missed).toEqual([]);
  });

  it('in the numbers of a font’s glyphs is read by the font’s table', () => {
    const table = `/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange
      2 beginbfchar <0003> <0041> <0004> <00E9> endbfchar 2 beginbfrange <0010> <0019> <0030> <0020> <0022> [<0078> <0079> <007A>] endbfrange endcmap`;
    const sink = read(
      pdfOf([{ bytes: table }, { bytes: 'BT <00030010> Tj [<0011> 30 <0012002000210022>] TJ ET' }]),
    );
    expect(sink.text('object 2')).toContain('A012xyz');
  });

  it('that is not packed is read too, and so are objects, forms and attached files', () => {
    const sink = read(
      pdfOf([
        { bytes: 'BT [(in) 5 (pieces)] TJ ET', isPacked: false },
        {
          bytes: '1 0 << /URI (https://host.example/?token=abc) >>',
          dictionary: '/Type /ObjStm /N 1 /First 4',
        },
        {
          bytes: zipOf([{ name: 'a.txt', bytes: Buffer.from('in an attached archive') }]),
          dictionary: '/Type /EmbeddedFile',
        },
        { bytes: '<xdp><field>a form</field></xdp>' },
        { bytes: 'BT (in a picture) Tj ET', dictionary: '/Subtype /Image' },
      ]),
    );
    expect(sink.text('object 1')).toContain('inpieces');
    expect(sink.text('object 2')).toContain('token=abc');
    expect(sink.text('object 3!a.txt')).toBe('in an attached archive');
    expect(sink.text('object 4')).toContain('a form');
    expect(sink.text('object 5')).toBe('');
  });
});

describe('a PDF', () => {
  it('that is encrypted is named', () => {
    const sink = read(pdfOf([{ bytes: 'BT (x) Tj ET' }], '/Encrypt 9 0 R'));
    expect(sink.missed.map(({ reason }) => reason)).toEqual(['encrypted']);
  });

  it('that is broken gives what it can, and names the part', () => {
    const whole = pdfOf([{ bytes: `BT ${'(word) Tj '.repeat(5_000)} ET` }, { bytes: 'BT (second) Tj ET' }]);
    const bad = Buffer.from(whole);
    bad.fill(0xff, 90, 110);
    const sink = read(bad);
    expect(sink.missed).toEqual([
      { path: join(folder, 'x.pdf'), inside: 'object 1', reason: 'broken-archive' },
    ]);
    expect(sink.text('object 2')).toContain('second');
  });

  it('that attacks ends in time and within the purse', () => {
    const began = performance.now();
    const bomb = pdfOf(Array.from({ length: 15 }, () => ({ bytes: Buffer.alloc(4_000_000, ' ') })));
    const sink = read(bomb, false);
    expect(sink.missed.map(({ reason }) => reason)).toContain('too-large');
    expect(sink.total()).toBeLessThan(40_000_000);
    read(Buffer.from(`%PDF-1.7\n${'stream\n'.repeat(200_000)}`), false);
    read(Buffer.from(`%PDF-1.7\n${'1 0 obj stream\n'.repeat(100_000)}`), false);
    read(
      pdfOf([
        { bytes: '('.repeat(1_000_000) },
        { bytes: '['.repeat(1_000_000) },
        { bytes: `begincmap ${'<00> <FFFF> <0041> '.repeat(2_000)} endbfrange` },
      ]),
      false,
    );
    expect(performance.now() - began).toBeLessThan(40_000);
  });
});
