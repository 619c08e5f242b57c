// Redis: AUTH, ACL WHOAMI, SELECT. Nothing else is ever asked.
import type { ServerAnswer, ServerLogin, Stop } from '../../core/ports.ts';
import { accepted } from './answers.ts';
import { withLine } from './connect.ts';
import { asRefusal, askRedisFor, logInRedis, usualRedisPort } from './redis-line.ts';

/** Logs in and asks who that is. @throws Unheard */
export const askRedis = (login: ServerLogin, stop: Stop): Promise<ServerAnswer> =>
  withLine(login, login.port ?? usualRedisPort, stop, async (line) => {
    const { user, database } = login;
    const auth = await logInRedis(login, line);
    if (auth.error) return asRefusal(auth);
    const who = await askRedisFor(login, line, 'ACL', 'WHOAMI');
    // Before version 6 there are no users, and so no such command.
    if (who.error && !/^ERR unknown (?:command|subcommand)/i.test(who.text)) return asRefusal(who);
    if (database !== '') {
      const selected = await askRedisFor(login, line, 'SELECT', database);
      if (selected.error) return asRefusal(selected);
    }
    return accepted({ user: who.error ? user : who.text });
  });
