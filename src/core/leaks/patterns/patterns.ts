// Unknown keys: which literals lead to them in a catalogue, and the judge of the places where one stands. docs/scanning.md §2.
import type { KeyKind } from '../../model/key.ts';
import { fullMask, maskValue } from '../../providers/mask.ts';
import type { KeyFormat } from '../../providers/format.ts';
import type { ProviderDefinition } from '../../providers/provider.ts';
import type { PatternLiteral, UnknownJudge, UnknownMatch } from '../matching.ts';
import { namedValueAt } from './assignment-at.ts';
import { decidedBase64, valueOfMatch } from './encoded-value.ts';
import { addressLiteral, addressPattern, createAddressJudge } from './judge-address.ts';
import { createBase64Judge, type Base64Judge } from './judge-base64.ts';
import { judgeLed } from './judge-led.ts';
import { createNamedJudge, genericPattern } from './judge-named.ts';
import { leadsOfCatalogue } from './leads.ts';
import { createPlainSearch } from './plain-search.ts';
import { judgePrivateKey, privateKeyLiteral, privateKeyPattern } from './private-key.ts';
import { textWindow } from './text-window.ts';

export type PatternOptions = {
  /** Also values of nobody's format behind names that speak of a secret (`--all-patterns`). */
  readonly generic: boolean;
  /** Also keys in base64, where it begins like one or stands where a secret is announced. */
  readonly encoded?: boolean;
};

/** Parts of names behind which a value is looked at; small letters. */
const announcingWords = [
  'passw',
  'passphrase',
  'pwd',
  'secret',
  'token',
  'apikey',
  'accesskey',
  'privatekey',
  '_key',
  '-key',
  'credential',
  'authorization',
] as const;

const wordLiteral = (text: string): PatternLiteral => ({
  text,
  anyCase: true,
  beginsWord: false,
  sequel: { what: 'assignment' },
});

type JudgedLiteral = {
  readonly literal: PatternLiteral;
  readonly judge: (bytes: Uint8Array, at: number) => UnknownMatch | null;
};

/** Places at which logins stand in base64, whatever their value begins with. */
const loginWords = ['"auth"', '_auth'] as const;
const basicLiteral: PatternLiteral = {
  text: 'Basic ',
  anyCase: false,
  beginsWord: true,
  sequel: { what: 'run', range: 'A-Za-z0-9+/', least: 16 },
};

/**
 * Beginnings that are also looked for as base64 has them. Few: each is four characters of any text to the engine, and all of them would halve
 * its speed (test/bench/pattern-bench.ts). Other keys in base64 are found behind a word that announces one.
 */
const usualBeginnings = ['sk_', 'sk-', 'ghp_', 'github_pat_', 'glpat-', 'xox', '-----BEGIN '] as const;
const valueReach = 640;
const nameReach = 80;

/** By which literals keys in base64 are found: as some of them begin there, and by what announces a login. */
const encodedLiterals = (judge: Base64Judge): readonly JudgedLiteral[] => [
  ...usualBeginnings.map((text) => ({
    literal: { text: decidedBase64(text), anyCase: false, beginsWord: true, sequel: base64Sequel },
    judge,
  })),
  {
    literal: basicLiteral,
    judge: (bytes, at) => judge(bytes, at + basicLiteral.text.length),
  },
  ...loginWords.map((text) => ({
    literal: { ...wordLiteral(text), anyCase: false },
    judge: (bytes: Uint8Array, at: number) => judgeBehind(judge, bytes, at, text.length),
  })),
];

const base64Sequel = { what: 'run', range: 'A-Za-z0-9+/_\\-', least: 8 } as const;

/** The value behind a name, where that is base64. */
const judgeBehind = (
  judge: Base64Judge,
  bytes: Uint8Array,
  at: number,
  wordLength: number,
): UnknownMatch | null => {
  const { text, from } = textWindow(bytes, at - nameReach, at + valueReach);
  const named = namedValueAt(text, at - from, at - from + wordLength);
  return named === undefined ? null : judge(bytes, from + named.start);
};

const plainLiterals = (
  catalogue: readonly ProviderDefinition[],
  { generic }: PatternOptions,
  encoded: Base64Judge | null,
): readonly JudgedLiteral[] => {
  const named = createNamedJudge(catalogue, generic);
  return [
    ...leadsOfCatalogue(catalogue).map((lead) => ({
      literal: lead.literal,
      judge: (bytes: Uint8Array, at: number) => judgeLed(lead, bytes, at),
    })),
    { literal: privateKeyLiteral, judge: judgePrivateKey },
    { literal: addressLiteral, judge: createAddressJudge(catalogue) },
    ...announcingWords.map((text) => ({
      literal: wordLiteral(text),
      judge: (bytes: Uint8Array, at: number) =>
        named(bytes, at, text.length) ??
        (encoded === null ? null : judgeBehind(encoded, bytes, at, text.length)),
    })),
  ];
};

const judgedLiterals = (
  catalogue: readonly ProviderDefinition[],
  options: PatternOptions,
): readonly JudgedLiteral[] => {
  if (options.encoded !== true) return plainLiterals(catalogue, options, null);
  const judge = createBase64Judge(createPlainSearch(patternsFor(catalogue, { generic: false })));
  return [...plainLiterals(catalogue, options, judge), ...encodedLiterals(judge)];
};

const formatOfPattern = (
  catalogue: readonly ProviderDefinition[],
  pattern: string,
): KeyFormat | undefined => {
  const [provider, format] = pattern.split('/');
  return catalogue.find(({ id }) => id === provider)?.formats.find(({ id }) => id === format);
};

/** What a pattern's name says: whose format it is, for lists and severity. */
export type DescribedPattern = {
  /** Null for a value of nobody's format. */
  readonly provider: string | null;
  readonly kind: KeyKind;
  /** `Stripe: secret key, live`. */
  readonly label: string;
};

const withoutProvider: Readonly<Record<string, string>> = {
  [genericPattern]: 'a secret by its name',
  [privateKeyPattern]: 'a private key',
  [addressPattern]: 'an address with a password',
};

/** Describes a pattern of a match, by the catalogue that is in force now; a pattern that it does not have is described by its name. */
export const describePattern = (
  catalogue: readonly ProviderDefinition[],
  pattern: string,
): DescribedPattern => {
  const provider = catalogue.find(({ id }) => id === pattern.split('/')[0]);
  const format = formatOfPattern(catalogue, pattern);
  if (provider === undefined || format === undefined)
    return { provider: null, kind: 'unknown', label: withoutProvider[pattern] ?? pattern };
  return { provider: provider.id, kind: format.kind, label: `${provider.name}: ${format.label}` };
};

/**
 * The judge of unknown values by a catalogue. Literals and judgements are the same for the same catalogue and options.
 * @param catalogue built-in providers and a person's own
 */
export const patternsFor = (
  catalogue: readonly ProviderDefinition[],
  options: PatternOptions,
): UnknownJudge => {
  const judged = judgedLiterals(catalogue, options);
  return {
    prefixes: judged.map(({ literal }) => literal),
    judge: (bytes, at, prefix) => judged[prefix]?.judge(bytes, at) ?? null,
    maskOf: (bytes, match) => {
      const format = formatOfPattern(catalogue, match.pattern);
      if (format === undefined || format.document === true) return fullMask;
      const value = valueOfMatch(bytes, match);
      const mask = maskValue(format, textWindow(value, 0, value.length).text);
      value.fill(0);
      return mask;
    },
  };
};
