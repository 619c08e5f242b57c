// The lasting tables as bytes of a file, and back. Strict and total: what this would not write is refused, whatever it is.
// docs/fingerprints.md has the format.
import { timingSafeEqual } from 'node:crypto';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { formLength, type FormKind } from '../../core/leaks/forms.ts';
import { isLastingKind, lastingLengths, mostOffsets } from '../../core/leaks/lasting-windows.ts';
import { overlapBytes } from '../../core/leaks/matching.ts';
import { keyedHash } from './keyed-hash.ts';
import { lastingKeyBytes, windowEntryBytes, type LastingTables } from './lasting-tables.ts';
import { confirmBytes, formBytes, targetBytes } from './table-layout.ts';

const magic = new TextEncoder().encode('keyturn lasting tables 1\n');
const mostGeneration = 200;
const mostWindows = 4_000_000;
/** Behind magic and generation: five strides and three of zero, then three counts. */
const countsBytes = 20;

/** Of a key that is all zeros: it tells damage, not forgery; whoever can write the file can make one. */
const sealOf = (bytes: Uint8Array): Uint8Array => keyedHash(new Uint8Array(32), bytes);

/** The file's bytes. */
export const writeLasting = (tables: LastingTables): Uint8Array => {
  const generation = new TextEncoder().encode(tables.generation);
  if (generation.length > mostGeneration) throw new Error('the name of a generation is too long');
  const counts = new Uint8Array(countsBytes);
  const view = new DataView(counts.buffer);
  counts.set(tables.strides);
  view.setUint32(8, tables.windows.length / windowEntryBytes, true);
  view.setUint32(12, tables.forms.length / formBytes, true);
  view.setUint32(16, tables.targets.length / targetBytes, true);
  const { keys, windows, forms, targets } = tables;
  const body = Buffer.concat(
    [magic, [generation.length], generation, counts, keys, windows, forms, targets].map((part) =>
      Uint8Array.from(part),
    ),
  );
  const file = new Uint8Array(body.length + confirmBytes);
  file.set(body);
  file.set(sealOf(body), body.length);
  body.fill(0);
  return file;
};

const refused = fail(
  'damaged',
  'What watches while the vault is locked cannot be read.',
  'Unlock the vault: it is made anew.',
);

type Parts = Omit<LastingTables, 'generation' | 'strides'>;

const isText = (bytes: Uint8Array): boolean => bytes.every((byte) => byte >= 0x20 && byte < 0x7f);

const copied = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(new ArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
};

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

const areTargets = (targets: Uint8Array): boolean => {
  const view = viewOf(targets);
  for (let at = 0; at < targets.length; at += targetBytes) {
    const [bytes, units, squeezed] = [4, 8, 12].map((offset) => view.getUint32(at + offset, true));
    if (bytes === undefined || units === undefined || (squeezed !== 0 && squeezed !== 1)) return false;
    if (bytes === 0 || bytes > overlapBytes || units > bytes || units === 0) return false;
  }
  return true;
};

type FormFacts = {
  readonly kind: FormKind;
  readonly length: number;
  readonly base: number;
  readonly characters: number;
};

const formAt = (forms: Uint8Array, targets: Uint8Array, index: number): FormFacts | null => {
  const view = viewOf(forms);
  const target = view.getUint32(index * formBytes, true);
  const kindAndLength = view.getUint32(index * formBytes + 4, true);
  const base = view.getUint32(index * formBytes + 8, true);
  const [kind, length] = [kindAndLength & 0xff, kindAndLength >>> 8];
  if (!isLastingKind(kind) || !lastingLengths.some((known) => known === length)) return null;
  if ((target + 1) * targetBytes > targets.length) return null;
  const sizes = viewOf(targets);
  const [bytes, units] = [
    sizes.getUint32(target * targetBytes + 4, true),
    sizes.getUint32(target * targetBytes + 8, true),
  ];
  const characters = formLength(kind, { bytes, units });
  return base + length > characters ? null : { kind, length, base, characters };
};

/** Each window names a form of its length and lies in it; hashes are in order, each entry once. */
const areWindows = ({ windows, forms, targets }: Parts, strides: readonly number[]): boolean => {
  const view = viewOf(windows);
  let before: readonly [bigint, number] = [-1n, 0];
  for (let at = 0; at < windows.length; at += windowEntryBytes) {
    const hash = view.getBigUint64(at, true);
    const payload = view.getUint32(at + 8, true);
    const length = view.getUint32(at + 12, true);
    if (hash < before[0] || (hash === before[0] && payload <= before[1])) return false;
    before = [hash, payload];
    const index = (payload >>> 2) - 1;
    if (index < 0 || (index + 1) * formBytes > forms.length) return false;
    const form = formAt(forms, targets, index);
    if (form === null || form.length !== length || form.base + (payload & 3) + length > form.characters)
      return false;
    if ((strides[lastingLengths.findIndex((known) => known === length)] ?? 0) === 0) return false;
  }
  return true;
};

const areForms = ({ forms, targets }: Parts): boolean => {
  for (let index = 0; (index + 1) * formBytes <= forms.length; index += 1)
    if (formAt(forms, targets, index) === null) return false;
  return true;
};

type Layout = {
  readonly generation: string;
  readonly strides: readonly number[];
  /** Where the parts begin, and how long each is. */
  readonly from: number;
  readonly sizes: readonly number[];
};

/** What stands in front of the parts; null where it is not of a file that is exactly as long. */
const layoutOf = (file: Uint8Array): Layout | null => {
  const start = magic.length + 1;
  const name = file.subarray(start, start + (file[magic.length] ?? 0));
  const counts = start + name.length;
  if (name.length > mostGeneration || !isText(name) || counts + countsBytes > file.length) return null;
  const view = viewOf(file);
  const strides = [...file.subarray(counts, counts + lastingLengths.length)];
  const filler = file.subarray(counts + lastingLengths.length, counts + 8);
  if (strides.some((stride) => stride > mostOffsets) || filler.some((byte) => byte !== 0)) return null;
  const number = (offset: number): number => view.getUint32(counts + offset, true);
  if (number(8) > mostWindows) return null;
  const sizes = [
    lastingKeyBytes,
    number(8) * windowEntryBytes,
    number(12) * formBytes,
    number(16) * targetBytes,
  ];
  const from = counts + countsBytes;
  const length = sizes.reduce((sum, size) => sum + size, from);
  if (file.length !== length + confirmBytes) return null;
  return { generation: new TextDecoder().decode(name), strides, from, sizes };
};

/** Tables of a file; `damaged` for everything that `writeLasting` would not write. */
export const readLasting = (file: Uint8Array): Result<LastingTables> => {
  if (!magic.every((byte, at) => file[at] === byte)) return refused;
  const layout = layoutOf(file);
  if (layout === null) return refused;
  const end = file.length - confirmBytes;
  if (!timingSafeEqual(sealOf(file.subarray(0, end)), file.subarray(end))) return refused;
  const { generation, strides, from, sizes } = layout;
  const part = (index: number): Uint8Array<ArrayBuffer> => {
    const at = sizes.slice(0, index).reduce((sum, size) => sum + size, from);
    return copied(file.subarray(at, at + (sizes[index] ?? 0)));
  };
  const parts = { keys: part(0), windows: part(1), forms: part(2), targets: part(3) };
  if (!areTargets(parts.targets) || !areForms(parts) || !areWindows(parts, strides)) return refused;
  return ok({ generation, strides, ...parts });
};
