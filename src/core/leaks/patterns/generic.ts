// The rule for values of nobody's format: a name that speaks of a secret, and a value that was drawn at random. On only where a person
// asks for all patterns.
import { entropyPerCharacter } from '../../providers/entropy.ts';
import type { NamedValue } from './assignment-at.ts';
import { fromBase64 } from '../../providers/ask/base64.ts';
import { isCutOff } from './boundaries.ts';
import { isSomebodys } from './credentials.ts';
import { isMadeUp, isPublished } from './no-key.ts';

/** `nextPageToken` as `NEXT_PAGE_TOKEN`. */
const asWords = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[.-]/g, '_')
    .toUpperCase();

const secretName =
  /(?:^|_)(?:PASS|PASSWD|PASSWORD|PASSPHRASE|PWD|SECRET|SECRETS|TOKEN|CREDENTIAL|CREDENTIALS|CREDS|(?:API|ACCESS|SECRET|PRIVATE|AUTH|APP|SIGNING|ENCRYPTION|MASTER|ACCOUNT|LICENSE|SERVICE|DEPLOY|SESSION|JWT|HMAC|STORAGE|CLIENT|ADMIN|WRITE|SHARED|SUBSCRIPTION|WEBHOOK)_?KEY|APIKEY|AUTHTOKEN|AUTHORIZATION|BEARER)(?:_?\d{1,3})?(?:_(?:BASE64|B64|HEX|PROD|PRODUCTION|STAGING|DEV|TEST|LIVE|SANDBOX|OLD|NEW|CURRENT|PREVIOUS|VALUE))?$/;
/** Tokens of parsers and pages, keys of caches, what is made public. */
const harmlessName =
  /(?:^|_)(?:PUBLIC|PUBLISHABLE|ANON|NEXT|PAGE|CONTINUATION|CANCEL|CANCELLATION|CSRF|XSRF|HASH|HASHED|CHECKSUM|DIGEST|SHA\d*|MD5|INTEGRITY|ETAG|ID|SYNTAX|LEXER|PARSER|CACHE|TYPE|SEARCH|IDEMPOTENCY|PRIMARY|FOREIGN|SORT|PARTITION|DESIGN|COLOR|SITE|RECAPTCHA)(?:_|$)/;

const isSecretName = (name: string): boolean => {
  const words = asWords(name);
  return secretName.test(words) && !harmlessName.test(words);
};

const uuid = /(?:^|[^0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Hashes with their name in front, references, addresses, paths, numbers, code. */
const otherThings = [
  /^(?:sha\d{1,3}|md5|blake\w{1,4}|h\d|W\/)[-:]/i,
  /^\$(?:2[abxy]?|5|6|1|argon2\w{1,2}|pbkdf2|scrypt)\$/,
  /^(?:arn|urn|data|file|vault|op|ssm|secretsmanager|env|ref|https?|s3|gs):/i,
  /^(?:\.{0,2}|~|[A-Za-z]:)?[\\/]|^(?:[\w-]{1,30}\/){2}/,
  /^[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2,12}$/i,
  /^[A-Za-z_$][\w$]*(?:\.[\w$]+)+$/,
  /^[\d.,:TZ+_-]+$/,
  /^#|^0x[0-9a-f]{1,16}$|^(?:v|V)?\d{1,4}(?:\.\d{1,6}){1,3}/,
  /pass(?:word|phrase)|passw0rd|secret/i,
  /[$%][{(]|\{\{|^\$|^%\w+%$|process\.env|os\.environ|getenv/i,
] as const;

const partOfName = /^(?:[a-z]{1,20}|[A-Z][a-z]{0,19}|[A-Z]{1,20})?\d{0,5}$|^[A-Za-z]\d{1,5}[A-Za-z]{0,8}$/;
const leastParts = 2;

/** Words of one case with a short number here and there, and signs between: `gs_oauth2_refresh_token`, `NL80211_ATTR_TOKEN`. */
const isName = (text: string): boolean => {
  const parts = text.split(/[^0-9A-Za-z]/);
  return parts.length >= leastParts && parts.every((part) => partOfName.test(part) || isWordWithNumber(part));
};
const isWordWithNumber = (part: string): boolean =>
  /^(?:[a-z]+|[A-Z]+)\d{1,2}(?:[a-z]*|[A-Z]*)$/.test(part) && part.length <= longestWord;
const longestWord = 14;

const shortest = 16;
const longest = 256;
const kindsOf = (text: string): number =>
  [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(text)).length;
const leastEntropy = 3.4;
const leastHexEntropy = 2.9;
const allHex = /^[0-9a-f]+$/i;

/** `user:password` in base64, as the scheme Basic sends it, where the password stands for one. */
const isBasicStandIn = (text: string): boolean => {
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(text)) return false;
  const bytes = fromBase64(text);
  const [user, password] = bytes === undefined ? [] : String.fromCharCode(...bytes).split(':');
  return (
    user !== undefined &&
    password !== undefined &&
    /^[!-~]*$/.test(user + password) &&
    !isSomebodys({ user, password, host: 'localhost' })
  );
};

/** True for a value that was drawn at random and is none of the things that only look so. */
export const isSecretValue = (text: string): boolean => {
  if (text.length < shortest || text.length > longest || uuid.test(text)) return false;
  if (otherThings.some((thing) => thing.test(text)) || isName(text) || isBasicStandIn(text)) return false;
  if (!/\d/.test(text) || kindsOf(text) < 2) return false;
  const least = allHex.test(text) ? leastHexEntropy : leastEntropy;
  return entropyPerCharacter(text) >= least && !isMadeUp(text) && !isPublished(undefined, text);
};

/** Hex of the length of a hash is one, unless its name leaves no doubt. */
const hashLengths = new Set([32, 40, 56, 64, 96, 128]);
const certainName = /SECRET|PASS|API_?KEY|PRIVATE|TOKEN|ACCESS/;

/** A value next to code is a call or an index: `token = read2ndToken(…)`. */
const goesOnAsCode = /^(?:\(|\[|\.[A-Za-z]|\?\.|=>)/;

/** True where the value is a secret by its name and making. */
export const isGenericSecret = (text: string, { name, start, end, quoted }: NamedValue): boolean => {
  if (!isSecretName(name) || isCutOff(text, end)) return false;
  if (!quoted && goesOnAsCode.test(text.slice(end, end + 2))) return false;
  const value = text.slice(start, end);
  if (allHex.test(value) && hashLengths.has(value.length) && !certainName.test(asWords(name))) return false;
  return isSecretValue(value);
};
