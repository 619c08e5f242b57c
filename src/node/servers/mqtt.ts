// MQTT 3.1.1 (OASIS, 2014): CONNECT with a clean session, the answer's return code, DISCONNECT. No topic is ever named.
import type { ServerAnswer, ServerLogin, Stop } from '../../core/ports.ts';
import { accepted, refused } from './answers.ts';
import { notUnderstood, Unheard, withLine } from './connect.ts';

const usualPort = 1_883;
const usualTlsPort = 8_883;

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

/** §3.1. An empty client identifier asks the broker for one, which a clean session allows. */
const connectPacket = ({ user, password }: ServerLogin): Uint8Array => {
  const flags =
    0b0000_0010 | (user === '' ? 0 : 0b1000_0000) | (user === '' || password === '' ? 0 : 0b0100_0000);
  const body = Buffer.concat([
    field('MQTT'),
    Buffer.from([4, flags, 0, 10]),
    field(''),
    ...(user === '' ? [] : [field(user)]),
    ...(user === '' || password === '' ? [] : [field(password)]),
  ]);
  return Buffer.concat([Buffer.from([0x10]), lengthBytes(body.length), body]);
};

const disconnectPacket = Buffer.from([0xe0, 0]);
const reasons = [
  '',
  'protocol version',
  'identifier rejected',
  'server unavailable',
  'bad user name or password',
  'not authorised',
];

/** Logs in and out. @throws Unheard */
export const askMqtt = (login: ServerLogin, stop: Stop): Promise<ServerAnswer> =>
  withLine(login, login.port ?? (login.tls === 'required' ? usualTlsPort : usualPort), stop, async (line) => {
    line.write(connectPacket(login));
    let heard = Buffer.alloc(0);
    while (heard.length < 4) {
      const bytes = await line.read();
      if (bytes === null) throw new Unheard(notUnderstood(login));
      heard = Buffer.concat([heard, bytes]);
    }
    if (heard[0] !== 0x20 || heard[1] !== 2) throw new Unheard(notUnderstood(login));
    const code = heard[3] ?? 255;
    if (code !== 0) return refused(String(code), reasons[code] ?? '');
    line.write(disconnectPacket);
    return accepted({});
  });
