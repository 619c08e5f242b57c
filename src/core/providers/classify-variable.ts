// Says of a variable in an environment file whether it is a secret, a plain setting or a value still to be filled in, with
// the reason that the import preview shows. In doubt it says "secret": a setting kept too well does no harm.
import { entropyPerCharacter } from './entropy.ts';
import { builtInCatalogue, type Catalogue } from './whole-catalogue.ts';
import { isPlaceholder } from './placeholder.ts';
import { recognise } from './recognise.ts';

/** Longer values are judged by their first part. */
const maxRecognisable = 8192;

export type VariableClass = {
  readonly class: 'secret' | 'plain' | 'placeholder';
  /** One short sentence for the preview; never contains the value. */
  readonly reason: string;
};

type Rule = {
  readonly fits: (name: string, value: string) => boolean;
  readonly class: VariableClass['class'];
  readonly reason: string;
};

const secretWord =
  'KEY|KEYS|SECRET|SECRETS|TOKEN|TOKENS|PASS|PASSWD|PASSWORD|PASSPHRASE|PWD|CREDENTIAL|CREDENTIALS|PAT|DSN|APIKEY|AUTH|' +
  'SALT|PEPPER|COOKIE|SESSION|JWT|PIN|OTP|WEBHOOK|PRIVATE';
/** The last word decides: SESSION_SECRET is one, SESSION_TTL is a setting. A number or an environment may follow. */
const secretEnd = new RegExp(
  `(?:^|_)(?:${secretWord})(?:_?\\d{1,3})?(?:_(?:BASE64|B64|HEX|PROD|PRODUCTION|STAGING|DEV|TEST|LIVE|SANDBOX|OLD|NEW|CURRENT|PREVIOUS))?$`,
);
const secretAnywhere = new RegExp(`(?:^|_)(?:${secretWord}|SIGNING)(?:_|\\d|$)`);
const settingName =
  /^(?:NODE_ENV|RAILS_ENV|APP_ENV|ENV|ENVIRONMENT|CI|DEBUG|TZ|LANG|LC_[A-Z]+|PATH|HOME|SHELL|EDITOR|TERM|USER|HOSTNAME)$|(?:^|_)(?:PORT|HOST|HOSTNAME|LOG_?LEVEL|LEVEL|VERBOSITY|TIMEOUT|TTL|AGE|EXPIRY|EXPIRES|EXPIRES_IN|LENGTH|SIZE|LIMIT|RETRIES|ROUNDS|REGION|ZONE|LOCALE|TIMEZONE|VERSION|ENABLED|DISABLED|REQUIRED|DIR|FOLDER|FILE|PATH|BUCKET|STAGE|MODE|TYPE|ALGORITHM|ALG|ISSUER|AUDIENCE|HEADER|PREFIX|URL|URI|ENDPOINT|NODE_ENV)$/;
