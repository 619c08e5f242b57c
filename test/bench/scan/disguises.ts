// The forms in which the corpus plants a value: what people and programs make of a key when they paste, encode, wrap or cut it.
import type { Dice } from './random.ts';

export type Disguise = {
  readonly name: string;
  /** A text that holds the value, as it would stand in a file. */
  readonly dress: (value: string, dice: Dice) => string;
  /** What ripgrep with the plain values can find at all. */
  readonly plain: boolean;
  /** Bytes that are no text: not within JSON. */
  readonly raw?: true;
};

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');
const wrap = (text: string, columns: number, indent = ''): string =>
  (text.match(new RegExp(`[^]{1,${columns}}`, 'g')) ?? []).join(`\n${indent}`);

/** Cuts into `count` pieces, at least one character each. */
const cut = (value: string, count: number, dice: Dice): readonly string[] => {
  const cuts = new Set<number>();
  while (cuts.size < count - 1) cuts.add(1 + dice.below(value.length - 1));
  const places = [0, ...[...cuts].sort((left, right) => left - right), value.length];
  return places.slice(1).map((end, index) => value.slice(places[index], end));
};

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Text of a length that puts the value at the wanted place within a group of three bytes. */
const atPhase = (phase: number, value: string, dice: Dice): string =>
  `${dice.text(letters, 30 + phase)}${value}${dice.text(letters, 31)}`;

