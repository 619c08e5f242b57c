// Talking to Redis: commands as arrays of bulk strings, one reply each, in RESP2 (redis.io/docs/latest/develop/reference/protocol-spec).
import type { ServerAnswer, ServerLogin } from '../../core/ports.ts';
import { refused } from './answers.ts';
import { mostBytes, notUnderstood, Unheard, type Line } from './connect.ts';

export const usualRedisPort = 6_379;

/** A command as an array of bulk strings: no value can end it early. */
const command = (...words: readonly string[]): Uint8Array =>
  Buffer.from(
    `*${String(words.length)}\r\n${words
      .map((word) => `$${String(Buffer.byteLength(word))}\r\n${word}\r\n`)
      .join('')}`,
  );

export type Reply = { readonly error: boolean; readonly text: string };

/** One reply, if it is there whole: a line, or a bulk string. Undefined for more to come, null for what is no RESP2. */
export const readReply = (text: string): Reply | null | undefined => {
  const end = text.indexOf('\r\n');
  if (end < 0) return text === '' || /^[-+:$]/.test(text) ? undefined : null;
  const line = text.slice(1, end);
  if (text.startsWith('-')) return { error: true, text: line };
  if (text.startsWith('+') || text.startsWith(':')) return { error: false, text: line };
  if (!text.startsWith('$')) return null;
  const length = Number(line);
  if (!Number.isInteger(length) || length > mostBytes) return null;
  if (length < 0) return { error: false, text: '' };
  const body = text.slice(end + 2);
  return body.length >= length + 2 ? { error: false, text: body.slice(0, length) } : undefined;
};

export const askRedisFor = async (
  login: ServerLogin,
  line: Line,
  ...words: readonly string[]
): Promise<Reply> => {
  line.write(command(...words));
  let text = '';
  for (;;) {
    const bytes = await line.read();
    if (bytes === null) throw new Unheard(notUnderstood(login));
    text += bytes.toString('latin1');
    const reply = readReply(text);
    if (reply === null || text.length > mostBytes) throw new Unheard(notUnderstood(login));
    if (reply !== undefined) return reply;
  }
};

/** AUTH. A user without a name is `default`. */
export const logInRedis = (login: ServerLogin, line: Line): Promise<Reply> =>
  askRedisFor(login, line, 'AUTH', ...(login.user === '' ? [] : [login.user]), login.password);

export const asRefusal = ({ text }: Reply): ServerAnswer => refused(text.split(' ', 1)[0] ?? '', text);
