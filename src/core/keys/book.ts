// The open vault's metadata as the domain sees it: typed and indexed. A live view that live-book.ts keeps up with the records, so
// that one change among 10,000 keys costs one change of the indexes. Whoever gets a Book only reads.
import type { RecordId } from '../model/ids.ts';
import type { StoredKey } from '../model/key.ts';
import type { KeyCare, KeyLog, OwnProvider, Policies, ProviderSettings } from '../model/key-log.ts';
import type { Finding } from '../model/finding.ts';
import type { LeakCare, LeakScrub } from '../model/leak-care.ts';
import type { Rotation, TrackedFile, TurnCare } from '../model/rotation.ts';
import type { Catalogue } from '../providers/whole-catalogue.ts';
import type { StoredEnvironment, StoredProject, StoredVariable } from './stored.ts';

export type Held<S> = { readonly id: RecordId; readonly revision: number; readonly body: S };

export type HeldProject = Held<StoredProject>;
export type HeldEnvironment = Held<StoredEnvironment>;
export type HeldVariable = Held<StoredVariable>;
export type HeldKey = Held<StoredKey>;
export type HeldLog = Held<KeyLog>;
export type HeldCare = Held<KeyCare>;
export type HeldSettings = Held<ProviderSettings>;
export type HeldProvider = Held<OwnProvider>;
export type HeldPolicies = Held<Policies>;
export type HeldRotation = Held<Rotation>;
export type HeldTurnCare = Held<TurnCare>;
export type HeldTracked = Held<TrackedFile>;
export type HeldFinding = Held<Finding>;
export type HeldLeakCare = Held<LeakCare>;
export type HeldScrub = Held<LeakScrub>;

/** Ids by something they share: of a few, and of many. */
type FewIds = ReadonlyMap<string, readonly RecordId[]>;
type ManyIds = ReadonlyMap<string, ReadonlySet<RecordId>>;

export type Book = {
  /** Another number after every change. */
  readonly version: () => number;
  readonly projects: ReadonlyMap<RecordId, HeldProject>;
  readonly environments: ReadonlyMap<RecordId, HeldEnvironment>;
  readonly variables: ReadonlyMap<RecordId, HeldVariable>;
  readonly keys: ReadonlyMap<RecordId, HeldKey>;
  /** By the id of the key. */
  readonly logs: ReadonlyMap<RecordId, HeldLog>;
  readonly cares: ReadonlyMap<RecordId, HeldCare>;
  /** By the provider's id. */
  readonly providerSettings: ReadonlyMap<string, HeldSettings>;
  readonly ownProviders: ReadonlyMap<string, HeldProvider>;
  readonly policies: () => HeldPolicies | null;
  /** Turns, open and ended, by their own id. */
  readonly rotations: ReadonlyMap<RecordId, HeldRotation>;
  /** The same by the id of the key, oldest first; nothing for a key that was never turned. */
  readonly turnsOf: (keyId: RecordId) => readonly HeldRotation[];
  /** By the id of the key. */
  readonly turnCares: ReadonlyMap<RecordId, HeldTurnCare>;
  /** Env files that are kept up to date, by their own id. */
  readonly trackedFiles: ReadonlyMap<RecordId, HeldTracked>;
  /** Places where keys were pasted, by their own id. */
  readonly findings: ReadonlyMap<RecordId, HeldFinding>;
  /** The same by the finding's mark: of several that two vaults brought together, the first. */
  readonly findingMarked: (mark: string) => HeldFinding | undefined;
  /** What a person wants looked after about pasted keys; null where nothing was said yet. */
  readonly leakCare: () => HeldLeakCare | null;
  /** Files that were changed for a finding, by their own id. */
  readonly scrubs: ReadonlyMap<RecordId, HeldScrub>;
  /** The built-in providers with those of this vault. */
  readonly catalogue: () => Catalogue;
  /** Records of a type or form that this version does not know. */
  readonly unreadable: ReadonlySet<RecordId>;
  /** The next four hold no removed keys. By the fingerprint of each secret field of the current version. */
  readonly byFingerprint: FewIds;
  readonly byProvider: ManyIds;
  readonly byEnvironment: ManyIds;
  /** Keys and plain variables by environment and variable: who is exported under a name in an environment. */
  readonly byClaim: ReadonlyMap<RecordId, FewIds>;
  /** Keys, not removed, that a person would take for this name in an environment. @param folded as foldName gives it */
  readonly namedIn: (environmentId: RecordId, folded: string) => readonly RecordId[];
  /** Changes whenever anything changes that is said of the key beside others: equal values, names, quotas, environments. */
  readonly stampOf: (keyId: RecordId) => number;
};

/** The turn of a key that is not over; undefined where there is none. Of several that two vaults brought together, the first. */
export const openTurn = (book: Book, keyId: RecordId): HeldRotation | undefined =>
  book.turnsOf(keyId).find(({ body }) => body.outcome === null);

/** Env files that were written from an environment, by path. */
export const trackedOf = (book: Book, environmentId: RecordId): readonly HeldTracked[] =>
  [...book.trackedFiles.values()]
    .filter(({ body }) => body.environmentId === environmentId)
    .sort((left, right) => (left.body.path < right.body.path ? -1 : 1));

/** The current version: a stored key always has one. */
export const currentVersion = (key: StoredKey): StoredKey['versions'][number] => {
  const version = key.versions.at(-1);
  if (version === undefined) throw new Error('a key without a version was read');
  return version;
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
  heldKeys(book, book.byEnvironment.get(environmentId)).sort((left, right) =>
    left.body.name.localeCompare(right.body.name),
  );

/** The keys of some ids; ids of anything else are passed over. */
export const heldKeys = (book: Book, ids: Iterable<RecordId> | undefined): HeldKey[] =>
  [...(ids ?? [])].flatMap((id) => book.keys.get(id) ?? []);
