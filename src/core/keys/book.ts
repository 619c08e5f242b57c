// The open vault's metadata as the domain sees it: typed and indexed. A live view that live-book.ts keeps up with the records, so
// that one change among 10,000 keys costs one change of the indexes. Whoever gets a Book only reads.
import type { RecordId } from '../model/ids.ts';
import type { StoredKey } from '../model/key.ts';
import type { KeyCare, KeyLog, OwnProvider, Policies, ProviderSettings } from '../model/key-log.ts';
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
