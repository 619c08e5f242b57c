// What servers of one's own have in common: host, port, user, password and database, one by one or in a connection string. Gives data;
// the names are the promise of shared/cli.md.
import type { AuthScheme } from './asking.ts';
import type { FormatInput } from './define-provider.ts';
import type { FieldDefinition } from './provider.ts';

/** ASCII without spaces, quotes, `<`, `>`, `@`, `\` and what ends a user name. Anything else stands percent-encoded. */
const userCharacters = '[!#-&(-.0-9;=?A-Z\\[\\]^_a-z{|}~]';
const passwordCharacters = '[!#-&(-;=?A-Z\\[\\]^_a-z{|}~]';
/** A name or address that does not end in a point, which would be the end of a sentence. */
const host = '(?<host>[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,250}[A-Za-z0-9_])?|\\[[0-9A-Fa-f:.]{2,45}\\])';
const port = '(?::(?<port>[0-9]{1,5}))?';
const query = '(?:\\?[\\w.~%&=+:-]{0,300}[\\w~%=+-])?';

type StringForm = {
  readonly label: string;
  /** As a regular expression, without `://`. */
  readonly scheme: string;
  /** Every scheme with `://`: what a text is searched for. */
  readonly anchors: readonly string[];
  /** The path as a regular expression with the group `database`; empty where there is none. */
  readonly path: string;
  readonly userMayBeEmpty?: boolean;
  readonly match?: 'prefix' | 'shape';
};

/** The format of a connection string: recognised as a whole, taken apart into fields. */
export const connectionString = (form: StringForm): FormatInput => ({
  id: 'url',
  kind: 'unknown',
  label: form.label,
  match: form.match ?? 'prefix',
  field: 'url',
  pattern: {
    source: `${form.scheme}://(?<user>${userCharacters}{${form.userMayBeEmpty === true ? 0 : 1},64}):(?<password>${passwordCharacters}{1,256})@${host}${port}${form.path}${query}`,
    anchors: form.anchors,
    maxLength: 1024,
    fills: ['host', 'port', 'user', 'password', ...(form.path.includes('(?<database>') ? ['database'] : [])],
  },
});

type ServerWords = {
  readonly hostVariable: string;
  readonly portVariable: string;
  readonly userVariable: string;
  readonly passwordVariable: string;
  readonly urlVariable: string;
  readonly usualPort: string;
  readonly usualUser?: string;
  readonly userHelp?: string;
  /** Names of the same variables in other tools, for each field. */
  readonly labels: Readonly<Record<'host' | 'port' | 'user' | 'password' | 'url', readonly string[]>>;
};

/** The fields of a server; `database` is the provider's own matter. */
export const serverFields = (
  words: ServerWords,
  database?: Omit<FieldDefinition, 'name' | 'secret' | 'required'>,
): readonly FieldDefinition[] => [
  {
    name: 'host',
    label: 'Host',
    variable: words.hostVariable,
    secret: false,
    required: true,
    help: 'Name or address of the server, without a scheme.',
    labels: words.labels.host,
  },
  {
    name: 'port',
    label: 'Port',
    variable: words.portVariable,
    secret: false,
    required: false,
    labels: words.labels.port,
    usual: words.usualPort,
  },
  {
    name: 'user',
    label: 'User',
    variable: words.userVariable,
    secret: false,
    required: words.usualUser === undefined,
    labels: words.labels.user,
    ...(words.userHelp === undefined ? {} : { help: words.userHelp }),
    ...(words.usualUser === undefined ? {} : { usual: words.usualUser }),
  },
  {
    name: 'password',
    label: 'Password',
    variable: words.passwordVariable,
    secret: true,
    required: true,
    labels: words.labels.password,
  },
  ...(database === undefined ? [] : [{ name: 'database', secret: false, required: false, ...database }]),
  {
    name: 'url',
    label: 'Connection string',
    variable: words.urlVariable,
    secret: true,
    required: false,
    help: 'In place of the single fields, where a program reads them as one address.',
    labels: words.labels.url,
  },
];

/** User and password of a login. */
export const login: AuthScheme = {
  places: [
    { in: 'basic-user', name: '', prefix: '', field: 'user', required: true },
    { in: 'basic-password', name: '', prefix: '', field: 'password', required: true },
  ],
};
