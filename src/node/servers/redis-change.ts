// Redis: passwords of a user, of which there may be several. Only their SHA-256 is sent (`#` adds, `!` removes), so that none stands in what
// MONITOR, SLOWLOG and ACL LOG show. A server without an ACL file forgets the change when it starts again: the answer says so.
import { randomBytes } from 'node:crypto';
import type { ServerAnswer, ServerChange, ServerLogin, Stop } from '../../core/ports.ts';
import { accepted, refused } from './answers.ts';
import { withLine, type Line } from './connect.ts';
import { redisHash } from './password-hashes.ts';
import { asRefusal, askRedisFor, logInRedis, usualRedisPort } from './redis-line.ts';

/** What ACL SETUSER is told; undefined where there is no password to name. One command: no moment between its parts. */
const rulesOf = ({ action, secret }: ServerChange): readonly string[] | undefined => {
  if (action === 'no-password') return ['resetpass'];
  if (secret === null || secret === '') return undefined;
  const hash = redisHash(secret);
  if (action === 'set-password') return ['resetpass', `#${hash}`];
  return action === 'add-password' ? [`#${hash}`] : [`!${hash}`];
};

/** `saved`: whether the change outlives the server’s next start. */
const save = async (login: ServerLogin, line: Line, user: string): Promise<ServerAnswer> => {
  const saved = await askRedisFor(login, line, 'ACL', 'SAVE');
  if (!saved.error) return accepted({ user, saved: true });
  const note = saved.text.startsWith('NOPERM')
    ? 'the user may not ACL SAVE: whoever may has to, or the server forgets this when it starts again'
    : 'the server has no ACL file, or could not write it: it forgets this when it starts again';
  return accepted({ user, saved: false, note });
};

const endSessions = async (login: ServerLogin, line: Line, user: string): Promise<ServerAnswer> => {
  const killed = await askRedisFor(login, line, 'CLIENT', 'KILL', 'USER', user, 'SKIPME', 'yes');
  return killed.error ? asRefusal(killed) : accepted({ user, ended: Number(killed.text) });
};

/** ACL SETUSER would make a user that is not there. Servers before version 7 do not tell; nor do they to one who may not ask. */
const isMissing = async (login: ServerLogin, line: Line, user: string): Promise<boolean> => {
  if (user === login.user) return false;
  const asked = await askRedisFor(login, line, 'ACL', 'DRYRUN', user, 'PING');
  return asked.error && /^ERR User .* not found/i.test(asked.text);
};

const addsOne: ReadonlySet<ServerChange['action']> = new Set(['add-password', 'set-password']);

/**
 * Let in whatever it says (`nopass`): a first password would shut out everybody who comes with another one or none. Asked as a login, since who may
 * change passwords may not always read users; a login that fails leaves this line as it was.
 */
const takesAnything = async (login: ServerLogin, line: Line, user: string): Promise<boolean> => {
  const auth = await askRedisFor(login, line, 'AUTH', user, randomBytes(24).toString('hex'));
  return !auth.error;
};

/** @throws Unheard */
export const changeRedis = (change: ServerChange, stop: Stop): Promise<ServerAnswer> => {
  const { login, action } = change;
  const user = change.user === '' ? 'default' : change.user;
  return withLine(login, login.port ?? usualRedisPort, stop, async (line) => {
    const auth = await logInRedis(login, line);
    if (auth.error) return asRefusal(auth);
    if (action === 'end-sessions') return endSessions(login, line, user);
    const rules = rulesOf(change);
    if (rules === undefined) return refused('ERR', 'no password was named');
    if (await isMissing(login, line, user)) return refused('NOUSER', 'there is no such user');
    if (addsOne.has(action) && (await takesAnything(login, line, user)))
      return refused('NOPASS', 'the user is let in with any password');
    const done = await askRedisFor(login, line, 'ACL', 'SETUSER', user, ...rules);
    // Removed already: by a call whose answer never came.
    const isGone = action === 'remove-password' && /no such password|does not exist/i.test(done.text);
    return done.error && !isGone ? asRefusal(done) : save(login, line, user);
  });
};