const idName = /(?:^|_)(?:ID|IDS|UUID|GUID|NAME|USERNAME|USER|EMAIL|ACCOUNT|ORG|TEAM|PROJECT|DOMAIN)$/;
const reference = /^\$(?:\{[A-Za-z_]\w{0,100}\}|[A-Za-z_]\w{0,100})$/;
const token = /^(?:eyJ[\w-]{10,}\.[\w-]{4,}|Bearer\s+\S{12,}|Basic\s+\S{12,})/;
const publishableName = /^(?:NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|GATSBY|STORYBOOK)_/;
const publicKeyName = /(?:^|_)(?:PUBLISHABLE|PUBLIC)(?:_|$)/;
const publishableValue = /^(?:pk_(?:live|test)_|sb_publishable_|pk\.eyJ)/;
const privateBlock = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/;
const address = /^[a-z][a-z0-9+.-]{1,30}:\/\//i;
const credentials = /^[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/?#@]{0,500}:[^\s/?#@]{1,500}@/i;
const userOnly = /^https?:\/\/[^\s/?#@:]{16,500}@/i;
const secretQuery = /[?&](?:key|api_?key|token|access_token|secret|password|sig|signature|auth)=[^&\s]{8,}/i;
const hiddenPath =
  /^https:\/\/(?:hooks\.slack\.com\/services|discord(?:app)?\.com\/api\/webhooks|[a-z0-9.-]+\/webhooks?)\/\S{12,}/i;
const switches = /^(?:true|false|yes|no|on|off|enabled|disabled|null|none)$/i;
const numbers = /^[+-]?\d{1,15}(?:\.\d{1,6})?(?:ms|s|m|h|d|kb|mb|gb|%)?$/i;
const levels =
  /^(?:trace|debug|info|notice|warn|warning|error|fatal|silent|verbose|production|development|test|staging|local|sandbox|preview|prod|dev)$/i;
const hostName =
  /^(?:localhost|(?:\d{1,3}\.){3}\d{1,3}|(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}[a-z]{2,24})(?::\d{1,5})?$/i;
const mail = /^[^\s@]{1,64}@[^\s@]{1,200}\.[a-z]{2,24}$/i;
const path = /^(?:~|\.{1,2})?(?:\/[\w.@ -]{1,100}){1,30}\/?$|^[A-Za-z]:\\/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const words = /^[a-z]{1,24}(?:[ _.,-][a-z]{1,24}){0,8}$/i;

const looksRandom = (value: string): boolean =>
  value.length >= 16 &&
  !/\s/.test(value) &&
  !words.test(value) &&
  entropyPerCharacter(value.slice(0, 512)) >= 3;

const secret = (fits: Rule['fits'], reason: string): Rule => ({ fits, class: 'secret', reason });
const plain = (fits: Rule['fits'], reason: string): Rule => ({ fits, class: 'plain', reason });

const isSetting = (name: string, value: string): boolean => settingName.test(name) && !looksRandom(value);

/** From top to bottom; the first that fits decides. */
const rules: readonly Rule[] = [
  plain((_, value) => value === '', 'The value is empty.'),
  plain((_, value) => reference.test(value), 'It refers to another variable.'),
  secret((_, value) => privateBlock.test(value), 'It is a private key.'),
  secret((_, value) => token.test(value), 'It is a token.'),
  secret((_, value) => credentials.test(value), 'The address contains a password.'),
  secret((_, value) => userOnly.test(value) || secretQuery.test(value), 'The address contains a token.'),
  secret((_, value) => hiddenPath.test(value), 'Whoever knows this address can post to it.'),
  plain((_, value) => publishableValue.test(value), 'It is a publishable key, made for the public.'),
  plain((_, value) => switches.test(value), 'It is a switch.'),
  plain((name, value) => numbers.test(value) && !secretEnd.test(name), 'It is a number.'),
  {
    fits: (_, value) => isPlaceholder(value),
    class: 'placeholder',
    reason: 'It stands for a value that is still to be filled in.',
  },
  plain((_, value) => address.test(value) && !/\s/.test(value), 'It is an address without a password.'),
  plain((name) => publishableName.test(name), 'The prefix of its name says that it goes into public code.'),
  plain(
    (name) => publicKeyName.test(name) && !/SECRET|PRIVATE|PASS/.test(name),
    'Its name says that it is public.',
  ),
  secret((name) => secretEnd.test(name), 'Its name says that it is a secret.'),
  plain((_, value) => levels.test(value), 'It names a level or an environment.'),
  plain(isSetting, 'Its name says that it is a setting.'),
  plain((_, value) => mail.test(value), 'It is an e-mail address.'),
  plain((_, value) => hostName.test(value), 'It is a host name.'),
  plain((_, value) => path.test(value), 'It is a path.'),
  plain(
    (name, value) => idName.test(name) && (uuid.test(value) || !looksRandom(value)),
    'It is an id or a name.',
  ),
  secret((name) => secretAnywhere.test(name), 'Its name speaks of a secret.'),
  secret((_, value) => looksRandom(value), 'It looks random, as keys do.'),
  secret((_, value) => uuid.test(value), 'It could be a key in the form of an id.'),
];

const recognised = (name: string, value: string, catalogue: Catalogue): VariableClass | undefined => {
  const [first] = recognise(value, { variable: name }, catalogue.providers).candidates;
  if (!first || first.confidence !== 'certain') return undefined;
  const provider = catalogue.find(first.provider);
  const format = provider?.formats.find((entry) => entry.id === first.format);
  if (!provider || !format) return undefined;
  if (first.malformed.some((problem) => problem.code === 'placeholder'))
    return { class: 'placeholder', reason: `It stands for a key of ${provider.name}.` };
  return format.sensitivity === 'secret'
    ? { class: 'secret', reason: `It is a key of ${provider.name} (${provider.domain}).` }
    : { class: 'plain', reason: `It belongs to ${provider.name}, but is no secret.` };
};

/**
 * Classifies a variable by its name and value.
 * @param name as in the file, any case
 * @param value unquoted
 */
export const classifyVariable = (
  name: string,
  value: string,
  catalogue: Catalogue = builtInCatalogue,
): VariableClass => {
  const plainCase = name.toUpperCase().replace(/[.-]/g, '_');
  const text = value.trim();
  const rule = rules.find((entry) => entry.fits(plainCase, text));
  const found = recognised(plainCase, text.slice(0, maxRecognisable), catalogue) ??
    rule ?? { class: 'plain', reason: 'Nothing about it looks like a secret.' };
  const exposed = found.class === 'secret' && publishableName.test(plainCase);
  const warning = exposed
    ? ' But its name puts it into public code: rename it, and replace the key if it was published.'
    : '';
  return { class: found.class, reason: `${found.reason}${warning}` };
};
