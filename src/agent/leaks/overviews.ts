// Findings seen from above: by key and kind of place, and as what could be read on a day.
import type { CallOutput } from '../../contract/contract.ts';
import type { Finding } from '../../core/model/finding.ts';
import { heldKeys, type Book, type HeldFinding } from '../../core/keys/book.ts';
import { valueFacts } from '../../core/leaks/findings/value-life.ts';
import { judgeFinding, worse } from '../../core/leaks/severity.ts';
import { isPresent } from '../../core/leaks/states.ts';
import { byDamage } from '../../core/rotation/damage.ts';

type Cell = CallOutput<'leaks.heat'>[number];
type BlastEntry = CallOutput<'leaks.blast'>[number];

const nameOf = (book: Book, finding: Finding): string => {
  const held = finding.keyId === null ? undefined : book.keys.get(finding.keyId);
  if (held !== undefined) return held.body.name;
  const provider = finding.provider === null ? undefined : book.catalogue().find(finding.provider);
  return `${provider?.name ?? 'Unknown'} ${finding.masked}`.slice(0, 300);
};

/** One cell for each key, or unknown value, and kind of place in which it stands now. */
export const heatOf = (book: Book, nowMs: number): Cell[] => {
  const cells = new Map<string, Cell>();
  for (const { body } of book.findings.values()) {
    if (!isPresent(body)) continue;
    const { severity } = judgeFinding(body, valueFacts(book, body, nowMs));
    const name = `${body.keyId ?? ''} ${body.valueMark ?? ''} ${body.place.kind}`;
    const before = cells.get(name);
    cells.set(name, {
      keyId: body.keyId,
      valueMark: body.keyId === null ? body.valueMark : null,
      name: nameOf(book, body),
      place: body.place.kind,
      count: (before?.count ?? 0) + 1,
      worst: before === undefined ? severity : worse(before.worst, severity),
    });
  }
  return [...cells.values()].sort((left, right) => left.name.localeCompare(right.name));
};

const dayMs = 86_400_000;

/** Readable on the day that begins a day before `atMs` ends: seen before its end, and not known to be gone before its beginning. */
const readableOn = ({ body }: HeldFinding, atMs: number): boolean =>
  body.firstSeenMs <= atMs && (isPresent(body) || body.lastSeenMs >= atMs - dayMs);

const mostPlaces = 200;

/** The keys that could be read on this disk at a time, in the order of the damage that a thief of them can do. */
export const blastOf = (book: Book, atMs: number): BlastEntry[] => {
  const byKey = new Map<string, HeldFinding[]>();
  for (const held of book.findings.values()) {
    const { keyId } = held.body;
    if (keyId === null || !readableOn(held, atMs)) continue;
    byKey.set(keyId, [...(byKey.get(keyId) ?? []), held]);
  }
  const ranked = byDamage(heldKeys(book, byKey.keys()), ({ body }) =>
    body.provider === null ? undefined : book.catalogue().find(body.provider),
  );
  return ranked.map(({ held, rank, why }) => ({
    keyId: held.id,
    name: held.body.name,
    rank,
    why,
    places: (byKey.get(held.id) ?? []).slice(0, mostPlaces).map(({ body }) => ({ ...body.place })),
  }));
};
