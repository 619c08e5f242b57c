// A conversation in MQTT 3.1.1: the login with a clean session, and packets one by one.
import type { ServerAnswer, ServerLogin, Stop } from '../../core/ports.ts';
import { accepted, refused } from './answers.ts';
import { mostBytes, notUnderstood, Unheard, withLine, type Line } from './connect.ts';
import { connectPacket, disconnectPacket, readPacket, type Packet } from './mqtt-packets.ts';

const usualPort = 1_883;
const usualTlsPort = 8_883;

const reasons = [
  '',
  'protocol version',
  'identifier rejected',
  'server unavailable',
  'bad user name or password',
  'not authorised',
];

export type MqttLine = {
  readonly write: Line['write'];
  /** The next packet. @throws Unheard where there is none that is MQTT */
  readonly next: () => Promise<Packet>;
};

const packetsOf = (login: ServerLogin, line: Line): MqttLine => {
  let heard = Buffer.alloc(0);
  return {
    write: line.write,
    next: async () => {
      for (;;) {
        const packet = readPacket(heard, mostBytes);
        if (packet === null) throw new Unheard(notUnderstood(login));
        if (packet !== undefined) {
          heard = Buffer.from(packet.rest);
          return packet;
        }
        const bytes = await line.read();
        if (bytes === null) throw new Unheard(notUnderstood(login));
        heard = Buffer.concat([heard, bytes]);
      }
    },
  };
};

/** Logs in, talks, and leaves. A login that is refused is an answer: the return code of the CONNACK. @throws Unheard */
export const withMqtt = (
  login: ServerLogin,
  stop: Stop,
  talk: (line: MqttLine) => Promise<ServerAnswer> = () => Promise.resolve(accepted({})),
): Promise<ServerAnswer> =>
  withLine(
    login,
    login.port ?? (login.tls === 'required' ? usualTlsPort : usualPort),
    stop,
    async (plain) => {
      const line = packetsOf(login, plain);
      line.write(connectPacket(login));
      const { first, body } = await line.next();
      if (first !== 0x20 || body.length !== 2) throw new Unheard(notUnderstood(login));
      const code = body[1] ?? 255;
      if (code !== 0) return refused(String(code), reasons[code] ?? '');
      const answer = await talk(line);
      line.write(disconnectPacket);
      return answer;
    },
  );
