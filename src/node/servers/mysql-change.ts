// MariaDB and MySQL: passwords of users, set as their hash where the server takes one, so that none stands in a log. MySQL takes none for
// the way of logging in that is usual there; it hides the password from its own logs.
import { randomBytes } from 'node:crypto';
import type { ServerAnswer, ServerChange, Stop } from '../../core/ports.ts';
import { accepted, refused } from './answers.ts';
import { errorNumber, withMysql, type MysqlLine } from './mysql-client.ts';
import { nativeHash } from './password-hashes.ts';

/** The account keeps another kind of hash; passwords must be looked at in clear, of which ALTER USER gives no reason. */
const wantsClear: ReadonlySet<number | undefined> = new Set([1372, 1290, 1396]);

type Account = {
  /** As it stands in a statement. */
  readonly name: string;
  /** Its hash is SHA-1 of SHA-1. */
  readonly isNative: boolean;
};

/** The one account of a name. */
const accountOf = async (
  { query, quote }: MysqlLine,
  user: string,
): Promise<Account | { readonly refusal: ServerAnswer }> => {
  // Whatever is usual on the server, a backslash in a name is one.
  await query("SET SESSION sql_mode = ''");
  const [first, ...others] = await query(
    "SELECT Host AS host, plugin AS plugin FROM mysql.user WHERE User = ? AND Host <> ''",
    [user],
  );
  if (first === undefined) return { refusal: refused('NOUSER', 'there is no such user') };
  if (others.length > 0)
    return { refusal: refused('AMBIGUOUS', 'several accounts have this name, for several hosts') };
  const plugin = first['plugin'];
  return {
    name: `${quote(user)}@${quote(String(first['host']))}`,
    isNative: plugin === '' || plugin === 'mysql_native_password',
  };
};

/** @param account undefined for one's own */
const setOnMariadb = async (
  { query, quote }: MysqlLine,
  account: Account | undefined,
  password: string,
): Promise<void> => {
  const set = async (value: string, asIdentity: string): Promise<void> => {
    try {
      await query(`SET PASSWORD${account === undefined ? '' : ` FOR ${account.name}`} = ${value}`);
    } catch (error) {
      // For others SET PASSWORD wants rights on the table of users; ALTER USER wants CREATE USER, and would change another kind of account.
      if (account?.isNative !== true || errorNumber(error) !== 1044) throw error;
      await query(`ALTER USER ${account.name} IDENTIFIED BY ${asIdentity}`);
    }
  };
  const hash = quote(nativeHash(password));
  try {
    await set(hash, `PASSWORD ${hash}`);
  } catch (error) {
    if (!wantsClear.has(errorNumber(error))) throw error;
    await set(`PASSWORD(${quote(password)})`, quote(password));
  }
};

const setPassword = async (
  line: MysqlLine,
  account: Account | undefined,
  password: string,
): Promise<ServerAnswer> => {
  if (/mariadb/i.test(line.version)) await setOnMariadb(line, account, password);
  else
    await line.query(`ALTER USER ${account?.name ?? 'CURRENT_USER()'} IDENTIFIED BY ${line.quote(password)}`);
  return accepted({});
};

const endSessions = async ({ query }: MysqlLine, user: string): Promise<ServerAnswer> => {
  const sessions = await query(
    'SELECT ID AS id FROM information_schema.PROCESSLIST WHERE USER = ? AND ID <> CONNECTION_ID()',
    [user],
  );
  for (const { id } of sessions) {
    try {
      await query(`KILL CONNECTION ${String(Number(id))}`);
    } catch (error) {
      // Ended by itself meanwhile.
      if (errorNumber(error) !== 1094) throw error;
    }
  }
  return accepted({ ended: sessions.length });
};

/** A password that nobody knows: no account is without one, and locking one is answered in another way than a wrong password. */
const unknownPassword = (): string => randomBytes(30).toString('base64url');

/** @throws Unheard */
export const changeMysql = (
  { action, login, user, secret }: ServerChange,
  stop: Stop,
): Promise<ServerAnswer> =>
  withMysql(login, stop, async (line) => {
    if (action === 'end-sessions') return endSessions(line, user);
    const password = action === 'no-password' ? unknownPassword() : secret;
    if (action === 'add-password' || action === 'remove-password' || password === null || password === '')
      return refused('1064', 'a user has one password');
    if (user === login.user) return setPassword(line, undefined, password);
    const account = await accountOf(line, user);
    return 'refusal' in account ? account.refusal : setPassword(line, account, password);
  });
