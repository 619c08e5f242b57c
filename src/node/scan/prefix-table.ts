// Writes the table by which src/engine/prefixes.ts looks for literals: once for all threads, read by every one of them. It holds
// beginnings of keys that are public, and no secret.
import type { PatternLiteral } from '../../core/leaks/matching.ts';
import { windowLength, type PrefixWindow } from './prefix-windows.ts';

const headBytes = 448;
const groupBytes = 64;
const bucketsOfGroup = 8;
const windowBytes = 16;
const literalBytes = 32;
const classBytes = 256;
const halves = 16;
const caseBit = 0x20;
const alignment = 16;

/** Places in the head of the table, as src/engine/prefixes.ts reads it. */
const head = { low: 0, high: 128, buckets: 256, literals: 384, glue: 388, value: 392, word: 396 } as const;

/** Between a name and its value; what a value is made of; what a name goes on with. See core/leaks/patterns/assignment-at.ts. */
const named = {
  glue: '\\s"\'`\\\\\\])(:=>,?|&;',
  value: '!#$%*+\\-./0-9:=?@A-Z^_a-z~',
  word: '\\w.\\-',
} as const;

const sequels = { run: 0, assignment: 1, credentials: 2 } as const;

/** Bytes with a growing end; addresses within are counted from `base`. */
const createWriter = (base: number) => {
  let bytes = new Uint8Array(headBytes);
  let end = 0;
  return {
    /** Room for so many bytes; gives where it begins in what `bytes` gives. */
    take: (length: number): number => {
      const at = Math.ceil(end / alignment) * alignment;
      end = at + length;
      while (bytes.length < end) {
        const larger = new Uint8Array(bytes.length * 2);
        larger.set(bytes);
        bytes = larger;
      }
      return at;
    },
    address: (at: number): number => base + at,
    bytes: (): Uint8Array => bytes,
    set: (at: number, byte: number): void => void (bytes[at] = byte),
    add: (at: number, bits: number): void => void (bytes[at] = (bytes[at] ?? 0) | bits),
    number: (at: number, value: number, width: 2 | 4 = 4): void => {
      for (let byte = 0; byte < width; byte += 1) bytes[at + byte] = (value >>> (8 * byte)) & 0xff;
    },
    end: (): number => end,
  };
};
type Writer = ReturnType<typeof createWriter>;

const writeClass = (writer: Writer, range: string): number => {
  const at = writer.take(classBytes);
  const member = new RegExp(`[${range}]`);
  for (let code = 0; code < classBytes; code += 1)
    writer.set(at + code, member.test(String.fromCharCode(code)) ? 1 : 0);
  return writer.address(at);
};

const writeWindow = (
  writer: Writer,
  at: number,
  { literal, shift }: PrefixWindow,
  { text, anyCase }: PatternLiteral,
): void => {
  const fixed = text.slice(shift, shift + windowLength);
  for (const [place, character] of [...fixed].entries()) {
    const isFolded = anyCase && /[a-z]/.test(character);
    writer.set(at + place, character.charCodeAt(0));
    writer.set(at + windowLength + place, 0xff);
    writer.set(at + 2 * windowLength + place, isFolded ? caseBit : 0);
  }
  writer.number(at + 3 * windowLength, literal, 2);
  writer.number(at + 3 * windowLength + 2, shift, 2);
};

/** Adds the bit `bit` at the places that a mask of 16 bits names. */
const writeHalves = (writer: Writer, at: number, mask: number, bit: number): void => {
  for (let half = 0; half < halves; half += 1) if ((mask & (1 << half)) !== 0) writer.add(at + half, bit);
};

const writeBucket = (
  writer: Writer,
  bucket: number,
  windows: readonly PrefixWindow[],
  literals: readonly PatternLiteral[],
): void => {
  const at = writer.take(windows.length * windowBytes);
  writer.number(head.buckets + 8 * bucket, writer.address(at));
  writer.number(head.buckets + 8 * bucket + 4, writer.address(at + windows.length * windowBytes));
  const group = Math.floor(bucket / bucketsOfGroup) * groupBytes;
  const bit = 1 << (bucket % bucketsOfGroup);
  for (const [index, window] of windows.entries()) {
    const literal = literals[window.literal];
    if (literal !== undefined) writeWindow(writer, at + index * windowBytes, window, literal);
    for (const [place, { low, high }] of window.places.entries()) {
      writeHalves(writer, head.low + group + place * halves, low, bit);
      writeHalves(writer, head.high + group + place * halves, high, bit);
    }
  }
};

const writeLiteral = (
  writer: Writer,
  at: number,
  { text, anyCase, beginsWord, sequel }: PatternLiteral,
  classOf: (range: string) => number,
): void => {
  const textAt = writer.take(text.length);
  for (const [place, character] of [...text].entries()) writer.set(textAt + place, character.charCodeAt(0));
  const fields = [
    writer.address(textAt),
    text.length,
    anyCase ? 1 : 0,
    beginsWord ? 1 : 0,
    sequels[sequel.what],
    sequel.what === 'run' ? sequel.least : 0,
    sequel.what === 'run' ? classOf(sequel.range) : 0,
  ];
  for (const [index, field] of fields.entries()) writer.number(at + 4 * index, field);
};

/** As `windowsFor` shares them out. */
export type SharedWindows = readonly (readonly PrefixWindow[])[];

/** Classes are few and stand behind many literals. */
const createClasses = (writer: Writer): ((range: string) => number) => {
  const written = new Map<string, number>();
  return (range) => {
    const known = written.get(range) ?? writeClass(writer, range);
    written.set(range, known);
    return known;
  };
};

/**
 * The bytes of a table that is to stand at `base`.
 * @param shared how the literals are shared out
 */
export const prefixTable = (
  literals: readonly PatternLiteral[],
  base: number,
  shared: SharedWindows,
): Uint8Array => {
  const writer = createWriter(base);
  writer.take(headBytes);
  const literalsAt = writer.take(literals.length * literalBytes);
  writer.number(head.literals, writer.address(literalsAt));
  const classOf = createClasses(writer);
  writer.number(head.glue, classOf(named.glue));
  writer.number(head.value, classOf(named.value));
  writer.number(head.word, classOf(named.word));
  for (const [index, literal] of literals.entries())
    writeLiteral(writer, literalsAt + index * literalBytes, literal, classOf);
  for (const [bucket, windows] of shared.entries()) writeBucket(writer, bucket, windows, literals);
  return writer.bytes().slice(0, writer.end());
};
