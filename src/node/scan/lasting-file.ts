// The lasting tables as bytes of a file, and back. Strict and total: what this would not write is refused, whatever it is.
// docs/fingerprints.md has the format.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { formLength } from '../../core/leaks/forms.ts';
import { isLastingKind, lastingLengths, mostOffsets } from '../../core/leaks/lasting-windows.ts';
import { overlapBytes } from '../../core/leaks/matching.ts';
import { createEngineMemory, createRoom, startEngine } from './engine.ts';
import { lastingKeyBytes, windowEntryBytes, type LastingTables } from './lasting-tables.ts';
import { formBytes, targetBytes } from './table-layout.ts';

const magic = new TextEncoder().encode('keyturn lasting tables 2\n');
const mostGeneration = 200;
const mostWindows = 4_000_000;
/** Behind magic and generation: five strides and three of zero, then three counts. */
const countsBytes = 20;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

const sealBytes = 8;
const sipKeyBytes = 16;

/**
 * SipHash under a key of zeros: it tells damage, not forgery; whoever can write the file can make one. By the engine, since a commit
 * waits for it, and would wait longer for node:crypto to be loaded.
 */
const sealOf = (bytes: Uint8Array): Uint8Array => {
  const memory = createEngineMemory();
  const { take } = createRoom(memory);
  const [key, at] = [take(sipKeyBytes), take(bytes.length)];
  const room = new Uint8Array(memory.buffer);
  room.set(bytes, at);
  const seal = new Uint8Array(sealBytes);
  viewOf(seal).setBigInt64(0, startEngine(memory).sipHash(key, at, bytes.length), true);
  room.fill(0, at, at + bytes.length);
  return seal;
};

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
  const file = new Uint8Array(body.length + sealBytes);
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

const lengths: readonly number[] = lastingLengths;
const isLastingLength = (length: number): boolean => lengths.includes(length);

const isText = (bytes: Uint8Array): boolean => bytes.every((byte) => byte >= 0x20 && byte < 0x7f);

const copied = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(new ArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
};

/** Words of four bytes, as all systems that Keyturn runs on have them; of bytes that lie alone. */
const wordsOf = ({ buffer, length }: Uint8Array<ArrayBuffer>): Uint32Array =>
  new Uint32Array(buffer, 0, length >> 2);

const targetWords = targetBytes / 4;
const formWords = formBytes / 4;
const windowWords = windowEntryBytes / 4;

const areTargets = (targets: Uint32Array): boolean => {
  for (let at = 0; at < targets.length; at += targetWords) {
    const bytes = targets[at + 1] ?? 0;
    const units = targets[at + 2] ?? 0;
    if ((targets[at + 3] ?? 2) > 1) return false;
    if (bytes === 0 || bytes > overlapBytes || units > bytes || units === 0) return false;
  }
  return true;
};

/** `characters`: how many the form has. */
type FormFacts = { readonly length: number; readonly base: number; readonly characters: number };

const formAt = (forms: Uint32Array, targets: Uint32Array, at: number): FormFacts | null => {
  const target = (forms[at] ?? 0) * targetWords;
  const kindAndLength = forms[at + 1] ?? 0;
  const base = forms[at + 2] ?? 0;
  const [kind, length] = [kindAndLength & 0xff, kindAndLength >>> 8];
  if (!isLastingKind(kind) || !isLastingLength(length) || target >= targets.length) return null;
  const characters = formLength(kind, { bytes: targets[target + 1] ?? 0, units: targets[target + 2] ?? 0 });
  return base + length > characters ? null : { length, base, characters };
};

/** Facts of all forms; null where one of them is none. */
const formsOf = (forms: Uint32Array, targets: Uint32Array): readonly FormFacts[] | null => {
  const facts: FormFacts[] = [];
  for (let at = 0; at < forms.length; at += formWords) {
    const form = formAt(forms, targets, at);
    if (form === null) return null;
    facts.push(form);
  }
  return facts;
};

/** Each window names a form of its length and lies in it; hashes are in order, each entry once. */
const areWindows = (
  windows: Uint32Array,
  forms: readonly FormFacts[],
  strides: readonly number[],
): boolean => {
  let [high, low, payload] = [0, 0, 0];
  for (let at = 0; at < windows.length; at += windowWords) {
    const nextLow = windows[at] ?? 0;
    const nextHigh = windows[at + 1] ?? 0;
    const next = windows[at + 2] ?? 0;
    const length = windows[at + 3] ?? 0;
    if (nextHigh < high || (nextHigh === high && nextLow < low)) return false;
    if (nextHigh === high && nextLow === low && next <= payload) return false;
    high = nextHigh;
    low = nextLow;
    payload = next;
    const form = forms[(next >>> 2) - 1];
    if (form === undefined || form.length !== length) return false;
    if (form.base + (next & 3) + length > form.characters) return false;
    if ((strides[lengths.indexOf(length)] ?? 0) === 0) return false;
  }
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
  if (file.length !== length + sealBytes) return null;
  return { generation: new TextDecoder().decode(name), strides, from, sizes };
};

/** Tables of a file; `damaged` for everything that `writeLasting` would not write. */
export const readLasting = (file: Uint8Array): Result<LastingTables> => {
  if (!magic.every((byte, at) => file[at] === byte)) return refused;
  const layout = layoutOf(file);
  if (layout === null) return refused;
  const end = file.length - sealBytes;
  const seal = sealOf(file.subarray(0, end));
  if (seal.some((byte, at) => byte !== file[end + at])) return refused;
  const { generation, strides, from, sizes } = layout;
  const part = (index: number): Uint8Array<ArrayBuffer> => {
    const at = sizes.slice(0, index).reduce((sum, size) => sum + size, from);
    return copied(file.subarray(at, at + (sizes[index] ?? 0)));
  };
  const parts = { keys: part(0), windows: part(1), forms: part(2), targets: part(3) };
  const targets = wordsOf(parts.targets);
  const forms = areTargets(targets) ? formsOf(wordsOf(parts.forms), targets) : null;
  if (forms === null || !areWindows(wordsOf(parts.windows), forms, strides)) return refused;
  return ok({ generation, strides, ...parts });
};
