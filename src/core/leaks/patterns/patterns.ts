// Unknown keys: which literals lead to them in a catalogue, and the judge of the places where one stands. docs/scanning.md §2.
import type { KeyKind } from '../../model/key.ts';
import { fullMask, maskValue } from '../../providers/mask.ts';
import type { KeyFormat } from '../../providers/format.ts';
import type { ProviderDefinition } from '../../providers/provider.ts';
import type { PatternLiteral, UnknownJudge, UnknownMatch } from '../matching.ts';
import { addressLiteral, addressPattern, createAddressJudge } from './judge-address.ts';
import { judgeLed } from './judge-led.ts';
import { createNamedJudge, genericPattern } from './judge-named.ts';
import { leadsOfCatalogue } from './leads.ts';
import { judgePrivateKey, privateKeyLiteral, privateKeyPattern } from './private-key.ts';
import { textWindow } from './text-window.ts';

export type PatternOptions = {
  /** Also values of nobody's format behind names that speak of a secret (`--all-patterns`). */
  readonly generic: boolean;
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

const judgedLiterals = (
  catalogue: readonly ProviderDefinition[],
  { generic }: PatternOptions,
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
      judge: (bytes: Uint8Array, at: number) => named(bytes, at, text.length),
    })),
  ];
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
    maskOf: (bytes, { pattern, start, end }) => {
      const format = formatOfPattern(catalogue, pattern);
      return format === undefined || format.document === true
        ? fullMask
        : maskValue(format, textWindow(bytes, start, end).text);
    },
  };
};
