// Keeps a Book up with the records of the vault. A record counts as changed when its body is another object: the vault replaces
// bodies and never changes one.
import type { RecordId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { MetaRecord } from '../vault/vault-types.ts';
import {
  currentVersion,
  type Book,
  type Held,
  type HeldEnvironment,
  type HeldKey,
  type HeldProject,
  type HeldVariable,
} from './book.ts';
import { foldName } from './edit.ts';
import { SideRecords, type Concerned } from './side-records.ts';
import { readStored, type Stored } from './stored.ts';

/** Most of these hold one id each: an array of one costs a tenth of a set of one. */
type FewIndex = Map<string, RecordId[]>;
type ManyIndex = Map<string, Set<RecordId>>;

const putFew = (index: FewIndex, name: string, id: RecordId): void => {
  const ids = index.get(name);
  if (ids === undefined) index.set(name, [id]);
  else if (!ids.includes(id)) ids.push(id);
};

/** By environment, then by variable: a name made of both would be a new text for each of 10,000 keys. */
type ClaimIndex = Map<RecordId, FewIndex>;

const putClaim = (index: ClaimIndex, environmentId: RecordId, variable: string, id: RecordId): void => {
  const known = index.get(environmentId);
  const claims: FewIndex = known ?? new Map();
  if (known === undefined) index.set(environmentId, claims);
  putFew(claims, variable, id);
};

const dropClaim = (index: ClaimIndex, environmentId: RecordId, variable: string, id: RecordId): void => {
  const claims = index.get(environmentId);
  if (claims === undefined) return;
  dropFew(claims, variable, id);
  if (claims.size === 0) index.delete(environmentId);
};

const dropFew = (index: FewIndex, name: string, id: RecordId): void => {
  const ids = index.get(name) ?? [];
  const at = ids.indexOf(id);
  if (at >= 0) ids.splice(at, 1);
  if (ids.length === 0) index.delete(name);
};

const putMany = (index: ManyIndex, name: string, id: RecordId): void => {
  const ids = index.get(name);
  if (ids === undefined) index.set(name, new Set([id]));
  else ids.add(id);
};

const dropMany = (index: ManyIndex, name: string, id: RecordId): void => {
  const ids = index.get(name);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(name);
};

type Indexing = {
  readonly few: typeof putFew;
  readonly many: typeof putMany;
  readonly claim: typeof putClaim;
};
const put: Indexing = { few: putFew, many: putMany, claim: putClaim };
const drop: Indexing = { few: dropFew, many: dropMany, claim: dropClaim };

/**
 * Beyond this many keys of one provider nobody is helped by being told, key by key, that a quota of ten is reached; and each
 * change would touch all of them.
 */
export const maxCounted = 200;

/** Calls with each claim of a key's variables on an environment. */
const eachClaim = ({ body }: HeldKey, visit: (environmentId: RecordId, variable: string) => void): void => {
  for (const { variable } of currentVersion(body).fields) {
    if (variable === null) continue;
    for (const environmentId of body.environmentIds) visit(environmentId, variable);
  }
};

const fingerprintsOf = ({ body }: HeldKey): readonly string[] =>
  Object.values(currentVersion(body).fingerprints);

const nobody: readonly RecordId[] = [];

class LiveBook {
  readonly projects = new Map<RecordId, HeldProject>();
  readonly environments = new Map<RecordId, HeldEnvironment>();
  readonly variables = new Map<RecordId, HeldVariable>();
  readonly keys = new Map<RecordId, HeldKey>();
  readonly unreadable = new Set<RecordId>();
  readonly byFingerprint: FewIndex = new Map();
  readonly byClaim: ClaimIndex = new Map();
  readonly byProvider: ManyIndex = new Map();
  readonly byEnvironment: ManyIndex = new Map();
  /** Made when the first key is to be added or renamed: most sessions only read. */
  #byName: ClaimIndex | null = null;
  readonly #seen = new Map<RecordId, JsonObject>();
  readonly #stamps = new Map<RecordId, number>();
  #clock = 0;

  readonly #side = new SideRecords();
  readonly logs = this.#side.logs;
  readonly cares = this.#side.cares;
  readonly providerSettings = this.#side.providerSettings;
  readonly ownProviders = this.#side.ownProviders;
  readonly policies = this.#side.policies;
  readonly rotations = this.#side.rotations;
  readonly turnsOf = this.#side.turnsOf;
  readonly turnCares = this.#side.turnCares;
  readonly trackedFiles = this.#side.trackedFiles;
  readonly findings = this.#side.findings;
  readonly findingMarked = this.#side.findingMarked;
  readonly leakCare = this.#side.leakCare;
  readonly scrubs = this.#side.scrubs;
  readonly catalogue = this.#side.catalogue;

  readonly version = (): number => this.#clock;
  readonly stampOf = (keyId: RecordId): number => this.#stamps.get(keyId) ?? 0;

  readonly namedIn = (environmentId: RecordId, folded: string): readonly RecordId[] => {
    if (this.#byName === null) {
      this.#byName = new Map();
      for (const held of this.keys.values()) this.#indexName(held, putClaim);
    }
    return this.#byName.get(environmentId)?.get(folded) ?? nobody;
  };

  #indexName({ id, body }: HeldKey, claim: typeof putClaim): void {
    if (this.#byName === null || body.removedAtMs !== null) return;
    const folded = foldName(body.name);
    for (const environmentId of body.environmentIds) claim(this.#byName, environmentId, folded, id);
  }

  update(records: ReadonlyMap<RecordId, MetaRecord>): void {
    this.#clock += 1;
    for (const record of records.values()) {
      const seen = this.#seen.get(record.id);
      if (seen === record.body) continue;
      if (seen !== undefined) this.#forget(record.id);
      this.#learn(record);
    }
    if (this.#seen.size === records.size) return;
    for (const id of [...this.#seen.keys()]) if (!records.has(id)) this.#forget(id);
  }

  #touch(ids: Iterable<RecordId> | undefined): void {
    // Nothing has been said of anything before the first look.
    if (this.#clock === 1 || ids === undefined) return;
    for (const id of ids) this.#stamps.set(id, this.#clock);
  }

  #touchConcerned(concerned: Concerned | undefined): void {
    if (concerned === undefined || 'nothing' in concerned) return;
    if ('key' in concerned) this.#touch([concerned.key]);
    else this.#touch('provider' in concerned ? this.byProvider.get(concerned.provider) : this.keys.keys());
  }

  /** Everything that is said of other keys because of this one. */
  #touchNeighbours(held: HeldKey): void {
    if (this.#clock === 1) return;
    for (const fingerprint of fingerprintsOf(held)) this.#touch(this.byFingerprint.get(fingerprint));
    eachClaim(held, (environmentId, variable) => {
      this.#touch(this.byClaim.get(environmentId)?.get(variable));
    });
    const { provider } = held.body;
    if (provider === null || (this.catalogue().find(provider)?.limits.length ?? 0) === 0) return;
    const all = this.byProvider.get(provider);
    // One more, because a group that has just shrunk to the limit is counted again.
    if ((all?.size ?? 0) <= maxCounted + 1) this.#touch(all);
  }

  /** Its name stands in the warnings of its keys, and of keys elsewhere that share a value with one of them. */
  #touchEnvironment(environmentId: RecordId): void {
    if (this.#clock === 1) return;
    for (const id of this.byEnvironment.get(environmentId) ?? []) {
      const held = this.keys.get(id);
      if (held !== undefined) this.#touchNeighbours(held);
    }
    this.#touch(this.byEnvironment.get(environmentId));
  }

  #index(held: HeldKey, { few, many, claim }: Indexing): void {
    const { id, body } = held;
    if (body.removedAtMs !== null) return;
    this.#indexName(held, claim);
    for (const fingerprint of fingerprintsOf(held)) few(this.byFingerprint, fingerprint, id);
    eachClaim(held, (environmentId, variable) => {
      claim(this.byClaim, environmentId, variable, id);
    });
    if (body.provider !== null) many(this.byProvider, body.provider, id);
    for (const environmentId of body.environmentIds) many(this.byEnvironment, environmentId, id);
  }

  #forget(id: RecordId): void {
    this.#seen.delete(id);
    this.unreadable.delete(id);
    this.projects.delete(id);
    const environment = this.environments.get(id);
    if (environment !== undefined) this.#touchEnvironment(id);
    this.environments.delete(id);
    this.#forgetVariable(id);
    this.#touchConcerned(this.#side.forget(id));
    const key = this.keys.get(id);
    if (key === undefined) return;
    this.#touchNeighbours(key);
    this.#index(key, drop);
    this.keys.delete(id);
    this.#stamps.delete(id);
  }

  #forgetVariable(id: RecordId): void {
    const variable = this.variables.get(id);
    if (variable === undefined) return;
    const { environmentId, name } = variable.body;
    dropClaim(this.byClaim, environmentId, name, id);
    this.#touch(this.byClaim.get(environmentId)?.get(name));
    this.variables.delete(id);
  }

  #learn({ id, revision, body: json }: MetaRecord): void {
    this.#seen.set(id, json);
    const body = readStored(json);
    if (body === null) this.unreadable.add(id);
    else this.#hold({ id, revision, body });
  }

  #hold(held: Held<Stored>): void {
    const { id, revision, body } = held;
    if (body.type === 'project') this.projects.set(id, { id, revision, body });
    else if (body.type === 'environment') {
      this.environments.set(id, { id, revision, body });
      this.#touchEnvironment(id);
    } else if (body.type === 'variable') {
      this.variables.set(id, { id, revision, body });
      putClaim(this.byClaim, body.environmentId, body.name, id);
      this.#touch(this.byClaim.get(body.environmentId)?.get(body.name));
    } else if (body.type !== 'key') this.#touchConcerned(this.#side.hold({ id, revision, body }));
    else {
      const key: HeldKey = { id, revision, body };
      this.keys.set(id, key);
      this.#index(key, put);
      this.#touchNeighbours(key);
      // Without a stamp it has that of the first look.
      if (this.#clock > 1) this.#stamps.set(id, this.#clock);
    }
  }
}

export type OpenedBook = {
  readonly book: Book;
  /** Takes up what changed among the records. Cheap where little did. */
  readonly update: (records: ReadonlyMap<RecordId, MetaRecord>) => void;
};

/** Reads and indexes all records. */
export const openBook = (records: ReadonlyMap<RecordId, MetaRecord>): OpenedBook => {
  const live = new LiveBook();
  live.update(records);
  return {
    book: live,
    update: (next) => {
      live.update(next);
    },
  };
};
