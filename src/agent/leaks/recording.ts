// Writes what the scanner saw into the vault: one after the other with everything else that changes it, many files in one commit.
import type { Finding, Place, PlaceFacts } from '../../core/model/finding.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { Book } from '../../core/keys/book.ts';
import { note } from '../../core/keys/edit.ts';
import { careForLeaks } from '../../core/leaks/care.ts';
import { knownOf, unknownOf } from '../../core/leaks/findings/mark.ts';
import { recordSeen, type Seen, type SeenAt } from '../../core/leaks/findings/record.ts';
import type { VaultPorts } from '../../core/vault/vault-types.ts';
import type { SeenFile } from '../scanning/messages.ts';
import type { Mutex } from '../mutex.ts';
import type { Session } from '../session.ts';
import type { GitFacts } from './place-facts.ts';
import type { SlotOwner } from './wanted.ts';

/** More than a person will ever look at; the rest is counted. */
export const mostFindings = 20_000;
const filesPerCommit = 200;
const maxTries = 5;
const mostRemembered = 5_000;

export type Written = {
  readonly fresh: readonly RecordId[];
  readonly gone: number;
  readonly dropped: number;
};

export type Recording = {
  /** Resolves when it is written, or cannot be: the vault was locked. */
  readonly take: (file: SeenFile) => Promise<void>;
  /** Resolves when everything that was taken is written. */
  readonly settled: () => Promise<void>;
};

type Parts = {
  readonly ports: VaultPorts;
  readonly session: Session;
  readonly exclusive: Mutex;
  readonly ownerOf: (generation: string, slot: number) => SlotOwner | null;
  readonly factsOf: (place: Place, git: GitFacts) => Promise<PlaceFacts>;
  readonly onWritten: (written: Written, files: readonly SeenFile[]) => void;
};

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

type Sighting = SeenFile['list'][number];
type WithFacts = { readonly file: SeenFile; readonly facts: readonly PlaceFacts[] };

const knownValue = (
  book: Book,
  owner: SlotOwner | null,
): Omit<Seen, 'encoding' | 'place' | 'facts'> | null => {
  const held = owner === null ? undefined : book.keys.get(owner.keyId);
  if (owner === null || held === undefined) return null;
  const pending = book.turnsOf(held.id).flatMap(({ body }) => body.pending ?? []);
  const version = [...held.body.versions, ...pending].find(({ id }) => id === owner.versionId);
  const field = version?.fields.find(({ name }) => name === owner.field);
  if (field === undefined) return null;
  return {
    of: knownOf(owner.keyId, owner.versionId, owner.field),
    ...owner,
    pattern: null,
    provider: held.body.provider,
    kind: held.body.kind,
    valueMark: null,
    masked: field.masked.slice(0, 300),
  };
};

const unknownKind = (book: Book, pattern: string): Pick<Finding, 'provider' | 'kind'> => {
  const [providerId = '', formatId = ''] = pattern.split('/');
  const provider = book.catalogue().find(providerId);
  const format = provider?.formats.find(({ id }) => id === formatId);
  return { provider: provider?.id ?? null, kind: format?.kind ?? 'unknown' };
};

const unknownValue = (
  book: Book,
  { pattern, valueMark, masked }: Sighting,
): Omit<Seen, 'encoding' | 'place' | 'facts'> | null =>
  pattern === null || valueMark === null
    ? null
    : {
        of: unknownOf(valueMark),
        keyId: null,
        versionId: null,
        field: null,
        pattern,
        ...unknownKind(book, pattern),
        valueMark,
        masked,
      };

export const createRecording = (parts: Parts): Recording => {
  const { ports, session, exclusive } = parts;
  let queue: WithFacts[] = [];
  let gathered: Promise<void> = Promise.resolve();
  let last: Promise<void> = Promise.resolve();

  /** Of many matches in one file it is asked once. */
  const remembered = new Map<string, PlaceFacts>();
  const factsAt = async ({ place, git }: Sighting, atMs: number): Promise<PlaceFacts> => {
    const name = `${String(atMs)} ${place.kind} ${place.path} ${String(git.pushed)} ${String(git.publicRemote)}`;
    const known = remembered.get(name);
    if (known !== undefined) return known;
    const facts = await parts.factsOf(place, git);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(name, facts);
    return facts;
  };
  const factsIn = async (file: SeenFile): Promise<readonly PlaceFacts[]> => {
    const facts: PlaceFacts[] = [];
    for (const sighting of file.list) facts.push(await factsAt(sighting, file.atMs));
    return facts;
  };

  const seenOf = (generation: string, sighting: Sighting, facts: PlaceFacts | undefined): Seen | null => {
    const book = session.book();
    const { slot, encoding, place } = sighting;
    const value =
      slot === null ? unknownValue(book, sighting) : knownValue(book, parts.ownerOf(generation, slot));
    return value === null || facts === undefined ? null : { ...value, encoding, place, facts };
  };

  const seenAt = ({ file, facts }: WithFacts): SeenAt => ({
    path: file.path,
    whole: file.whole && file.more === 0,
    scope: file.scope,
    atMs: file.atMs,
    list: file.list.flatMap((sighting, at) => seenOf(file.generation, sighting, facts[at]) ?? []),
  });

  /** The vault's mark key, made when it is first wanted. */
  const markKey = (): Uint8Array | null => {
    const known = session.book().leakCare();
    if (known !== null) return fromHex(known.body.markKey);
    const work = session.work('keyturn');
    const made = session.commit(careForLeaks(work, {}, () => toHex(ports.random.bytes(32))));
    const held = made.ok ? session.book().leakCare() : null;
    return held === null ? null : fromHex(held.body.markKey);
  };

  const tryToWrite = (files: readonly WithFacts[]): boolean => {
    if (session.ended()) return true;
    const refreshed = session.refresh();
    const key = refreshed.ok ? markKey() : null;
    if (key === null) return false;
    const { changes, fresh, gone, dropped } = recordSeen(
      {
        book: session.book(),
        nowMs: ports.clock.nowMs(),
        newId: () => session.vault.newId(),
        mark: (text) => toHex(ports.aead.hash(new TextEncoder().encode(text), 16, key)),
        most: mostFindings,
      },
      files.map(seenAt),
    );
    const audit =
      fresh.length === 0
        ? []
        : [
            note(
              'findings',
              'keyturn',
              `${String(fresh.length)} pasted ${fresh.length === 1 ? 'key was' : 'keys were'} found`,
            ),
          ];
    const written = session.commit({ value: undefined, changes, audit });
    if (!written.ok) return false;
    parts.onWritten(
      { fresh, gone, dropped },
      files.map(({ file }) => file),
    );
    return true;
  };

  /** Another process that wrote the same record first is read, and the rest put after its own. */
  const write = (files: readonly WithFacts[]): void => {
    for (let tries = 0; tries < maxTries && !tryToWrite(files); tries += 1);
  };

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      await exclusive(() => {
        const files = queue.slice(0, filesPerCommit);
        queue = queue.slice(files.length);
        write(files);
      });
    }
  };

  return {
    take: (file) => {
      // One after the other, in the order in which it was seen; what comes while something is written is written together.
      gathered = gathered.then(async () => {
        const facts = await factsIn(file);
        queue.push({ file, facts });
      });
      last = Promise.all([last, gathered]).then(drain);
      return last;
    },
    settled: () => last,
  };
};
