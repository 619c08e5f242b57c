// The open vault's metadata as the domain sees it: typed, indexed, immutable. Made anew when records change; reading a
// body is remembered per body, so that a change of one record in 10,000 costs one reading.
import type { RecordId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { StoredKey } from '../model/key.ts';
import type { MetaRecord } from '../vault/vault-types.ts';
import {
  readStored,
  type Stored,
  type StoredEnvironment,
  type StoredProject,
  type StoredVariable,
} from './stored.ts';

export type Held<S> = { readonly id: RecordId; readonly revision: number; readonly body: S };

export type HeldProject = Held<StoredProject>;
export type HeldEnvironment = Held<StoredEnvironment>;
export type HeldVariable = Held<StoredVariable>;
export type HeldKey = Held<StoredKey>;

export type Book = {
  readonly projects: ReadonlyMap<RecordId, HeldProject>;
  readonly environments: ReadonlyMap<RecordId, HeldEnvironment>;
  readonly variables: ReadonlyMap<RecordId, HeldVariable>;
  readonly keys: ReadonlyMap<RecordId, HeldKey>;
  /** Records of a type or form that this version does not know. */
  readonly unreadable: readonly RecordId[];
  /** Keys that are not removed, by the fingerprint of each secret field of their current version. */
  readonly byFingerprint: ReadonlyMap<string, readonly HeldKey[]>;
};

/** The current version: a stored key always has one. */
export const currentVersion = (key: StoredKey): StoredKey['versions'][number] => {
  const version = key.versions.at(-1);
  if (version === undefined) throw new Error('a key without a version was read');
  return version;
};

const readings = new WeakMap<JsonObject, Stored | 'unreadable'>();

const read = (body: JsonObject): Stored | 'unreadable' => {
  const known = readings.get(body);
  if (known !== undefined) return known;
  const reading = readStored(body) ?? 'unreadable';
  readings.set(body, reading);
  return reading;
};

const indexFingerprints = (keys: ReadonlyMap<RecordId, HeldKey>): Map<string, HeldKey[]> => {
  const index = new Map<string, HeldKey[]>();
  for (const held of keys.values()) {
    if (held.body.removedAtMs !== null) continue;
    for (const fingerprint of new Set(Object.values(currentVersion(held.body).fingerprints))) {
      const others = index.get(fingerprint);
      if (others === undefined) index.set(fingerprint, [held]);
      else others.push(held);
    }
  }
  return index;
};

/** Reads and indexes all records. */
export const openBook = (records: ReadonlyMap<RecordId, MetaRecord>): Book => {
  const projects = new Map<RecordId, HeldProject>();
  const environments = new Map<RecordId, HeldEnvironment>();
  const variables = new Map<RecordId, HeldVariable>();
  const keys = new Map<RecordId, HeldKey>();
  const unreadable: RecordId[] = [];
  for (const { id, revision, body: json } of records.values()) {
    const body = read(json);
    if (body === 'unreadable') unreadable.push(id);
    else if (body.type === 'key') keys.set(id, { id, revision, body });
    else if (body.type === 'variable') variables.set(id, { id, revision, body });
    else if (body.type === 'environment') environments.set(id, { id, revision, body });
    else projects.set(id, { id, revision, body });
  }
  return {
    projects,
    environments,
    variables,
    keys,
    unreadable,
    byFingerprint: indexFingerprints(keys),
  };
};

const byOrder = (left: HeldEnvironment, right: HeldEnvironment): number =>
  left.body.order - right.body.order || left.body.name.localeCompare(right.body.name);

/** A project's environments in the order in which they are shown. */
export const environmentsOf = (book: Book, projectId: RecordId): readonly HeldEnvironment[] =>
  [...book.environments.values()].filter(({ body }) => body.projectId === projectId).sort(byOrder);

/** An environment's plain variables in the order of the file they came from. */
export const variablesOf = (book: Book, environmentId: RecordId): readonly HeldVariable[] =>
  [...book.variables.values()]
    .filter(({ body }) => body.environmentId === environmentId)
    .sort(
      (left, right) => left.body.order - right.body.order || left.body.name.localeCompare(right.body.name),
    );

/** The keys of an environment that are not removed, by name. */
export const keysOf = (book: Book, environmentId: RecordId): readonly HeldKey[] =>
  [...book.keys.values()]
    .filter(({ body }) => body.removedAtMs === null && body.environmentIds.includes(environmentId))
    .sort((left, right) => left.body.name.localeCompare(right.body.name));
