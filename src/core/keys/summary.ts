// A key as a list shows it. Remembered per stored key, since a list of 10,000 is asked for at every change of one.
import type { RecordId } from '../model/ids.ts';
import type { KeyClass, KeyKind, KeyState, StoredKey } from '../model/key.ts';
import type { KeyWarning } from '../model/warning.ts';
import { currentVersion, type Book, type HeldKey } from './book.ts';
import { attentionOf, rotateByOf, type Attention } from './due/attention.ts';
import { listWarnings } from './list-warnings.ts';
import { statusOf, type KeyStatus } from './status.ts';
import { variablesIn } from './warning-subject.ts';

/** The contract's keySummary. */
export type KeySummary = {
  readonly id: RecordId;
  readonly revision: number;
  readonly name: string;
  readonly portalName: string;
  readonly projectId: RecordId;
  readonly environmentIds: RecordId[];
  readonly provider: string | null;
  readonly kind: KeyKind;
  readonly class: KeyClass;
  readonly masked: string;
  readonly status: KeyStatus;
  readonly expiresOn: string | null;
  /** YYYY-MM-DD */
  readonly rotateBy: string | null;
  readonly attention: Attention[];
  readonly valueSinceMs: number;
  readonly movesMoney: boolean;
  readonly tags: string[];
  readonly handedTo: string[];
  readonly known: string[];
  readonly variables: string[];
  readonly warnings: KeyWarning[];
  readonly versions: number;
  readonly changedAtMs: number;
  readonly removedAtMs: number | null;
};

/** The mask of the part that matters: the first secret one. */
export const maskOf = (key: StoredKey): string => {
  const { fields } = currentVersion(key);
  return (fields.find(({ secret }) => secret) ?? fields[0])?.masked ?? '';
};

/** Most keys have none of these. */
const knownWords = (key: StoredKey): string[] =>
  [key.account, key.organisation, key.team, key.owner, key.auditEmail].filter((word) => word !== '');

const summarise = (book: Book, held: HeldKey, nowMs: number, warnings: readonly KeyWarning[]): KeySummary => {
  const { id, revision, body } = held;
  return Object.freeze({
    id,
    revision,
    name: body.name,
    portalName: body.portalName,
    projectId: body.projectId,
    environmentIds: [...body.environmentIds],
    provider: body.provider,
    kind: body.kind,
    class: body.class,
    masked: maskOf(body),
    status: statusOf(body, nowMs, book.logs.get(id)?.body),
    expiresOn: body.expiresOn,
    rotateBy: rotateByOf(book, held),
    attention: [...attentionOf(book, held, nowMs)],
    valueSinceMs: currentVersion(body).addedAtMs,
    movesMoney: body.movesMoney,
    tags: [...body.tags],
    handedTo: body.consumers.map(({ name }) => name),
    known: knownWords(body),
    variables: variablesIn(body),
    warnings: [...warnings],
    versions: body.versions.length,
    changedAtMs: body.changedAtMs,
    removedAtMs: body.removedAtMs,
  });
};

type Remembered = { readonly stamp: number; readonly quarter: number; readonly summary: KeySummary };

const remembered = new WeakMap<HeldKey, Remembered>();
const quarterMs = 900_000;

/** One key's summary. @param nowMs epoch milliseconds */
export const summaryOf = (book: Book, held: HeldKey, nowMs: number): KeySummary => {
  const stamp = book.stampOf(held.id);
  // What depends on the time changes with the day, and days begin on a quarter of an hour everywhere.
  const quarter = Math.floor(nowMs / quarterMs);
  const known = remembered.get(held);
  if (known?.stamp === stamp && known.quarter === quarter) return known.summary;
  const summary = summarise(book, held, nowMs, listWarnings(book, held.body, held.id, nowMs));
  remembered.set(held, { stamp, quarter, summary });
  return summary;
};

export type KeyFilter = {
  readonly projectId?: RecordId | undefined;
  readonly environmentId?: RecordId | undefined;
  readonly provider?: string | undefined;
  readonly state?: KeyState | undefined;
  /** Removed keys instead of the others. */
  readonly removed?: boolean | undefined;
  /** At most this many. */
  readonly limit?: number | undefined;
};

const fits = (held: HeldKey, filter: KeyFilter): boolean =>
  (held.body.removedAtMs !== null) === (filter.removed ?? false) &&
  (filter.projectId === undefined || held.body.projectId === filter.projectId) &&
  (filter.environmentId === undefined || held.body.environmentIds.includes(filter.environmentId)) &&
  (filter.provider === undefined || held.body.provider === filter.provider);

const sortNames = new WeakMap<StoredKey, string>();

// Comparing texts by code unit is 20 times faster than a collator; folding them once makes the order a person's.
const sortName = (key: StoredKey): string => {
  const known = sortNames.get(key);
  if (known !== undefined) return known;
  const lower = key.name.toLowerCase();
  // Most names are plain ASCII, which has nothing to take apart.
  const plain = /^[\u0000-\u007f]*$/.test(lower)
    ? lower
    : lower.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '');
  const name = plain.replaceAll(/\d+/g, (digits) => digits.padStart(10, '0'));
  sortNames.set(key, name);
  return name;
};

type Named = { readonly name: string; readonly held: HeldKey };

const byName = (left: Named, right: Named): number => {
  if (left.name !== right.name) return left.name < right.name ? -1 : 1;
  return left.held.id < right.held.id ? -1 : 1;
};

type Sorted = { readonly version: number; readonly keys: readonly HeldKey[] };

const sorted = new WeakMap<Book, Sorted>();

const sortedKeys = (book: Book): readonly HeldKey[] => {
  const version = book.version();
  const known = sorted.get(book);
  if (known?.version === version) return known.keys;
  const named = Array.from(book.keys.values(), (held) => ({ name: sortName(held.body), held }));
  const keys = named.sort(byName).map(({ held }) => held);
  sorted.set(book, { version, keys });
  return keys;
};

/** Keys that fit, by name: "key 9" before "key 10". */
export const listKeys = (book: Book, filter: KeyFilter, nowMs: number): KeySummary[] => {
  const { state, limit = Number.POSITIVE_INFINITY } = filter;
  const found: KeySummary[] = [];
  for (const held of sortedKeys(book)) {
    if (found.length >= limit) break;
    if (!fits(held, filter)) continue;
    const summary = summaryOf(book, held, nowMs);
    if (state === undefined || summary.status.state === state) found.push(summary);
  }
  return found;
};
