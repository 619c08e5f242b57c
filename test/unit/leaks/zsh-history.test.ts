// Zsh's history is read as it was typed, once, line for line.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFileReader } from '../../../src/node/scan/readers/read-file.ts';
import { collectingSink } from '../../support/leaks/collecting-sink.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-zsh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** As zsh writes it: its own marks, 0x83 to 0xa2, and the zero are escaped (Src/utils.c, imeta). */
const metafied = (text: string): Buffer =>
  Buffer.from(
    [...Buffer.from(text)].flatMap((byte) =>
      byte === 0 || (byte >= 0x83 && byte <= 0xa2) ? [0x83, byte ^ 0x20] : [byte],
    ),
  );

const read = (name: string, bytes: Buffer, room = 64): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const sink = collectingSink(room);
  createFileReader(sink).read(path, path, 'shell-history');
  expect(sink.pieces).toHaveLength(1);
  expect(sink.missed).toEqual([]);
  return sink.text('');
};

it('is given as it was typed, over any cut between two chunks', () => {
  const typed = `: 1764288000:0;export TOKEN='größer→ ${'ć'.repeat(200)}'\n: 1764288001:0;echo €\n`;
  const written = metafied(typed);
  expect(written.includes(0x83)).toBe(true);
  for (const room of [64, 65, 67, 4_096]) expect(read('.zsh_history', written, room)).toBe(typed);
});

it('of other shells, and one that is plain, stays as it stands', () => {
  expect(read('.zsh_history', Buffer.from('plain ascii\n'))).toBe('plain ascii\n');
  const bytes = Buffer.from([0x61, 0x83, 0x62]);
  expect(read('.bash_history', bytes)).toBe(bytes.toString());
});
