// Takes what came from outside as plain data: a bounded copy without prototypes, getters or invisible characters. Whatever is
// handed in, the answer is a copy or words; nothing of the original is kept or called twice.
import type { JsonValue } from '../../model/json.ts';

/** Longest text of a document, in UTF-16 units: 1 MB. */
export const maxDocumentLength = 1_048_576;
const maxDepth = 12;
const maxNodes = 40_000;
const maxTextLength = 4_000;

/** Controls, zero-width and bidirectional characters: they make one name look like another. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Said of what cannot be copied; caught in this file. */
class NotPlain extends Error {}

type Budget = { nodes: number; characters: number };

const copyText = (value: string, where: string, budget: Budget): string => {
  budget.characters -= value.length;
  if (value.length > maxTextLength) throw new NotPlain(`${where}: longer than ${maxTextLength} characters`);
  if (budget.characters < 0) throw new NotPlain('it is larger than 1 MB');
  if (unseen.test(value)) throw new NotPlain(`${where}: an invisible character or a line break stands in it`);
  return value;
};

const copyObject = (value: object, where: string, depth: number, budget: Budget): JsonValue => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new NotPlain(`${where}: not a plain object`);
  const names = Object.keys(value);
  if (names.length !== Reflect.ownKeys(value).length) throw new NotPlain(`${where}: not a plain object`);
  return Object.fromEntries(
    names.map((name) => {
      const shown = copyText(name, where, budget);
      if (forbiddenNames.has(name)) throw new NotPlain(`${where}: "${shown}" cannot be the name of an entry`);
      const entry: unknown = Reflect.get(value, name);
      return [name, copyAny(entry, where === '' ? name : `${where}.${name}`, depth + 1, budget)];
    }),
  );
};

const copyAny = (value: unknown, where: string, depth: number, budget: Budget): JsonValue => {
  budget.nodes -= 1;
  if (budget.nodes < 0) throw new NotPlain(`it has more than ${maxNodes} entries`);
  if (depth > maxDepth) throw new NotPlain(`${where}: nested more than ${maxDepth} deep`);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return copyText(value, where, budget);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new NotPlain(`${where}: not a number`);
  }
  if (Array.isArray(value)) {
    const { length } = value;
    if (length > budget.nodes) throw new NotPlain(`it has more than ${maxNodes} entries`);
    return Array.from({ length }, (_, index) =>
      copyAny(value[index] as unknown, `${where}[${index}]`, depth + 1, budget),
    );
  }
  if (typeof value === 'object') return copyObject(value, where, depth, budget);
  throw new NotPlain(`${where}: ${typeof value} is not data`);
};

const parsed = (text: string): unknown => {
  if (text.length > maxDocumentLength) throw new NotPlain('it is larger than 1 MB');
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch {
    throw new NotPlain('it is not JSON');
  }
};

export type PlainCopy = { readonly data: JsonValue } | { readonly problem: string };

/**
 * A bounded copy of a document.
 * @param document JSON text, or what was parsed from it
 */
export const plainCopy = (document: unknown): PlainCopy => {
  try {
    const data = typeof document === 'string' ? parsed(document) : document;
    return { data: copyAny(data, '', 0, { nodes: maxNodes, characters: maxDocumentLength }) };
  } catch (error) {
    // A proxy or a getter may throw anything: then it is no plain data.
    return { problem: error instanceof NotPlain ? error.message.replace(/^: /, '') : 'it is not plain data' };
  }
};