const percentAll = (value: string): string =>
  [...Buffer.from(value)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/** As `printf %q` and `shlex` of other languages write it: a backslash before whatever a shell could take for its own. */
const shellEscaped = (value: string): string => value.replace(/[^A-Za-z0-9_.-]/g, String.raw`\$&`);
/** As OWASP's encoders write an attribute's value. */
const markupEscaped = (value: string): string =>
  value.replace(/[^A-Za-z0-9,._-]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`);
const json = (value: unknown): string => JSON.stringify(value);

const unicodeEscaped = (value: string): string =>
  [...value]
    .map((character, index) =>
      index % 5 === 0 ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : character,
    )
    .join('');

export const disguises: readonly Disguise[] = [
  { name: 'plain', dress: (value) => `token ${value} end`, plain: true },
  { name: 'quoted', dress: (value) => `const key = "${value}";`, plain: true },
  { name: 'env', dress: (value) => `API_KEY=${value}\n`, plain: true },
  { name: 'json', dress: (value) => JSON.stringify({ apiKey: value }), plain: true },
  {
    name: 'json in json',
    dress: (value) => JSON.stringify({ body: JSON.stringify({ apiKey: value }) }),
    plain: true,
  },
  {
    name: 'json in json in json',
    dress: (value) =>
      json({ log: json({ body: json({ apiKey: value, path: '/a' }) }) }).replaceAll('/', '\\/'),
    plain: true,
  },
  {
    name: 'unicode escapes in json in json',
    dress: (value) => json({ body: `{"k":"${unicodeEscaped(value)}"}` }),
    plain: false,
  },
  { name: 'shell, escaped', dress: (value) => `export KEY=${shellEscaped(value)}; run`, plain: false },
  { name: 'markup', dress: (value) => `<key value="${markupEscaped(value)}"/>`, plain: false },
  { name: 'unicode escapes', dress: (value) => `{"k":"${unicodeEscaped(value)}"}`, plain: false },
  ...[0, 1, 2].map((phase): Disguise => ({
    name: `base64url, phase ${phase}`,
    dress: (value, dice) => `"${Buffer.from(atPhase(phase, value, dice)).toString('base64url')}"`,
    plain: false,
  })),
  ...[0, 1, 2].map((phase): Disguise => ({
    name: `base64, phase ${phase}`,
    dress: (value, dice) => `data: ${base64(atPhase(phase, value, dice))}`,
    plain: false,
  })),
  {
    name: 'base64 alone, unpadded',
    dress: (value) => `x: ${base64(value).replace(/=+$/, '')}`,
    plain: false,
  },
  { name: 'base64url', dress: (value) => `/${Buffer.from(value).toString('base64url')}/`, plain: false },
  {
    name: 'basic authorisation',
    dress: (value) => `Authorization: Basic ${base64(`user:${value}`)}\r\n`,
    plain: false,
  },
  {
    name: 'base64, wrapped at 76',
    dress: (value, dice) => wrap(base64(`${dice.text(letters, 90)}${value}${dice.text(letters, 90)}`), 76),
    plain: false,
  },
  {
    name: 'base64, wrapped at 64',
    dress: (value, dice) =>
      wrap(base64(`${dice.text(letters, 40 + dice.below(60))}${value}${dice.text(letters, 90)}`), 64),
    plain: false,
  },
  { name: 'hex', dress: (value) => `0x${Buffer.from(value).toString('hex')}`, plain: false },
  { name: 'hex, capitals', dress: (value) => Buffer.from(value).toString('hex').toUpperCase(), plain: false },
  { name: 'percent', dress: (value) => `?key=${encodeURIComponent(value)}&x=1`, plain: true },
  { name: 'percent, everything', dress: (value) => `?key=${percentAll(value)}&x=1`, plain: false },
  {
    name: 'percent, everything, small letters',
    dress: (value) => `?key=${percentAll(value).toLowerCase()}&x=1`,
    plain: false,
  },
  {
    name: 'utf-16, the upper byte first',
    dress: (value) => Buffer.from(`key = ${value}\r\n`, 'utf16le').swap16().toString('latin1'),
    plain: false,
    raw: true,
  },
  {
    name: 'utf-16',
    dress: (value) => Buffer.from(`key = ${value}\r\n`, 'utf16le').toString('latin1'),
    plain: false,
    raw: true,
  },
  {
    name: 'base64 of utf-16',
    dress: (value) => `powershell -EncodedCommand ${base64(Buffer.from(`$k='${value}'; run`, 'utf16le'))}`,
    plain: false,
  },
  { name: 'wrapped', dress: (value, dice) => `  ${cut(value, 2, dice).join('\n  ')}\n`, plain: false },
  { name: 'wrapped at 20', dress: (value) => wrap(value, 20), plain: false },
  {
    name: 'wrapped, CRLF',
    dress: (value, dice) => cut(value, 3, dice).join('\r\n    '),
    plain: false,
  },
  {
    name: 'backtick and newline',
    dress: (value, dice) => `Invoke-RestMethod -Key ${cut(value, 2, dice).join('`\r\n')} -x`,
    plain: false,
  },
  {
    name: 'concatenated in PowerShell',
    dress: (value, dice) =>
      `$k = ${cut(value, 3, dice)
        .map((piece) => `'${piece}'`)
        .join(' + `\n      ')}`,
    plain: false,
  },
  {
    name: 'backslash and newline',
    dress: (value, dice) => `curl -H ${cut(value, 2, dice).join('\\\n')} x`,
    plain: false,
  },
  {
    name: 'concatenated',
    dress: (value, dice) =>
      `k = ${cut(value, 3, dice)
        .map((piece) => `"${piece}"`)
        .join(' + ')};`,
    plain: false,
  },
  {
    name: 'concatenated over lines',
    dress: (value, dice) =>
      `k = ${cut(value, 4, dice)
        .map((piece) => `'${piece}'`)
        .join(' +\n      ')};`,
    plain: false,
  },
  {
    name: 'adjacent literals',
    dress: (value, dice) =>
      `char *k = ${cut(value, 3, dice)
        .map((piece) => `"${piece}"`)
        .join('\n    ')};`,
    plain: false,
  },
  {
    name: 'dots (PHP)',
    dress: (value, dice) =>
      `$k = ${cut(value, 2, dice)
        .map((piece) => `'${piece}'`)
        .join(' . ')};`,
    plain: false,
  },
  {
    name: 'quoted-printable',
    dress: (value, dice) => cut(value.replaceAll('=', '=3D'), 2, dice).join('=\r\n'),
    plain: false,
  },
];
