// RFC 8785 (JSON Canonicalization Scheme): equal objects become equal bytes, so that audit lines can be hashed and
// bodies compared. Not a general serialiser: anything JSON cannot carry is an error here, never silently changed.
import type { JsonObject, JsonValue } from '../model/json.ts';

const loneSurrogate = /\p{Surrogate}/u;
const deepest = 64;

const text = (value: string): string => {
  if (loneSurrogate.test(value)) throw new RangeError('text with half a character in it cannot be kept');
  return JSON.stringify(value);
};

const write = (value: JsonValue | undefined, depth: number): string => {
  if (depth > deepest) throw new RangeError('nested too deeply to be kept');
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('a number that is not finite cannot be kept');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => write(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object') throw new RangeError(`a ${typeof value} cannot be kept`);
  return writeObject(value as JsonObject, depth);
};

/** Members without a value are left out, as JSON.stringify does; the default sort of strings is by UTF-16 code unit. */
const writeObject = (value: JsonObject, depth: number): string => {
  const members: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member !== undefined) members.push(`${text(name)}:${write(member, depth + 1)}`);
  }
  return `{${members.join(',')}}`;
};

/**
 * Canonical text of a JSON value.
 * @throws RangeError for numbers that are not finite, lone surrogates, functions and nesting deeper than 64
 */
export const canonicalJson = (value: JsonValue): string => write(value, 0);

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A JSON object from UTF-8, or null where it is anything else. */
export const parseObject = (bytes: Uint8Array): JsonObject | null => {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
};
