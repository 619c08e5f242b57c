// Which container some bytes begin, by what stands in them: a name can say anything.

export const containerFormats = [
  'zip',
  'gzip',
  'xz',
  'zstd',
  'bzip2',
  'tar',
  'sqlite',
  'pdf',
  'unknown',
] as const;
export type ContainerFormat = (typeof containerFormats)[number];

type Magic = { readonly at: number; readonly bytes: readonly number[]; readonly format: ContainerFormat };

const ascii = (text: string): readonly number[] => [...text].map((character) => character.charCodeAt(0));

/** Sources: the formats' specifications; for the last ones, which are named but not unpacked, file(1)'s magic. */
const magics: readonly Magic[] = [
  { at: 0, bytes: [0x50, 0x4b, 0x03, 0x04], format: 'zip' },
  { at: 0, bytes: [0x50, 0x4b, 0x05, 0x06], format: 'zip' },
  { at: 0, bytes: [0x1f, 0x8b, 0x08], format: 'gzip' },
  { at: 0, bytes: [0xfd, ...ascii('7zXZ'), 0x00], format: 'xz' },
  { at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd], format: 'zstd' },
  { at: 0, bytes: ascii('BZh'), format: 'bzip2' },
  { at: 0, bytes: [...ascii('SQLite format 3'), 0x00], format: 'sqlite' },
  { at: 0, bytes: ascii('%PDF-'), format: 'pdf' },
  { at: 0, bytes: [...ascii('7z'), 0xbc, 0xaf, 0x27, 0x1c], format: 'unknown' },
  { at: 0, bytes: [...ascii('Rar!'), 0x1a, 0x07], format: 'unknown' },
  { at: 0, bytes: [0x04, 0x22, 0x4d, 0x18], format: 'unknown' },
  { at: 0, bytes: ascii('LZIP'), format: 'unknown' },
  { at: 0, bytes: [0x1f, 0x9d], format: 'unknown' },
  { at: 0, bytes: [0x89, 0x4c, 0x5a, 0x4f], format: 'unknown' },
  { at: 0, bytes: ascii('MSCF'), format: 'unknown' },
  { at: 0, bytes: ascii('xar!'), format: 'unknown' },
  { at: 0, bytes: ascii('hsqs'), format: 'unknown' },
];

const byFirst: readonly (readonly Magic[] | undefined)[] = Array.from({ length: 256 }, (_all, first) => {
  const list = magics.filter(({ bytes }) => bytes[0] === first);
  return list.length === 0 ? undefined : list;
});

/** As much of a beginning as any format needs to be known by. */
export const headBytes = 512;

const isOctal = (byte: number): boolean => (byte >= 0x30 && byte <= 0x37) || byte === 0x20 || byte === 0;

/** The header's checksum: the sum of its bytes, with spaces for itself (POSIX.1-1988, ustar). */
export const tarChecksumFits = (header: Uint8Array): boolean => {
  let sum = 256;
  let text = '';
  for (let at = 0; at < 512; at += 1) {
    const byte = header[at] ?? 0;
    if (at >= 148 && at < 156) {
      if (!isOctal(byte)) return false;
      text += String.fromCharCode(byte);
    } else sum += byte;
  }
  return Number.parseInt(text.trim(), 8) === sum;
};

/** Names and numbers in an old header end with a zero; a text has none of them there. */
const looksLikeTar = (head: Uint8Array): boolean => {
  if (head[257] === 0x75 && head[258] === 0x73 && head[259] === 0x74 && head[260] === 0x61) return true;
  return (
    head[0] !== 0 && (head[107] === 0 || head[107] === 0x20) && head[99] === 0 && isOctal(head[148] ?? 1)
  );
};

/**
 * The container that begins here; null for everything else.
 * @param length of what was read; a head of less than `headBytes` is the whole file
 */
export const formatOf = (head: Uint8Array, length: number): ContainerFormat | null => {
  if (length < 6) return null;
  const candidates = byFirst[head[0] ?? 0];
  if (candidates !== undefined) {
    for (const { bytes, format } of candidates) {
      if (!bytes.every((byte, at) => head[at] === byte)) continue;
      // "BZh" is a word too: a digit and the magic of a block follow, or that of the end.
      if (format !== 'bzip2') return format;
      if ((head[4] === 0x31 && head[5] === 0x41) || (head[4] === 0x17 && head[5] === 0x72)) return format;
    }
  }
  return length >= headBytes && looksLikeTar(head) && tarChecksumFits(head) ? 'tar' : null;
};
