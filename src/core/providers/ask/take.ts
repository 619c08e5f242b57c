// What an answer tells besides yes or no: expiry, scopes, owner, quota. Every text is cleaned, redacted and cut before it leaves
// this file; what does not have the told form is not taken. docs/checking.md §1.4.
import type { CheckRequest, Telling, ToldFact } from '../asking.ts';
import { readClaims } from './claims.ts';
import { isoOf, readDate } from './dates.ts';
import { atPath, type Answer } from './decide.ts';
import { tellable, type Hidden } from './redact.ts';

/** A fact as it is kept: dates as ISO 8601 in UTC or YYYY-MM-DD, lists as lists. */
export type Told = { readonly fact: ToldFact; readonly value: string | readonly string[] };

/** More entries than a person reads. */
const maxEntries = 100;

const rawOf = (from: Telling['from'], answer: Answer, secret: string): unknown => {
  if ('header' in from) return answer.headers.get(from.header.toLowerCase());
  if (!('jwt' in from)) {
    const { each } = from;
    const found = atPath(answer.json, from.json);
    return each === undefined || !Array.isArray(found)
      ? found
      : found.slice(0, maxEntries).map((entry: unknown) => atPath(entry, [each]));
  }
  const token = from.json === undefined ? secret : atPath(answer.json, from.json);
  return typeof token === 'string' ? atPath(readClaims(token), [from.jwt]) : undefined;
};

const asNumber = (raw: unknown): number | undefined => {
  const value = typeof raw === 'string' && /^\d{1,16}(?:\.\d+)?$/.test(raw.trim()) ? Number(raw) : raw;
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
};

const moment = (raw: unknown, toMs: (value: number) => number): string | undefined => {
  const value = asNumber(raw);
  return value === undefined ? undefined : isoOf(toMs(value));
};

const asText = (raw: unknown, hidden: Hidden): string | undefined => {
  if (typeof raw === 'boolean') return raw ? 'yes' : 'no';
  if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
  const text = tellable(String(raw), hidden);
  return text === '' ? undefined : text;
};

const asTexts = (raw: readonly unknown[], hidden: Hidden): readonly string[] | undefined => {
  const texts = raw.slice(0, maxEntries).flatMap((each) => asText(each, hidden) ?? []);
  return texts.length === 0 && raw.length > 0 ? undefined : texts;
};

type Reader = (raw: unknown, hidden: Hidden, nowMs: number) => string | readonly string[] | undefined;

const readers: Readonly<Record<Telling['as'], Reader>> = {
  date: (raw) => (typeof raw === 'string' ? readDate(raw.slice(0, 100)) : undefined),
  'epoch-seconds': (raw) => moment(raw, (seconds) => seconds * 1_000),
  'epoch-ms': (raw) => moment(raw, (ms) => ms),
  'seconds-from-now': (raw, _hidden, nowMs) => moment(raw, (seconds) => nowMs + seconds * 1_000),
  text: asText,
  list: (raw, hidden) => (Array.isArray(raw) ? asTexts(raw, hidden) : undefined),
  words: (raw, hidden) =>
    typeof raw === 'string'
      ? asTexts(
          raw
            .slice(0, 20_000)
            .split(/[\s,]+/)
            .filter((word) => word !== ''),
          hidden,
        )
      : undefined,
  names: (raw, hidden) =>
    typeof raw === 'object' && raw !== null && !Array.isArray(raw)
      ? asTexts(
          Object.entries(raw).flatMap(([name, value]) => (value === true ? [name] : [])),
          hidden,
        )
      : undefined,
};

export type Taking = {
  readonly tells: readonly Telling[];
  readonly request: Pick<CheckRequest, 'id'>;
  readonly answer: Answer;
  /** The key itself, for tokens that carry their own claims. */
  readonly secret: string;
  readonly hidden: Hidden;
  /** Epoch milliseconds. */
  readonly nowMs: number;
};

/** Everything that an answer tells; of one fact the first telling that gives something. */
export const take = ({ tells, request, answer, secret, hidden, nowMs }: Taking): readonly Told[] => {
  const told = new Map<ToldFact, Told>();
  for (const telling of tells) {
    if (told.has(telling.fact) || (telling.request !== undefined && telling.request !== request.id)) continue;
    const value = readers[telling.as](rawOf(telling.from, answer, secret), hidden, nowMs);
    if (value !== undefined) told.set(telling.fact, { fact: telling.fact, value });
  }
  return [...told.values()];
};
