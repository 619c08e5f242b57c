// Addresses with a password inside, `scheme://user:password@host`: which of them are somebody's, and which stand in a manual.
import { isStandIn } from './no-key.ts';
import { readsLikeWords } from './randomness.ts';

/** `scheme://` is told apart by whoever looks; it is at most so long. */
const address =
  /([A-Za-z][A-Za-z0-9+.-]{1,24}):\/\/([^\s/?#@:"'`<>\\]{0,128}):([^\s/?#@"'`<>\\]{3,256})@([A-Za-z0-9[][\w.:[\]-]{0,255})(?:[/?][^\s"'`<>\\)\]},;]{0,512})?/y;

export type AddressWithPassword = {
  readonly scheme: string;
  readonly user: string;
  readonly password: string;
  readonly host: string;
  readonly start: number;
  readonly end: number;
};

/** Reads an address that begins at `start`. */
export const addressAt = (text: string, start: number): AddressWithPassword | undefined => {
  address.lastIndex = start;
  const match = address.exec(text);
  if (match === null) return undefined;
  const [, scheme = '', user = '', password = '', host = ''] = match;
  return { scheme: scheme.toLowerCase(), user, password, host, start, end: address.lastIndex };
};

/** What examples use for a password. */
const usual =
  /^(?:pass(?:wor[dt]|wd|phrase)?|pwd|pw|secret|secure|my_?(?:secret|pass|password|user)\w*|your\w*|user(?:name)?|root|admin(?:istrator)?|postgres(?:ql)?|mysql|mariadb|redis|rabbitmq|guest|test(?:ing|er|pass\w*)?|demo|dev(?:elopment)?|local|default|docker|hunter2|foo(?:bar)?|bar|baz|qux|qwerty\w*|letmein|changeit|changeme|abc|abcd\w*|xyz|token|key|api_?key|auth|access_?token|p4ssw0rd|p@ssw0rd|s3cr3t|hello|world|\d{1,8}|[a-z])\d{0,4}!?$/i;
const variable = /[{}<>$*]|^%[\w.]{1,40}%?$|^:|%s|%\(|%\{/;
/** Nobody else's machine: what stands there hurts nobody, and manuals are full of it. */
const nearHost =
  /^(?:localhost|127\.\d|0\.0\.0\.0|\[?::1|(?:[\w-]+\.)*example\b|(?:[\w.-]+\.)?(?:test|invalid|local|internal)(?::|$)|(?:my|your|some)[\w-]{0,20}\.|(?:host(?:name)?|server|domain|site)\.(?:com|net|org)\b|[\w-]{1,20}(?::|$))/i;

const kindsOfCharacters = (text: string): number =>
  [/[a-z]/, /[A-Z]/, /[0-9]/, /[^0-9A-Za-z]/].filter((kind) => kind.test(text)).length;

/** A password of a kind that a program made or a careful person. */
export const looksStrong = (password: string): boolean =>
  password.length >= 8 && kindsOfCharacters(password) >= 2 && !readsLikeWords(password);

/** True for a password that opens something. */
export const isSomebodys = ({
  user,
  password,
  host,
}: Pick<AddressWithPassword, 'user' | 'password' | 'host'>): boolean => {
  if (usual.test(password) || variable.test(password) || isStandIn(password)) return false;
  if (variable.test(user) || password.toLowerCase() === user.toLowerCase()) return false;
  if (/^(.)\1*$/.test(password)) return false;
  return nearHost.test(host) ? looksStrong(password) : password.length >= 4;
};
