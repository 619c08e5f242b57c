// Turns what the scanner saw into findings of the vault: new ones, ones seen again, ones that are gone. Pure; nothing is written twice that
// says the same. docs/scanning.md §4.
import type { Finding, LeakEncoding, Place, PlaceFacts } from '../../model/finding.ts';
import type { RecordId } from '../../model/ids.ts';
import type { Change } from '../../vault/vault-types.ts';
import type { Book, HeldFinding } from '../../keys/book.ts';
import { create, overwrite } from '../../keys/edit.ts';
import { afterGone, afterSeen, isPresent } from '../states.ts';
import { markText } from './mark.ts';
import { lifeOf } from './value-life.ts';

/** One value at one place, with whose it is. */
export type Seen = {
  /** As knownOf and unknownOf give it. */
  readonly of: string;
  readonly keyId: RecordId | null;
  readonly versionId: RecordId | null;
  readonly field: string | null;
  readonly pattern: string | null;
  readonly provider: string | null;
  readonly kind: Finding['kind'];
  readonly valueMark: string | null;
  readonly encoding: LeakEncoding;
  readonly place: Place;
  readonly facts: PlaceFacts;
  readonly masked: string;
};

export type SeenScope = 'file' | 'staged' | 'history';

/** What one file, or one repository's index or history, held. */
export type SeenAt = {
  readonly path: string;
  /** Everything was read: what is not in the list is gone. */
  readonly whole: boolean;
  /** A file; what is staged in the repository at the path; or its history. */
  readonly scope: SeenScope;
  readonly atMs: number;
  readonly list: readonly Seen[];
};

export type RecordWork = {
  readonly book: Book;
  readonly nowMs: number;
  readonly newId: () => RecordId;
  /** Keyed hash with the vault's mark key, hexadecimal. */
  readonly mark: (text: string) => string;
  /** How many findings there may be: the rest is counted, not kept. */
  readonly most: number;
};

export type Recorded = {
  readonly changes: readonly Change[];
  /** Ids of findings that are new, or have returned. */
  readonly fresh: readonly RecordId[];
  readonly gone: number;
  /** Not kept, because there are too many. */
  readonly dropped: number;
};

/** When a place was seen last is kept to the hour: a watched file is read with each of its changes. */
const lastSeenStepMs = 3_600_000;

/** What of a path a finding is about: everything that lies at a commit is its history. */
const scopeOf = ({ place }: Finding): SeenScope => {
  if (place.commit !== null) return 'history';
  return place.kind === 'staged' ? 'staged' : 'file';
};

const isBelow = (path: string, top: string): boolean =>
  path === top || path.startsWith(`${top}/`) || path.startsWith(`${top}\\`);

const samePlace = (left: Place, right: Place): boolean =>
  left.line === right.line && left.column === right.column;

const sameFacts = (left: PlaceFacts, right: PlaceFacts): boolean =>
  left.pushed === right.pushed &&
  left.publicRemote === right.publicRemote &&
  left.ignored === right.ignored &&
  left.synchronised === right.synchronised &&
  left.othersCanRead === right.othersCanRead;

const newFinding = (seen: Seen, mark: string, atMs: number): Finding => {
  const { of: _of, ...rest } = seen;
  return {
    type: 'finding',
    mark,
    ...rest,
    firstSeenMs: atMs,
    lastSeenMs: atMs,
    state: 'open',
    stateAtMs: atMs,
    accepted: null,
    asked: null,
  };
};

/** The finding as it reads after it was seen again; null where nothing of it changed. */
const seenAgain = (before: Finding, seen: Seen, atMs: number): Finding | null => {
  const after = { ...afterSeen(before, atMs), place: seen.place, facts: seen.facts, masked: seen.masked };
  const same =
    before.state === after.state &&
    samePlace(before.place, after.place) &&
    sameFacts(before.facts, after.facts) &&
    before.masked === after.masked &&
    after.lastSeenMs - before.lastSeenMs < lastSeenStepMs;
  return same ? null : after;
};

const markOf = (work: RecordWork, seen: Seen, counts: Map<string, number>): string => {
  const { of, encoding, place } = seen;
  const kindOfPlace = markText({ of, encoding, place, ordinal: 0 });
  const ordinal = counts.get(kindOfPlace) ?? 0;
  counts.set(kindOfPlace, ordinal + 1);
  return work.mark(ordinal === 0 ? kindOfPlace : markText({ of, encoding, place, ordinal }));
};

