// What answers tell and later calls need: bounded, and never a secret. Kept as JSON text.
import type { JsonValue } from '../../../model/json.ts';
import { atPath, type Answer } from '../../ask/decide.ts';
import { cleanText } from '../../ask/redact.ts';
import type { Values } from '../remote-port.ts';
import type { Learning } from '../turn-definition.ts';

const maxTextLength = 2_000;
const maxEntries = 1_000;
const maxJsonLength = 16_384;
const maxDepth = 8;
/** Shorter values would be found in ordinary words. */
const shortestSecret = 8;

const isScalar = (value: unknown): value is string | number | boolean =>
  (typeof value === 'string' && value.length <= maxTextLength && cleanText(value) === value.trim()) ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

const isSmall = (value: unknown, depth: number): value is JsonValue => {
  if (isScalar(value) || value === null) return true;
  if (typeof value !== 'object' || depth >= maxDepth) return false;
  const entries = Object.entries(value);
  return entries.length <= maxEntries && entries.every(([, each]) => isSmall(each, depth + 1));
};

const rawOf = ({ from }: Learning, { headers, json }: Pick<Answer, 'headers' | 'json'>): unknown => {
  if ('header' in from) return headers.get(from.header.toLowerCase());
  const found = atPath(json, from.json);
  const { each } = from;
  return each === undefined || !Array.isArray(found)
    ? found
    : found.slice(0, maxEntries).map((entry: unknown) => atPath(entry, [each]));
};

const isLearnt = (learning: Learning, raw: unknown): raw is JsonValue =>
  learning.anything === true
    ? raw !== null && isSmall(raw, 0)
    : isScalar(raw) || (Array.isArray(raw) && raw.length <= maxEntries && raw.every(isScalar));

const isOpen = (text: string, secrets: readonly string[]): boolean =>
  !secrets.some(
    (secret) =>
      secret.length >= shortestSecret &&
      (text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1))),
  );

export type Learnt =
  | { readonly ok: true; readonly values: Values }
  /** What the turn cannot go on without. */
  | { readonly ok: false; readonly name: string };

/**
 * @param secrets what must not be kept open: an answer may echo it
 */
export const learnFrom = (
  learnings: readonly Learning[],
  answer: Pick<Answer, 'headers' | 'json'>,
  secrets: readonly string[],
): Learnt => {
  const values: Record<string, string> = {};
  for (const learning of learnings) {
    const raw = rawOf(learning, answer);
    const text = isLearnt(learning, raw) ? JSON.stringify(raw) : undefined;
    if (text !== undefined && text.length <= maxJsonLength && isOpen(text, secrets))
      values[learning.name] = text;
    else if (learning.required) return { ok: false, name: learning.name };
  }
  return { ok: true, values };
};
