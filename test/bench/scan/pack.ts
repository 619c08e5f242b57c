// Archives in the plainest form, for planting: zip with deflated members and tar. Sources: PKWARE's APPNOTE 6.3, POSIX ustar.
import { crc32, deflateRawSync } from 'node:zlib';

export type Member = { readonly name: string; readonly bytes: Uint8Array };

const localHead = 30;
const centralHead = 46;
const endHead = 22;

/** A zip file. */
export const zipOf = (members: readonly Member[]): Uint8Array => {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of members) {
    const label = Buffer.from(name);
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(localHead);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc32(bytes), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(bytes.length, 22);
    head.writeUInt16LE(label.length, 26);
    const entry = Buffer.alloc(centralHead);
    entry.writeUInt32LE(0x02014b50, 0);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(offset, 42);
    parts.push(head, label, packed);
    central.push(entry, label);
    offset += head.length + label.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(endHead);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
};

const blockBytes = 512;

/** A tar file (ustar). */
export const tarOf = (members: readonly Member[]): Uint8Array => {
  const parts = members.flatMap(({ name, bytes }) => {
    const head = Buffer.alloc(blockBytes);
    head.write(name, 0, 100);
    head.write('0000644\0', 100);
    head.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    head.write('0', 156);
    head.write('ustar\0', 257);
    head.write('00', 263);
    head.fill(' ', 148, 156);
    const sum = head.reduce((total, byte) => total + byte, 0);
    head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const rest = Buffer.alloc((blockBytes - (bytes.length % blockBytes)) % blockBytes);
    return [head, Buffer.from(bytes), rest];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * blockBytes)]);
};
