// Values of the new key: out of the answer that made it, out of names in braces, or chosen here. What cannot be a value of its field is none.
import { fromBase64 } from '../../ask/base64.ts';
import { atPath } from '../../ask/decide.ts';
import type { ProviderDefinition } from '../../provider.ts';
import { mainFieldOf, putInto } from '../../take-apart.ts';
import type { Values } from '../remote-port.ts';
import type { Gift, Making } from '../turn-definition.ts';

const maxLength = 65_536;

const decoded = (text: string): string | undefined => {
  const bytes = fromBase64(text.trim());
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const read = (gift: Extract<Gift, { json: unknown }>, answer: unknown): string | undefined => {
  const raw = atPath(answer, gift.json);
  if (typeof raw !== 'string' || raw === '' || raw.length > maxLength) return undefined;
  if ('decode' in gift) return decoded(raw);
  return /[\u0000-\u001f\u007f]/.test(raw) ? undefined : raw;
};

/**
 * Values that an answer gives; undefined where one of them is missing, no text, or the one that the key had. A form that the provider's file
 * does not know yet is kept all the same: it may be the only copy, and the test of the new key shows what it is worth.
 */
export const readGifts = (
  definition: ProviderDefinition,
  gives: Making['gives'],
  answer: unknown,
  old: Values,
): Values | undefined => {
  const values: Record<string, string> = {};
  for (const [field, gift] of Object.entries(gives)) {
    if (!('json' in gift)) continue;
    const value = read(gift, answer);
    const isSecret = definition.fields.find(({ name }) => name === field)?.secret !== false;
    if (value === undefined || value === '') return undefined;
    if (isSecret && value === old[field]) return undefined;
    values[field] = value;
  }
  return values;
};

/** Where a field's value is stored: a lone `secret` stands for the main field. */
const homeOf = (definition: ProviderDefinition, stored: Values, field: string): string => {
  const isLone =
    !Object.hasOwn(stored, field) &&
    Object.hasOwn(stored, 'secret') &&
    field === mainFieldOf(definition) &&
    !definition.fields.some(({ name }) => name === 'secret');
  return isLone ? 'secret' : field;
};

/** All fields of a key after some of them changed: in its connection string too. */
export const withFields = (definition: ProviderDefinition, stored: Values, changes: Values): Values => {
  const next: Record<string, string> = { ...stored };
  const placed = new Set<string>();
  for (const [name, value] of Object.entries(stored)) {
    const put = putInto(definition, value, changes);
    if (put === undefined) continue;
    next[name] = put.value;
    for (const field of put.placed) placed.add(field);
  }
  for (const [field, value] of Object.entries(changes))
    if (!placed.has(field) || Object.hasOwn(stored, field)) next[homeOf(definition, stored, field)] = value;
  return next;
};
