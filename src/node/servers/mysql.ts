// MariaDB and MySQL: a login with the database, where there is one, and who that is.
import type { ServerAnswer, ServerLogin, Stop } from '../../core/ports.ts';
import { accepted } from './answers.ts';
import { withMysql } from './mysql-client.ts';

/** Logs in and asks who that is. @throws Unheard */
export const askMysql = (login: ServerLogin, stop: Stop): Promise<ServerAnswer> =>
  withMysql(login, stop, async ({ query }) => {
    const [row] = await query('SELECT CURRENT_USER() AS user');
    return accepted({ user: typeof row?.['user'] === 'string' ? row['user'] : null });
  });
