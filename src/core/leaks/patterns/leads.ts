// By which literals the formats of a catalogue are found, and what must stand behind one for the place to be worth a look.
import type { KeyFormat } from '../../providers/format.ts';
import { compilePattern } from '../../providers/pattern.ts';
import type { ProviderDefinition } from '../../providers/provider.ts';
import type { LiteralSequel, PatternLiteral } from '../matching.ts';
import { aroundLiteral, leastOf, type Atom } from './atoms.ts';

/** A format whose values a literal leads to. */
export type Led = {
  readonly provider: ProviderDefinition;
  readonly format: KeyFormat;
  /** Where in the value the literal may stand. */
  readonly offsets: readonly number[];
};

export type Lead = { readonly literal: PatternLiteral; readonly led: readonly Led[] };

/** Shorter ones stand everywhere. */
const shortest = 2;
/** A literal of this length says enough to be taken in the middle of a word. */
const tellingLength = 8;
/** More characters behind a literal are not asked for. */
const mostAsked = 24;
/** Where a literal's place is not fixed, it is looked for so far into the value. */
const furthest = 64;

const anyVisible = '!-~';

/** Which characters the first `mostAsked` behind a literal can be, and how many there are at least. */
const runAfter = (after: readonly Atom[]): LiteralSequel => {
  const least = Math.min(mostAsked, leastOf(after));
  let earliest = 0;
  let range = '';
  for (const atom of after) {
    if (earliest >= least) break;
    range += atom.range;
    earliest += atom.min;
  }
  return least === 0 ? { what: 'run', range: anyVisible, least: 1 } : { what: 'run', range, least };
};

const sequelOf = (text: string, after: readonly Atom[] | undefined): LiteralSequel => {
  if (text.endsWith('://')) return { what: 'credentials' };
  return after === undefined ? { what: 'run', range: anyVisible, least: 4 } : runAfter(after);
};

/** Where the literal stands within the value: known where all before it is of fixed length. */
const offsetsOf = (before: readonly Atom[] | undefined): readonly number[] => {
  if (before === undefined) return [0];
  if (before.every(({ min, max }) => min === max)) return [leastOf(before)];
  return Array.from({ length: furthest }, (_, offset) => offset);
};

/** The literals of one format; none where it has none that is worth looking for. */
export const leadsOfFormat = (provider: ProviderDefinition, format: KeyFormat): readonly Lead[] =>
  compilePattern(format.pattern)
    .anchors.filter(({ text }) => text.length >= shortest)
    .map(({ text }) => {
      const around = aroundLiteral(format.pattern, text);
      const offsets = offsetsOf(around?.before);
      return {
        literal: {
          text,
          anyCase: false,
          beginsWord: offsets[0] === 0 && text.length < tellingLength,
          sequel: sequelOf(text, around?.after),
        },
        led: [{ provider, format, offsets }],
      };
    });

const mergeSequels = (left: LiteralSequel, right: LiteralSequel): LiteralSequel =>
  left.what === 'run' && right.what === 'run'
    ? { what: 'run', range: left.range + right.range, least: Math.min(left.least, right.least) }
    : left;

const merge = (left: Lead, right: Lead): Lead => ({
  literal: {
    ...left.literal,
    beginsWord: left.literal.beginsWord && right.literal.beginsWord,
    sequel: mergeSequels(left.literal.sequel, right.literal.sequel),
  },
  led: [...left.led, ...right.led],
});

/** True for what is looked for by its beginning: a secret, and no whole file. */
export const isLed = (format: KeyFormat): boolean =>
  format.match === 'prefix' && format.sensitivity === 'secret' && format.document !== true;

/** All literals of a catalogue, each once. */
export const leadsOfCatalogue = (catalogue: readonly ProviderDefinition[]): readonly Lead[] => {
  const leads = new Map<string, Lead>();
  for (const provider of catalogue)
    for (const format of provider.formats.filter(isLed))
      for (const lead of leadsOfFormat(provider, format)) {
        const known = leads.get(lead.literal.text);
        leads.set(lead.literal.text, known === undefined ? lead : merge(known, lead));
      }
  return [...leads.values()];
};
