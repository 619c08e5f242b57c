// Archives made by hand, so that each can be whole, broken or made to attack: no tool of the system is needed and none is trusted.
import { deflateRawSync } from 'node:zlib';

type ZipEntry = {
  readonly name: string | Buffer;
  readonly bytes: Buffer;
  readonly stored?: boolean;
  readonly encrypted?: boolean;
  readonly method?: number;
  /** Bytes as they are to stand in the archive, already packed. */
  readonly packed?: Buffer;
};

/** A zip archive. Checksums are left zero: nothing that is tested looks at them. */
export const zipOf = (entries: readonly ZipEntry[], comment = ''): Buffer => {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name as string);
    const packed = entry.packed ?? (entry.stored === true ? entry.bytes : deflateRawSync(entry.bytes));
    const method = entry.method ?? (entry.stored === true ? 0 : 8);
    const flags = entry.encrypted === true ? 1 : 0;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(entry.bytes.length, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(entry.bytes.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    locals.push(local, name, packed);
    centrals.push(central, name);
    at += local.length + name.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length & 0xffff, 8);
  end.writeUInt16LE(entries.length & 0xffff, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, directory, end, Buffer.from(comment)]);
};

export type TarEntry = {
  readonly name: string | Buffer;
  readonly bytes?: Buffer;
  /** One character; a regular file by default. */
  readonly type?: string;
  readonly link?: string;
  /** Another size in the header than there are bytes. */
  readonly size?: number;
};

export const tarHeader = (entry: TarEntry): Buffer => {
  const header = Buffer.alloc(512);
  Buffer.from(entry.name as string).copy(header, 0, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${(entry.size ?? entry.bytes?.length ?? 0).toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write(entry.type ?? '0', 156);
  header.write(entry.link ?? '', 157);
  header.write('ustar\u000000', 257);
  header.fill(' ', 148, 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
};

export const tarOf = (entries: readonly TarEntry[]): Buffer =>
  Buffer.concat([
    ...entries.flatMap((entry) => {
      const bytes = entry.bytes ?? Buffer.alloc(0);
      return [tarHeader(entry), bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
    }),
    Buffer.alloc(1_024),
  ]);

/** Text of many words, the same for the same seed, that packs like text. */
export const wordsOf = (seed: number, length: number): string => {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const vocabulary = Array.from({ length: 400 }, () =>
    Array.from({ length: 2 + next(9) }, () => String.fromCharCode(97 + next(26))).join(''),
  );
  let text = '';
  while (text.length < length) text += `${vocabulary[next(400)] ?? ''}${next(12) === 0 ? '\n' : ' '}`;
  return text.slice(0, length);
};
