// Redis: AUTH, ACL WHOAMI, SELECT, in RESP2 (redis.io/docs/latest/develop/reference/protocol-spec). Nothing else is ever sent.
import type { ServerAnswer, ServerLogin, Stop } from '../../core/ports.ts';
import { accepted, refused } from './answers.ts';
import { mostBytes, notUnderstood, Unheard, withLine, type Line } from './connect.ts';

const usualPort = 6_379;

/** A command as an array of bulk strings: no value can end it early. */
const command = (...words: readonly string[]): Uint8Array =>
  Buffer.from(
    `*${String(words.length)}\r\n${words
      .map((word) => `$${String(Buffer.byteLength(word))}\r\n${word}\r\n`)
      .join('')}`,
  );

type Reply = { readonly error: boolean; readonly text: string };

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

const ask = async (login: ServerLogin, line: Line, ...words: readonly string[]): Promise<Reply> => {
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

const asRefusal = ({ text }: Reply): ServerAnswer => refused(text.split(' ', 1)[0] ?? '', text);

/** Logs in and asks who that is. @throws Unheard */
export const askRedis = (login: ServerLogin, stop: Stop): Promise<ServerAnswer> =>
  withLine(login, login.port ?? usualPort, stop, async (line) => {
    const { user, password, database } = login;
    const auth = await ask(login, line, 'AUTH', ...(user === '' ? [] : [user]), password);
    if (auth.error) return asRefusal(auth);
    const who = await ask(login, line, 'ACL', 'WHOAMI');
    // Before version 6 there are no users, and so no such command.
    if (who.error && !/^ERR unknown (?:command|subcommand)/i.test(who.text)) return asRefusal(who);
    if (database !== '') {
      const selected = await ask(login, line, 'SELECT', database);
      if (selected.error) return asRefusal(selected);
    }
    return accepted({ user: who.error ? user : who.text });
  });
