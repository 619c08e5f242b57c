// Refuses a definition that would be wrong, slow or dangerous: unbounded patterns, masks that show a secret, addresses
// without TLS, facts without a source. Runs over every built-in file at load and over every definition from outside.
import { compilePattern, literalPrefixOf, partLengths } from './pattern.ts';
import { alphabets, type KeyFormat, type Part, type Pattern } from './format.ts';
import type { ProviderDefinition } from './provider.ts';
import { addressProblems } from './validate-addresses.ts';
import { checkProblems } from './validate-check.ts';

const idForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const dateForm = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const variableForm = /^[A-Z][A-Z0-9_]{0,63}$/;
const fingerprintForm = /^[0-9a-f]{16}$/;
const maxPatternLength = 4096;
/** How many characters beyond the public part a mask may show, and how many bits it must leave unknown. */
export const maskAllowance = 4;
export const minHiddenBits = 80;

const overlaps = (left: Part, right: Part): boolean => {
  if (!('alphabet' in left) || !('alphabet' in right)) return false;
  const member = new RegExp(`[${alphabets[right.alphabet].range}]`);
  for (let code = 33; code < 127; code += 1) {
    const character = String.fromCharCode(code);
    if (new RegExp(`[${alphabets[left.alphabet].range}]`).test(character) && member.test(character))
      return true;
  }
  return false;
};

const partProblems = (parts: readonly Part[]): string[] => {
  const problems: string[] = [];
  if (parts.length === 0) problems.push('a pattern needs at least one part');
  parts.forEach((part, index) => {
    const [min, max] = partLengths(part);
    if (!(min >= 1 && max >= min && Number.isInteger(min) && Number.isInteger(max)))
      problems.push(`part ${index + 1} has no sensible length`);
    const next = parts[index + 1];
    const variable = 'alphabet' in part && part.min !== part.max;
    if (variable && next && overlaps(part, next))
      problems.push(`part ${index + 1} of variable length runs into the next one of the same characters`);
  });
  return problems;
};

const isRegularExpression = (source: string): boolean => {
  try {
    return new RegExp(source, 'y').sticky;
  } catch {
    return false;
  }
};

/** Problems of a regular expression given as text: it must be bounded and free of nested repeats. */
export const sourceProblems = (source: string): string[] => {
  const bare = source.replace(/\\[^1-9k]/g, '_').replace(/\[(?:[^\]])*\]/g, '_');
  const problems: string[] = [];
  if (/[*+]|\{\d*,\}/.test(bare)) problems.push('a repeat has no upper bound');
  if (/\\[1-9k]/.test(bare)) problems.push('a back reference is not allowed');
  if (/\)(?:\{)/.test(bare)) problems.push('a repeated group is not allowed');
  if (/\(\?<?[=!]/.test(bare)) problems.push('look-around is not allowed');
  if (/\^|\$/.test(bare)) problems.push('the ends are anchored by Keyturn, not by the pattern');
  if (!isRegularExpression(source)) problems.push('it is not a regular expression');
  return problems;
};

const patternProblems = (pattern: Pattern): string[] => {
  if ('parts' in pattern) return partProblems(pattern.parts);
  const problems = sourceProblems(pattern.source);
  if (!(pattern.maxLength > 0)) problems.push('maxLength is missing');
  for (const name of pattern.fills ?? [])
    if (!pattern.source.includes(`(?<${name}>`)) problems.push(`no group of the pattern fills "${name}"`);
  return problems;
};

const formatProblems = (format: KeyFormat, fieldNames: ReadonlySet<string>): string[] => {
  const problems = patternProblems(format.pattern);
  if (problems.length > 0) return problems;
  const pattern = compilePattern(format.pattern);
  if (pattern.maxLength > maxPatternLength) problems.push(`longer than ${maxPatternLength} characters`);
  if (format.match === 'prefix' && pattern.anchors.length === 0)
    problems.push('a prefix format needs a literal at a fixed place');
  if (format.match === 'shape' && literalPrefixOf(format.pattern).length >= 4)
    problems.push('a shape format with a prefix should be a prefix format');
  for (const name of [format.field, ...('parts' in format.pattern ? [] : (format.pattern.fills ?? []))])
    if (!fieldNames.has(name)) problems.push(`field "${name}" is not declared`);
  if (format.maskLength > format.publicLength + maskAllowance)
    problems.push('the mask shows more than the public part and four characters');
  return problems;
};

type Named = { readonly id: string };

const duplicateIds = (what: string, entries: readonly Named[]): string[] =>
  entries
    .filter((entry, index) => entries.findIndex((other) => other.id === entry.id) !== index)
    .map((entry) => `${what} "${entry.id}" stands twice`);

const fieldProblems = (definition: ProviderDefinition): string[] => {
  const problems: string[] = [];
  for (const field of definition.fields)
    if (!variableForm.test(field.variable))
      problems.push(`field ${field.name}: variable "${field.variable}"`);
  if (!definition.fields.some((field) => field.secret)) problems.push('no field is secret');
  const names = new Set(definition.fields.map((field) => field.name));
  if (names.size !== definition.fields.length) problems.push('a field stands twice');
  for (const place of definition.auth.places)
    if (!names.has(place.field)) problems.push(`auth uses the undeclared field "${place.field}"`);
  const formatIds = new Set(definition.formats.map((format) => format.id));
  for (const field of definition.fields)
    for (const id of field.formats ?? [])
      if (!formatIds.has(id)) problems.push(`field ${field.name} belongs to the unknown format "${id}"`);
  for (const format of definition.formats)
    for (const problem of formatProblems(format, names)) problems.push(`format ${format.id}: ${problem}`);
  return problems;
};

/** Everything that is wrong with a definition, in words for its author; empty where it is good. */
export const validateProvider = (definition: ProviderDefinition): readonly string[] => {
  const problems: string[] = [];
  if (!idForm.test(definition.id)) problems.push(`id "${definition.id}" is not in kebab-case`);
  if (definition.name === '' || !definition.domain.includes('.')) problems.push('name or domain is missing');
  problems.push(...fieldProblems(definition), ...checkProblems(definition));
  problems.push(...duplicateIds('format', definition.formats), ...duplicateIds('fact', definition.facts));
  problems.push(...duplicateIds('class', definition.classes));
  problems.push(...addressProblems(definition));
  for (const fact of definition.facts)
    if (!dateForm.test(fact.verifiedOn) || fact.source === '')
      problems.push(`fact ${fact.id}: source or date`);
  if (definition.facts.length === 0) problems.push('a provider needs at least one fact with its source');
  for (const rule of definition.classRules) {
    if (!dateForm.test(rule.createdBefore)) problems.push(`class rule date "${rule.createdBefore}"`);
    if (!definition.classes.some((entry) => entry.id === rule.classId))
      problems.push(`class rule names the unknown class "${rule.classId}"`);
  }
  for (const sample of definition.publishedSamples)
    if (!fingerprintForm.test(sample))
      problems.push('a published sample is a 16-digit fingerprint, never the value');
  return problems;
};
