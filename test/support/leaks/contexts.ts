// What people and programs make of a key where they paste it: twenty kinds of text that hold a value, and ways of cutting one.
import type { LeakEncoding } from '../../../src/core/model/finding.ts';

export type Context = {
  readonly name: string;
  readonly write: (value: string) => string;
  readonly encodings: readonly LeakEncoding[];
  /** Values that it is tried with; all where absent. */
  readonly holds?: RegExp;
};

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const wrap = (text: string, columns: number, glue: string): string =>
  (text.match(new RegExp(`[^]{1,${columns}}`, 'g')) ?? [text]).join(glue);
const escapedHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const escapedUnicode = (text: string): string =>
  text.replace(
    /[+=&<>'/]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
const someUnicode = (text: string): string =>
  [...text]
    .map((character, at) =>
      at % 4 === 0 ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character,
    )
    .join('');
const percentAll = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const plainly: readonly LeakEncoding[] = ['plain', 'escaped', 'joined', 'percent'];
const inBase64: readonly LeakEncoding[] = ['base64', 'base64url'];

/** Contexts that hold a value in one piece. */
export const contexts: readonly Context[] = [
  {
    name: 'JavaScript',
    write: (value) => `const client = new Client({ key: ${JSON.stringify(value)} });`,
    encodings: plainly,
  },
  { name: 'Python', write: (value) => `KEY = r'''${value}'''  # do not commit`, encodings: ['plain'] },
  { name: 'environment file', write: (value) => `export API_KEY=${value}`, encodings: ['plain'] },
  {
    name: 'YAML',
    write: (value) => `  - name: KEY\n    value: "${value}"\n    other: 1`,
    encodings: ['plain'],
  },
  { name: 'JSON', write: (value) => JSON.stringify({ a: { key: value }, b: 1 }), encodings: plainly },
  {
    name: 'JSON in JSON',
    write: (value) => JSON.stringify({ a: JSON.stringify({ key: value }) }),
    encodings: plainly,
  },
  {
    name: 'JSON with escaped slashes',
    write: (value) => JSON.stringify({ key: value }).replaceAll('/', '\\/'),
    encodings: plainly,
  },
  {
    name: 'JSON with escaped signs',
    write: (value) => `{"key":"${escapedUnicode(value)}"}`,
    encodings: plainly,
  },
  {
    name: 'JSON with many escapes',
    write: (value) => `{"key":"${someUnicode(value)}"}`,
    encodings: ['escaped', 'joined'],
  },
  {
    name: 'shell',
    write: (value) => `curl -H "Authorization: Bearer ${value}" https://host/path`,
    encodings: ['plain'],
  },
  {
    name: 'URL',
    write: (value) => `https://host/path?key=${encodeURIComponent(value)}&page=2`,
    encodings: plainly,
  },
  {
    name: 'URL, all of it',
    write: (value) => `https://host/?key=${percentAll(value)}&page=2`,
    encodings: ['percent'],
  },
  { name: 'HTML', write: (value) => `<input name="key" value="${escapedHtml(value)}">`, encodings: plainly },
  {
    name: 'basic authorisation',
    write: (value) => `Authorization: Basic ${base64(`user:${value}`)}`,
    encodings: inBase64,
  },
  { name: 'base64', write: (value) => `data: ${base64(value).replace(/=+$/, '')}`, encodings: inBase64 },
  {
    name: 'base64 of URLs',
    write: (value) => `/x/${Buffer.from(`ab${value}c`).toString('base64url')}/y`,
    encodings: inBase64,
  },
  { name: 'hex', write: (value) => `0x${Buffer.from(value).toString('hex')}`, encodings: ['hex'] },
  {
    name: 'hex, capitals',
    write: (value) => Buffer.from(value).toString('hex').toUpperCase(),
    encodings: ['hex'],
  },
  {
    name: 'PowerShell',
    write: (value) =>
      `powershell -EncodedCommand ${Buffer.from(`$k = '${value}'`, 'utf16le').toString('base64')}`,
    encodings: ['base64-utf-16'],
  },
  {
    name: 'quoted-printable',
    write: (value) => wrap(value, 17, '\0').replaceAll('=', '=3D').replaceAll('\0', '=\r\n'),
    encodings: ['joined', 'escaped', 'plain'],
    holds: /^[A-Za-z0-9_+/.~:@=-]+$/,
  },
  {
    name: 'wrapped like PEM',
    holds: /^[A-Za-z0-9_+/=.~:@-]+$/,
    write: (value) => `-----BEGIN KEY-----\n${wrap(value, 16, '\n')}\n-----END KEY-----`,
    encodings: ['joined', 'plain', 'escaped'],
  },
];

/** Between two pieces of a value, and what stands around the whole. */
export type Cut = {
  readonly name: string;
  readonly before: string;
  readonly glue: string;
  readonly after: string;
  /** How a piece is written. */
  readonly spell?: (piece: string) => string;
};

export const cuts: readonly Cut[] = [
  { name: 'a line break', before: '', glue: '\n', after: '\n' },
  { name: 'CRLF', before: 'x ', glue: '\r\n', after: '\r\n' },
  { name: 'indentation', before: '    ', glue: '\n    ', after: '\n' },
  { name: 'a shell continuation', before: 'curl -H ', glue: '\\\n', after: ' x' },
  { name: 'a comment', before: '// ', glue: '\n// ', after: '\n' },
  { name: 'a block comment', before: '/*\n * ', glue: '\n * ', after: '\n */' },
  { name: 'a mail', before: '> ', glue: '\n> ', after: '\n' },
  { name: 'C', before: 'char k[] = "', glue: '" "', after: '";' },
  { name: 'C over lines', before: 'char k[] = "', glue: '"\n    "', after: '";' },
  { name: 'JavaScript', before: 'k = "', glue: '" + "', after: '";' },
  { name: 'JavaScript, minified', before: 'k="', glue: '"+"', after: '";' },
  { name: 'Java over lines', before: 'String k = "', glue: '"\n        + "', after: '";' },
  { name: 'JavaScript over lines', before: "k = '", glue: "' +\n  '", after: "';" },
  { name: 'templates', before: 'k = `', glue: '` + `', after: '`;' },
  { name: 'PHP', before: "$k = '", glue: "' . '", after: "';" },
  { name: 'Visual Basic', before: 'k = "', glue: '" & _\n    "', after: '"' },
  { name: 'SQL', before: "select '", glue: "' || '", after: "'" },
  { name: 'Lua', before: 'k = "', glue: '" .. "', after: '"' },
  { name: 'Haskell', before: 'k = "', glue: '" ++ "', after: '"' },
  { name: 'Python over lines', before: 'k = ("', glue: '"\n     f"', after: '")' },
  { name: 'Python, continued', before: 'k = "', glue: '" \\\n    "', after: '"' },
  { name: 'a list that is joined', before: 'k = ["', glue: '", "', after: '"].join("")' },
  { name: 'lines within JSON', before: '{"text":"', glue: '\\n', after: '"}' },
  { name: 'indented lines within JSON', before: '{"text":"x\\n  ', glue: '\\r\\n  ', after: '\\n"}' },
  { name: 'source within JSON', before: '{"text":"k = \\"', glue: '\\" +\\n  \\"', after: '\\";"}' },
  { name: 'lines of a notebook', before: '["x\\n", "y = ', glue: '\\n",\n    "      ', after: '\\n"]' },
  {
    name: 'source in a notebook',
    before: '["k = (\\n",\n "  \'',
    glue: '\' +\\n",\n    "    \'',
    after: '\')\\n"]',
  },
  {
    name: 'literals in a notebook, in a transcript',
    before: '{"t":"[\\"k = \\\\\\"',
    glue: '\\\\\\"\\\\n\\",\\n  \\"  \\\\\\"',
    after: '\\\\\\"]\\"]"}',
  },
  { name: 'a backtick, in PowerShell', before: 'run -Key ', glue: '`\r\n', after: ' -x' },
  { name: 'literals in PowerShell', before: "$k = '", glue: "' + `\n    '", after: "'" },
  {
    name: 'quoted-printable',
    before: 'x ',
    glue: '=\r\n',
    after: ' y',
    spell: (piece) => piece.replaceAll('=', '=3D'),
  },
  { name: 'source within JSON, one line', before: '{"text":"k = \\"', glue: '\\" + \\"', after: '\\";"}' },
];
