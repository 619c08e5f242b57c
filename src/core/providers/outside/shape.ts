// Says what a JSON document must look like, entry by entry, and what is wrong where. Strict: an entry that nobody knows is a
// spelling mistake or a newer version, and either way must not be passed over.
import type { JsonObject, JsonValue } from '../../model/json.ts';

/** Appends what is wrong with a value that stands at `where`. */
export type Rule = (value: JsonValue, where: string, problems: string[]) => void;
/** The rule of a type; the mark exists for the compiler alone. */
export type ShapeOf<T> = Rule & { readonly of?: T };
export type Entry = Rule | { readonly optional: Rule };

export const optional = (rule: Rule): { readonly optional: Rule } => ({ optional: rule });

/** More would not be read. */
export const maxProblems = 20;

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: JsonValue): string =>
  typeof value === 'string' ? `"${value.slice(0, 60)}"` : Array.isArray(value) ? 'a list' : typeof value;

/** Text of a bounded length, of a form where one is given. */
export const text =
  (max: number, min = 0, form?: { readonly pattern: RegExp; readonly words: string }): Rule =>
  (value, where, problems) => {
    if (typeof value !== 'string') problems.push(`${where}: should be text, not ${shown(value)}`);
    else if (value.length < min) problems.push(`${where}: is empty`);
    else if (value.length > max) problems.push(`${where}: longer than ${max} characters`);
    else if (form && !form.pattern.test(value))
      problems.push(`${where}: ${shown(value)} is not ${form.words}`);
  };

export const boolean: Rule = (value, where, problems) => {
  if (typeof value !== 'boolean') problems.push(`${where}: should be true or false`);
};

export const integer =
  (min: number, max: number): Rule =>
  (value, where, problems) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
      problems.push(`${where}: should be a whole number from ${min} to ${max}`);
  };

export const oneOf =
  (choices: readonly (string | number | boolean)[]): Rule =>
  (value, where, problems) => {
    if (!choices.some((choice) => choice === value))
      problems.push(`${where}: ${shown(value)} is none of ${choices.join(', ')}`);
  };

export const list =
  (rule: Rule, max: number, min = 0): Rule =>
  (value, where, problems) => {
    if (!Array.isArray(value)) problems.push(`${where}: should be a list`);
    else if (value.length > max) problems.push(`${where}: more than ${max} entries`);
    else if (value.length < min) problems.push(`${where}: at least ${min} belong there`);
    else value.forEach((entry: JsonValue, index) => rule(entry, `${where}[${index}]`, problems));
  };

/** An object whose names are free. */
export const table =
  (name: RegExp, rule: Rule, max: number): Rule =>
  (value, where, problems) => {
    if (!isObject(value)) {
      problems.push(`${where}: should be an object`);
      return;
    }
    const entries = Object.entries(value);
    if (entries.length > max) problems.push(`${where}: more than ${max} entries`);
    for (const [key, entry] of entries) {
      if (!name.test(key)) problems.push(`${where}: "${key.slice(0, 60)}" is no name for an entry`);
      rule(entry, `${where}.${key}`, problems);
    }
  };

/** An object of known entries, and no others. `T` keeps the table complete when the type grows. */
export const object =
  <T>(entries: { readonly [K in keyof Required<T>]: Entry }): ShapeOf<T> =>
  (value, where, problems) => {
    if (!isObject(value)) {
      problems.push(`${where}: should be an object`);
      return;
    }
    const known = new Map(Object.entries<Entry>(entries));
    for (const name of Object.keys(value))
      if (!known.has(name)) problems.push(`${where}: there is no entry "${name.slice(0, 60)}"`);
    for (const [name, entry] of known) {
      const found = Object.hasOwn(value, name) ? value[name] : undefined;
      const rule = typeof entry === 'function' ? entry : entry.optional;
      if (found !== undefined) rule(found, where === '' ? name : `${where}.${name}`, problems);
      else if (typeof entry === 'function') problems.push(`${where}: "${name}" is missing`);
    }
  };

/** One of several forms: the first whose entry `tell` is there (and has the value, where one is given) judges. */
export const either =
  (forms: readonly { readonly tell: string; readonly is?: JsonValue; readonly rule: Rule }[]): Rule =>
  (value, where, problems) => {
    if (!isObject(value)) {
      problems.push(`${where}: should be an object`);
      return;
    }
    const form = forms.find(
      ({ tell, is }) => Object.hasOwn(value, tell) && (is === undefined || value[tell] === is),
    );
    if (form) form.rule(value, where, problems);
    else
      problems.push(
        `${where}: should have ${forms.map(({ tell, is }) => (is === undefined ? `"${tell}"` : `"${tell}": ${JSON.stringify(is)}`)).join(' or ')}`,
      );
  };

/** All that is wrong, at most {@link maxProblems}. */
export const problemsOf = (rule: Rule, value: JsonValue, where: string): readonly string[] => {
  const problems: string[] = [];
  rule(value, where, problems);
  return problems.slice(0, maxProblems);
};
