// Mosquitto’s dynamic security: passwords of clients, set by a message to its control topic (mosquitto.org/documentation/dynamic-security).
// A harmless question goes first: where nobody answers it, nothing was changed.
import { randomBytes } from 'node:crypto';
import type { ServerAnswer, ServerChange, Stop } from '../../core/ports.ts';
import { noAnswer } from '../http-words.ts';
import { accepted, refused } from './answers.ts';
import { hostOf, Unheard } from './connect.ts';
import { withMqtt, type MqttLine } from './mqtt-line.ts';
import { publishPacket, readPublish, subscribePacket } from './mqtt-packets.ts';

const topic = '$CONTROL/dynamic-security/v1';
const responseTopic = `${topic}/response`;
/** A broker without dynamic security, and one that ignores whoever may not, say nothing at all. */
const silenceMs = 4_000;

type Command = Readonly<Record<string, string>> & { readonly command: string };

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** The error of our command, empty where it was done; undefined for an answer to another one. */
const errorIn = (payload: string, mark: string): string | undefined => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(payload);
  } catch {
    return undefined;
  }
  const { responses } = objectOf(parsed);
  const mine = (Array.isArray(responses) ? responses : [])
    .map(objectOf)
    .find(({ correlationData }) => correlationData === mark);
  if (mine === undefined) return undefined;
  return typeof mine['error'] === 'string' ? mine['error'] : '';
};

const send = async (line: MqttLine, command: Command): Promise<string> => {
  const mark = randomBytes(9).toString('base64url');
  line.write(publishPacket(topic, JSON.stringify({ commands: [{ ...command, correlationData: mark }] })));
  for (;;) {
    const packet = await line.next();
    if (packet.first >> 4 !== 3) continue;
    const { topic: heardOn, payload } = readPublish(packet);
    const error = heardOn === responseTopic ? errorIn(payload, mark) : undefined;
    if (error !== undefined) return error;
  }
};

const silent = Symbol('silent');

/** What comes in time, or `silent`. What is still waited for ends with the connection. */
const withinTime = async (asked: Promise<string>): Promise<string | typeof silent> => {
  let timer: NodeJS.Timeout | undefined;
  asked.catch(() => undefined);
  try {
    return await Promise.race([
      asked,
      new Promise<typeof silent>((resolve) => {
        timer = setTimeout(resolve, silenceMs, silent);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
};

/** Code 0x80 of the SUBACK: whoever asks may not hear the answers. */
const maySubscribe = async (line: MqttLine): Promise<boolean> => {
  line.write(subscribePacket(responseTopic));
  for (;;) {
    const { first, body } = await line.next();
    if (first === 0x90) return body[2] !== 0x80;
  }
};

const notFound = /not found/i;
const unanswered = refused('SILENT', 'no answer from dynamic security');

const commandOf = ({ action, user, secret }: ServerChange): Command | undefined => {
  // Whoever is changed is put out by the broker, whatever is changed.
  if (action === 'end-sessions') return { command: 'modifyClient', username: user };
  const password = action === 'no-password' ? randomBytes(30).toString('base64url') : secret;
  return action === 'add-password' || action === 'remove-password' || password === null || password === ''
    ? undefined
    : { command: 'setClientPassword', username: user, password };
};

/** @throws Unheard */
export const changeMqtt = (change: ServerChange, stop: Stop): Promise<ServerAnswer> =>
  withMqtt(change.login, stop, async (line) => {
    const command = commandOf(change);
    if (command === undefined) return refused('UNKNOWN', 'a client has one password');
    if (!(await maySubscribe(line))) return refused('DENIED', 'not allowed to control dynamic security');
    const found = await withinTime(send(line, { command: 'getClient', username: change.user }));
    if (found === silent) return unanswered;
    if (found !== '') return refused(notFound.test(found) ? 'NOUSER' : 'ERROR', found);
    const done = await withinTime(send(line, command));
    if (done === silent) throw new Unheard(noAnswer('too-slow', hostOf(change.login)));
    return done === '' ? accepted({}) : refused(notFound.test(done) ? 'NOUSER' : 'ERROR', done);
  });
