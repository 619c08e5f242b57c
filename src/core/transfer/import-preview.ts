// Shows what an import of a `.env` file would do: one row for each variable, with what it would become and why. It imports
// nothing; apply-choices.ts turns a preview that a person has seen into keys and variables.
import type { DotenvDocument } from '../delivery/dotenv-document.ts';
import { builtInCatalogue, type Catalogue } from '../providers/whole-catalogue.ts';
import { classifyVariable } from '../providers/classify-variable.ts';
import { maskField } from '../providers/mask.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import { recognise } from '../providers/recognise.ts';
import { coveredFields } from '../providers/take-apart.ts';
import { groupFields } from './group-fields.ts';
import type { FieldGroup } from './group-fields.ts';
import { judgeEntry } from './judge-entry.ts';
import type {
  ExistingNames,
  ImportPreview,
  JudgedEntry,
  PreviewJudge,
  PreviewRow,
  PreviewWarning,
} from './preview-types.ts';

export type {
  ExistingNames,
  ImportPreview,
  PreviewJudge,
  PreviewRow,
  PreviewWarning,
} from './preview-types.ts';

/** The judgements of a catalogue. */
export const judgeOf = (catalogue: Catalogue): PreviewJudge => ({
  providers: catalogue.providers,
  recognise: (text, options) => recognise(text, options, catalogue.providers),
  classify: (name, value) => classifyVariable(name, value, catalogue),
  mask: maskField,
});

/** The judgements of the built-in providers. */
export const builtInJudge: PreviewJudge = judgeOf(builtInCatalogue);

/** An environment that holds nothing yet. */
export const nothingThere: ExistingNames = { variables: new Set(), holderOf: () => null };

/** Settings are shown up to this many characters. */
const maxShown = 60;

const shorten = (text: string): string => (text.length <= maxShown ? text : `${text.slice(0, maxShown)}…`);

const existingWarnings = (
  existing: ExistingNames,
  { entry, treatedAs }: JudgedEntry,
): readonly PreviewWarning[] => {
  const warnings: PreviewWarning[] = [];
  if (treatedAs === 'skip') return warnings;
  if (existing.variables.has(entry.name))
    warnings.push({
      code: 'variable-taken',
      message: `This environment already has a value for ${entry.name}.`,
    });
  const holder = treatedAs === 'key' ? entry.value.use(existing.holderOf) : null;
  if (holder !== null)
    warnings.push({ code: 'value-known', message: `The vault already holds this value, as ${holder}.` });
  return warnings;
};

const missingWarnings = (
  provider: ProviderDefinition | undefined,
  group: FieldGroup,
): readonly PreviewWarning[] => {
  if (provider === undefined) return [];
  const covered = coveredFields(provider, group.fields.keys());
  return provider.fields
    .filter((field) => field.required && !covered.has(field.name))
    .map((field) => ({
      code: 'missing-field',
      message: `The file has no ${field.label.toLowerCase()} for this key.`,
    }));
};

type Place = { readonly group: FieldGroup; readonly field: string; readonly leader: JudgedEntry };

const placesOf = (groups: readonly FieldGroup[]): ReadonlyMap<JudgedEntry, Place> => {
  const places = new Map<JudgedEntry, Place>();
  for (const group of groups) {
    const [leader] = group.fields.values();
    if (leader !== undefined)
      for (const [field, judged] of group.fields) places.set(judged, { group, field, leader });
  }
  return places;
};

const aloneRow = (judge: PreviewJudge, judged: JudgedEntry): Omit<PreviewRow, 'warnings'> => {
  const { entry, treatedAs, reason, kind, text } = judged;
  const isKey = treatedAs === 'key';
  const shown = treatedAs === 'variable' ? shorten(text ?? '') : judge.mask(undefined, 'secret', text ?? '');
  return {
    name: entry.name,
    line: entry.line,
    treatedAs,
    provider: null,
    kind,
    field: isKey ? 'secret' : null,
    leader: isKey ? entry.name : null,
    companions: [],
    masked: treatedAs === 'skip' ? '' : shown,
    reason,
  };
};

const groupedRow = (judge: PreviewJudge, judged: JudgedEntry, place: Place): Omit<PreviewRow, 'warnings'> => {
  const provider = judge.providers.find(({ id }) => id === place.group.provider);
  const leads = place.leader === judged;
  const others = [...place.group.fields.values()].filter((each) => each !== judged);
  const label = provider?.fields.find(({ name }) => name === place.field)?.label ?? place.field;
  return {
    name: judged.entry.name,
    line: judged.entry.line,
    treatedAs: 'key',
    provider: place.group.provider,
    kind: place.leader.kind,
    field: place.field,
    leader: place.leader.entry.name,
    companions: leads ? others.map(({ entry }) => entry.name) : [],
    masked: shorten(judge.mask(provider, place.field, judged.text ?? '')),
    reason:
      leads && judged.provider !== null
        ? judged.reason
        : `${label} of a key of ${provider?.name ?? place.group.provider}.`,
  };
};

const namedOnly = (judged: JudgedEntry, place: Place): readonly PreviewWarning[] =>
  place.leader === judged && judged.provider === null
    ? [
        {
          code: 'possible',
          message: 'It is taken for this provider by the names of the variables: check that it is.',
        },
      ]
    : [];

const rowOf = (
  judge: PreviewJudge,
  existing: ExistingNames,
  judged: JudgedEntry,
  place: Place | undefined,
): PreviewRow => {
  if (place === undefined)
    return {
      ...aloneRow(judge, judged),
      warnings: [...judged.warnings, ...existingWarnings(existing, judged)],
    };
  const provider = judge.providers.find(({ id }) => id === place.group.provider);
  const warnings = [
    ...judged.warnings,
    ...namedOnly(judged, place),
    ...existingWarnings(existing, judged),
    ...(place.leader === judged ? missingWarnings(provider, place.group) : []),
  ];
  return { ...groupedRow(judge, judged, place), warnings };
};

/**
 * Builds the preview of an import: what each variable of the file would become.
 * @param document stays the owner of the values; keep it until the choices are applied, then wipe it
 * @param existing what the target environment holds
 */
export const buildImportPreview = (
  document: DotenvDocument,
  judge: PreviewJudge = builtInJudge,
  existing: ExistingNames = nothingThere,
): ImportPreview => {
  const unclosed = new Set(
    document.problems.flatMap(({ kind, line }) => (kind === 'unclosed-quote' ? [line] : [])),
  );
  const counts = new Map<string, number>();
  for (const { name } of document.entries) counts.set(name, (counts.get(name) ?? 0) + 1);
  const judged = document.entries
    .filter(({ wins }) => wins)
    .map((entry) => judgeEntry(judge, entry, (counts.get(entry.name) ?? 1) - 1, unclosed.has(entry.line)));
  const places = placesOf(groupFields(judge, judged));
  return { document, rows: judged.map((each) => rowOf(judge, existing, each, places.get(each))) };
};
