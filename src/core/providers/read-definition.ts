// Reads definitions from outside: a person's own provider (an in-house API), or an update of built-in ones. Facts are data, so no
// build is needed; and whatever the file says, it can do no more than a built-in definition. Total: it answers, it never throws.
import { fail } from '../model/app-error.ts';
import { ok, type Result } from '../model/result.ts';
import type { JsonValue } from '../model/json.ts';
import {
  completeProvider,
  freezeDefinition,
  type FormatInput,
  type ProviderInput,
} from './define-provider.ts';
import { plainCopy } from './outside/plain-copy.ts';
import { providerShape } from './outside/provider-shape.ts';
import { outsidePriority, outsideProblems, ownProblems } from './outside/rules.ts';
import { list, object, oneOf, problemsOf, type Rule } from './outside/shape.ts';
import { updateProblems } from './outside/update-rules.ts';
import { builtInProviders } from './provider-list.ts';
import type { ProviderDefinition } from './provider.ts';
import { validateProvider } from './validate-provider.ts';

/** Most providers in one document. */
export const maxDefinitions = 100;
/** More problems than these are not told at once. */
const maxTold = 5;

export type ReadOptions = {
  /** What the document is called in messages: a file's name. */
  readonly source: string;
  /** The providers that Keyturn has itself; an id of theirs makes a definition an update. */
  readonly builtIn?: readonly ProviderDefinition[];
  /** YYYY-MM-DD. A fact verified after it would keep every later update out, and is refused; not looked at where absent. */
  readonly today?: string;
};

const anything: Rule = () => undefined;
const documentShape = object<{ keyturn: string; version: number; providers: unknown }>({
  keyturn: oneOf(['providers']),
  version: oneOf([1]),
  providers: list(anything, maxDefinitions, 1),
});

const refuse = (source: string, problems: readonly string[]): Result<never> => {
  const told = problems.slice(0, maxTold).join('; ');
  const more = problems.length > maxTold ? `; and more` : '';
  return fail(
    'bad-input',
    `${source} was not taken: ${told}${more}. Nothing was changed.`,
    'Correct the entries that are named. docs/adding-a-provider.md has an example.',
    { file: source },
  );
};

type Named = { readonly id?: JsonValue };

const nameOf = (entry: JsonValue, index: number): string => {
  const id = typeof entry === 'object' && entry !== null ? (entry as Named).id : undefined;
  return typeof id === 'string' ? `provider "${id.slice(0, 60)}"` : `providers[${index}]`;
};

const withPriority = (
  formats: readonly FormatInput[],
  known: ProviderDefinition | undefined,
): readonly FormatInput[] =>
  formats.map((format) => ({
    ...format,
    priority:
      format.priority ?? known?.formats.find(({ id }) => id === format.id)?.priority ?? outsidePriority,
  }));

type Judged = { readonly definition?: ProviderDefinition; readonly problems: readonly string[] };

const judge = (entry: JsonValue, { builtIn = builtInProviders, today }: ReadOptions): Judged => {
  const shape = problemsOf(providerShape, entry, '');
  if (shape.length > 0) return { problems: shape.map((problem) => problem.replace(/^: /, '')) };
  // The shape has just been proven, entry by entry.
  const input = entry as unknown as ProviderInput;
  const known = builtIn.find(({ id }) => id === input.id);
  const definition = completeProvider({ ...input, formats: withPriority(input.formats, known) });
  const problems = [...validateProvider(definition)];
  for (const fact of definition.facts)
    if (today !== undefined && fact.verifiedOn > today)
      problems.push(`fact ${fact.id}: ${fact.verifiedOn} is still to come`);
  if (problems.length === 0) problems.push(...outsideProblems(definition, known));
  if (problems.length === 0)
    problems.push(...(known ? updateProblems(definition, known) : ownProblems(definition, builtIn)));
  return { definition, problems };
};

const judgeAll = (
  entries: readonly JsonValue[],
  options: ReadOptions,
): { readonly definitions: readonly ProviderDefinition[]; readonly problems: readonly string[] } => {
  const definitions: ProviderDefinition[] = [];
  const problems: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const name = nameOf(entry, index);
    const { definition, problems: found } = judge(entry, options);
    problems.push(...found.map((problem) => `${name}: ${problem}`));
    if (definition === undefined) continue;
    if (definitions.some(({ id }) => id === definition.id)) problems.push(`${name}: stands twice`);
    definitions.push(freezeDefinition(definition));
  }
  return { definitions, problems };
};

/**
 * Reads a document `{"keyturn": "providers", "version": 1, "providers": [...]}`. All of it or nothing.
 * @param document JSON text, or what was parsed from it; anything at all is answered
 * @returns complete, frozen definitions; whether one is an update is told by its id being a built-in one
 */
export const readDefinitions = (
  document: unknown,
  options: ReadOptions,
): Result<readonly ProviderDefinition[]> => {
  const { source } = options;
  const copy = plainCopy(document);
  if ('problem' in copy) return refuse(source, [copy.problem]);
  const { data } = copy;
  const shape = problemsOf(documentShape, data, '');
  if (shape.length > 0)
    return refuse(
      source,
      shape.map((problem) => problem.replace(/^: /, '')),
    );
  const { providers } = data as { readonly providers: readonly JsonValue[] };
  const { definitions, problems } = judgeAll(providers, options);
  return problems.length > 0 ? refuse(source, problems) : ok(definitions);
};

/** Writes definitions as a document that {@link readDefinitions} takes. */
export const writeDefinitions = (definitions: readonly ProviderDefinition[]): string =>
  `${JSON.stringify({ keyturn: 'providers', version: 1, providers: definitions }, null, 2)}\n`;
