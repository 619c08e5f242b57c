// A pasted text on its way to becoming a key. The text and its values stay here, in the agent; what leaves are providers,
// masks and hints. Pure: every step makes a new draft.
import type { RecordId } from '../model/ids.ts';
import type { KeyKind } from '../model/key.ts';
import { findAssignments } from '../providers/assignments.ts';
import { builtInCatalogue, type Catalogue } from '../providers/whole-catalogue.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import { recognise } from '../providers/recognise.ts';
import type { Candidate } from '../providers/recognition.ts';
import { readRange } from '../providers/text-range.ts';
import { mainFieldOf as mainFieldOfProvider } from '../providers/take-apart.ts';
import { arrangeValues } from './arrange-values.ts';
import { recogniseValues } from './recognise-values.ts';

export type Draft = {
  readonly id: RecordId;
  readonly text: string;
  readonly candidates: readonly Candidate[];
  /** Null where nobody's, or not yet known. */
  readonly chosen: string | null;
  readonly kind: KeyKind;
  readonly classId: string | undefined;
  /** By field name; secret. */
  readonly values: Readonly<Record<string, string>>;
  /** The variable that stood before the value. */
  readonly variable: string | undefined;
  /** The field that the value fills. */
  readonly mainField: string;
};

const unquote = (text: string): string => /^(["'`])([\s\S]*)\1$/.exec(text)?.[2] ?? text;

/** A text in which nothing was recognised: `NAME=value` gives the value, anything else is the value. */
const readUnknown = (text: string): Read => {
  const trimmed = text.trim();
  const assigned = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(trimmed);
  const [first] = assigned === null ? [] : findAssignments(trimmed, 1);
  if (assigned !== null && first !== undefined) {
    return { values: only(unquote((assigned[2] ?? '').trim())), variable: assigned[1], mainField: 'secret' };
  }
  return { values: only(unquote(trimmed)), variable: undefined, mainField: 'secret' };
};

const only = (value: string): Readonly<Record<string, string>> => (value === '' ? {} : { secret: value });

const readCandidate = (text: string, candidate: Candidate): Readonly<Record<string, string>> =>
  Object.fromEntries(
    candidate.fields.map(({ name, range }, index) => [
      name,
      // Of a value that runs into the next word, the part that is the key.
      readRange(text, index === 0 && candidate.malformed.length > 0 ? (candidate.suggested ?? range) : range),
    ]),
  );

const mainFieldOf = (candidate: Candidate): string => candidate.fields[0]?.name ?? 'secret';

type Read = Pick<Draft, 'values' | 'variable' | 'mainField'>;

/** In the fields of the provider; a connection string behind a variable stays whole. */
const inPlace = (provider: ProviderDefinition | undefined, read: Read): Read => {
  const { values, variables } = arrangeValues(provider, {
    values: read.values,
    variables: read.variable === undefined ? {} : { [read.mainField]: read.variable },
  });
  const mainField =
    Object.keys(variables)[0] ??
    (values[read.mainField] !== undefined || provider === undefined
      ? read.mainField
      : mainFieldOfProvider(provider));
  return { ...read, values, mainField };
};

const claims = (candidate: Candidate, provider: string): boolean =>
  candidate.provider === provider || candidate.alternatives.some((other) => other.provider === provider);

const settle = (
  base: Pick<Draft, 'id' | 'text' | 'candidates'>,
  provider: string | null | undefined,
  catalogue: Catalogue,
): Draft => {
  const candidate =
    typeof provider === 'string'
      ? base.candidates.find((each) => claims(each, provider))
      : base.candidates.find(({ confidence }) => provider === undefined && confidence === 'certain');
  if (candidate === undefined) {
    const found = provider === undefined ? base.candidates[0] : undefined;
    const definition = typeof provider === 'string' ? catalogue.find(provider) : undefined;
    return {
      ...base,
      chosen: provider ?? null,
      kind: 'unknown',
      classId: undefined,
      ...(found === undefined
        ? inPlace(definition, readUnknown(base.text))
        : {
            values: readCandidate(base.text, found),
            variable: found.variable,
            mainField: mainFieldOf(found),
          }),
    };
  }
  const chosen = typeof provider === 'string' ? provider : candidate.provider;
  const read = readCandidate(base.text, candidate);
  const { kind, classId } = recogniseValues(catalogue.find(chosen), read, catalogue);
  const { variable } = candidate;
  const placed = inPlace(catalogue.find(chosen), {
    values: read,
    variable,
    mainField: mainFieldOf(candidate),
  });
  return { ...base, chosen, kind, classId, ...placed };
};

/**
 * Reads a pasted text.
 * @param provider the one a person chose; null for none; undefined where the text is to say
 */
export const beginDraft = (
  id: RecordId,
  text: string,
  provider?: string | null,
  catalogue = builtInCatalogue,
): Draft => {
  const options = typeof provider === 'string' ? { provider } : {};
  const { candidates } = recognise(text, options, catalogue.providers);
  return settle({ id, text, candidates }, provider, catalogue);
};

/** Takes another provider, and another kind where one is given. Values a person typed since stay. */
export const chooseProvider = (
  draft: Draft,
  provider: string | null,
  kind: KeyKind | undefined,
  catalogue = builtInCatalogue,
): Draft => {
  const again = beginDraft(draft.id, draft.text, provider, catalogue);
  const values =
    draft.text === '' ? draft.values : { ...again.values, ...keptValues(draft, provider, catalogue) };
  const recognised = recogniseValues(
    provider === null ? undefined : catalogue.find(provider),
    values,
    catalogue,
  );
  return { ...again, values, kind: kind ?? recognised.kind, classId: recognised.classId };
};

const keptValues = (
  draft: Draft,
  provider: string | null,
  catalogue: Catalogue,
): Readonly<Record<string, string>> => {
  const names =
    provider === null ? ['secret'] : (catalogue.find(provider)?.fields ?? []).map(({ name }) => name);
  const before = beginDraft(draft.id, draft.text, draft.chosen, catalogue).values;
  return Object.fromEntries(
    Object.entries(draft.values).filter(([name, value]) => names.includes(name) && before[name] !== value),
  );
};

/** Puts a text into one field; an empty one clears it. A text with wrapping around the value gives the value. */
export const fillField = (draft: Draft, field: string, text: string, catalogue = builtInCatalogue): Draft => {
  const provider = draft.chosen === null ? undefined : catalogue.find(draft.chosen);
  const found = fieldIn(provider, field, text, catalogue);
  const others = Object.fromEntries(Object.entries(draft.values).filter(([name]) => name !== field));
  const values = found === '' ? others : { ...others, [field]: found };
  const recognised = recogniseValues(provider, values, catalogue);
  const kind = recognised.kind === 'unknown' ? draft.kind : recognised.kind;
  return { ...draft, values, kind, classId: recognised.classId };
};

const fieldIn = (
  provider: ProviderDefinition | undefined,
  field: string,
  text: string,
  catalogue: Catalogue,
): string => {
  const trimmed = text.trim();
  if (provider === undefined) return trimmed;
  const { candidates, single } = recognise(trimmed, { provider: provider.id }, catalogue.providers);
  const range = single ? candidates[0]?.fields.find(({ name }) => name === field)?.range : undefined;
  return range === undefined ? trimmed : readRange(trimmed, range);
};

/** A name for the key: its variable in small letters, else its provider and kind. */
export const suggestName = (draft: Draft): string => {
  if (draft.variable !== undefined) return draft.variable.toLowerCase().replaceAll('_', '-');
  if (draft.chosen === null) return '';
  return draft.kind === 'unknown' ? draft.chosen : `${draft.chosen}-${draft.kind}`;
};