/** Findings by path, made once for many files. */
const byPath = (book: Book): ReadonlyMap<string, readonly HeldFinding[]> => {
  const map = new Map<string, HeldFinding[]>();
  for (const held of book.findings.values()) {
    const { path } = held.body.place;
    const list = map.get(path);
    if (list === undefined) map.set(path, [held]);
    else list.push(held);
  }
  return map;
};

class Recorder {
  readonly changes: Change[] = [];
  readonly fresh: RecordId[] = [];
  gone = 0;
  dropped = 0;
  readonly #work: RecordWork;
  readonly #known: ReadonlyMap<string, readonly HeldFinding[]>;
  readonly #touched = new Set<string>();
  #room: number;

  constructor(work: RecordWork) {
    this.#work = work;
    this.#known = byPath(work.book);
    this.#room = work.most - work.book.findings.size;
  }

  #keep(seen: Seen, mark: string, atMs: number): void {
    if (this.#touched.has(mark)) return;
    this.#touched.add(mark);
    const held = this.#work.book.findingMarked(mark);
    if (held === undefined) this.#add(seen, mark, atMs);
    else this.#again(held, seen, atMs);
  }

  /**
   * The finding of the same value under another name: an unknown one that was taken into the vault meanwhile, or a key that was removed from
   * it. Both have the mask and the place in common; whose values are equal only the scanner could tell.
   */
  #formerly({ keyId, encoding, masked, place }: Seen): HeldFinding | undefined {
    return this.#known
      .get(place.path)
      ?.find(
        ({ body }) =>
          (body.keyId === null) !== (keyId === null) &&
          body.masked === masked &&
          body.encoding === encoding &&
          body.place.inside === place.inside &&
          body.place.commit === place.commit &&
          samePlace(body.place, place) &&
          isPresent(body) &&
          !this.#touched.has(body.mark),
      );
  }

  /** It goes on as what it is called now: it was there all the time. */
  #rename({ id, revision, body }: HeldFinding, seen: Seen, mark: string, atMs: number): void {
    this.#touched.add(body.mark);
    const { firstSeenMs, state, stateAtMs, accepted } = body;
    const next = { ...newFinding(seen, mark, atMs), firstSeenMs, state, stateAtMs, accepted };
    this.changes.push(overwrite({ id, revision, body }, next));
  }

  #add(seen: Seen, mark: string, atMs: number): void {
    const former = this.#formerly(seen);
    if (former !== undefined) {
      this.#rename(former, seen, mark, atMs);
      return;
    }
    if (this.#room <= 0) {
      this.dropped += 1;
      return;
    }
    this.#room -= 1;
    const id = this.#work.newId();
    this.changes.push(create(id, newFinding(seen, mark, atMs)));
    this.fresh.push(id);
  }

  #again(held: HeldFinding, seen: Seen, atMs: number): void {
    const after = seenAgain(held.body, seen, atMs);
    if (after === null) return;
    this.changes.push(overwrite(held, after));
    if (after.state === 'returned' && held.body.state !== 'returned') this.fresh.push(held.id);
  }

  take(at: SeenAt): void {
    const counts = new Map<string, number>();
    for (const seen of at.list) this.#keep(seen, markOf(this.#work, seen, counts), at.atMs);
    if (!at.whole) return;
    for (const held of this.#at(at)) {
      if (scopeOf(held.body) === at.scope && !this.#touched.has(held.body.mark)) this.#miss(held);
    }
  }

  /** An index is of a whole repository; its files have paths of their own. */
  #at({ scope, path }: SeenAt): readonly HeldFinding[] {
    if (scope !== 'staged') return this.#known.get(path) ?? [];
    return [...this.#known].flatMap(([known, held]) => (isBelow(known, path) ? held : []));
  }

  #miss(held: HeldFinding): void {
    if (!isPresent(held.body)) return;
    const { book, nowMs } = this.#work;
    this.#touched.add(held.body.mark);
    this.changes.push(
      overwrite(held, afterGone(held.body, lifeOf(book, held.body, nowMs).alive === false, nowMs)),
    );
    this.gone += 1;
  }
}

/** Takes up what was seen in some files, in the order in which it was seen. */
export const recordSeen = (work: RecordWork, files: readonly SeenAt[]): Recorded => {
  const recorder = new Recorder(work);
  for (const file of files) recorder.take(file);
  const { changes, fresh, gone, dropped } = recorder;
  return { changes, fresh, gone, dropped };
};
