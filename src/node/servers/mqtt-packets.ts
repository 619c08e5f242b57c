// Packets of MQTT 3.1.1 (OASIS, 2014): those that a login and one exchange of messages need. Knows no connection.
import type { ServerLogin } from '../../core/ports.ts';

const field = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Math.min(bytes.length, 65_535));
  return Buffer.concat([length, bytes.subarray(0, 65_535)]);
};

/** Remaining length: seven bits a byte, the low ones first (§2.2.3). */
const lengthBytes = (length: number): Buffer => {
  const bytes: number[] = [];
  let rest = length;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 128 : low);
  } while (rest > 0);
  return Buffer.from(bytes);
};

const packet = (first: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([first]), lengthBytes(body.length), body]);
};

/** §3.1. An empty client identifier asks the broker for one, which a clean session allows. */
export const connectPacket = ({ user, password }: ServerLogin): Uint8Array => {
  const flags =
    0b0000_0010 | (user === '' ? 0 : 0b1000_0000) | (user === '' || password === '' ? 0 : 0b0100_0000);
  return packet(
    0x10,
    field('MQTT'),
    Buffer.from([4, flags, 0, 10]),
    field(''),
    ...(user === '' ? [] : [field(user)]),
    ...(user === '' || password === '' ? [] : [field(password)]),
  );
};

export const disconnectPacket = Buffer.from([0xe0, 0]);

/** §3.8, one topic with quality of service 0, packet number 1. */
export const subscribePacket = (topic: string): Uint8Array =>
  packet(0x82, Buffer.from([0, 1]), field(topic), Buffer.from([0]));

/** §3.3, quality of service 0. */
export const publishPacket = (topic: string, payload: string): Uint8Array =>
  packet(0x30, field(topic), Buffer.from(payload));

export type Packet = { readonly first: number; readonly body: Buffer; readonly rest: Buffer };

const publishKind = 3;
/** §2.2.2: only PUBLISH has flags of its own choice. */
const isFirstByte = (byte: number): boolean =>
  byte >> 4 === publishKind || (byte & 15) === 0 || byte === 0x62;

/** The first packet of what came, if it is there whole. Undefined for more to come, null for what is no MQTT. */
export const readPacket = (bytes: Buffer, mostBytes: number): Packet | null | undefined => {
  const [first] = bytes;
  if (first === undefined) return undefined;
  if (!isFirstByte(first)) return null;
  let length = 0;
  for (let index = 1; index <= 4; index += 1) {
    const byte = bytes[index];
    if (byte === undefined) return undefined;
    length += (byte & 127) * 128 ** (index - 1);
    if (byte >= 128) continue;
    if (length > mostBytes) return null;
    const start = index + 1;
    return bytes.length < start + length
      ? undefined
      : {
          first,
          body: bytes.subarray(start, start + length),
          rest: bytes.subarray(start + length),
        };
  }
  return null;
};

/** Topic and payload of a PUBLISH with quality of service 0. */
export const readPublish = ({ body }: Packet): { readonly topic: string; readonly payload: string } => {
  const length = body.length < 2 ? 0 : body.readUInt16BE(0);
  return {
    topic: body.subarray(2, 2 + length).toString(),
    payload: body.subarray(2 + length).toString(),
  };
};
