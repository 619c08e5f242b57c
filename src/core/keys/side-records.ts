// The records beside the keys: what was asked and told, what is watched, how they are turned, providers' settings, policies. Part of the live book;
// it knows which keys a change of one is about, and nothing else of them.
import type { RecordId } from '../model/ids.ts';
import { catalogueOf } from '../providers/outside-catalogue.ts';
import type { Catalogue } from '../providers/whole-catalogue.ts';
import type {
  Held,
  HeldCare,
  HeldFinding,
  HeldLeakCare,
  HeldLog,
  HeldPolicies,
  HeldProvider,
  HeldRotation,
  HeldScrub,
  HeldSettings,
  HeldTracked,
  HeldTurnCare,
} from './book.ts';
import type { Stored } from './stored.ts';

type ShelfType =
  'key-log' | 'key-care' | 'turn-care' | 'provider-settings' | 'own-provider' | 'policies' | 'leak-care';
type SideType = ShelfType | 'rotation' | 'tracked-file' | 'finding' | 'leak-scrub';
type ShelfBody = Extract<Stored, { readonly type: ShelfType }>;
export type SideBody = Extract<Stored, { readonly type: SideType }>;

/** Which keys are seen differently after a change. */
export type Concerned =
  | { readonly key: RecordId }
  | { readonly provider: string }
  | { readonly everything: true }
  | { readonly nothing: true };

/** Of these nothing is said beside a key. */
const silent: ReadonlySet<SideType> = new Set(['tracked-file', 'finding', 'leak-scrub', 'leak-care']);

const concernedProvider = (body: SideBody): Concerned =>
  'provider' in body && body.provider !== null ? { provider: body.provider } : { nothing: true };

const concernedBy = (body: SideBody): Concerned => {
  if (body.type === 'policies') return { everything: true };
  if (silent.has(body.type)) return { nothing: true };
  return 'keyId' in body && body.keyId !== null ? { key: body.keyId } : concernedProvider(body);
};

/** One record per name. Two processes may each have made one: the lower id counts in both of them, the other one waits. */
class Shelf<B extends ShelfBody> {
  readonly first = new Map<string, Held<B>>();
  readonly #waiting = new Map<string, Held<B>[]>();

  hold(name: string, held: Held<B>): void {
    const known = this.first.get(name);
    if (known === undefined || held.id < known.id) {
      this.first.set(name, held);
      if (known !== undefined) this.#wait(name, known);
    } else this.#wait(name, held);
  }

  #wait(name: string, held: Held<B>): void {
    this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), held]);
  }

  forget(name: string, id: RecordId): void {
    const waiting = (this.#waiting.get(name) ?? []).filter((held) => held.id !== id);
    if (this.first.get(name)?.id === id) this.first.delete(name);
    this.#waiting.delete(name);
    for (const held of waiting) this.hold(name, held);
  }
}

const onlyOne = '';
const nameOf = (body: ShelfBody): string => {
  if (body.type === 'policies' || body.type === 'leak-care') return onlyOne;
  return 'keyId' in body ? body.keyId : body.provider;
};

const byBeginning = (left: HeldRotation, right: HeldRotation): number =>
  left.body.startedAtMs - right.body.startedAtMs || (left.id < right.id ? -1 : 1);

/** Turns by key: many of one key, at most one of them open. */
class Turns {
  readonly byId = new Map<RecordId, HeldRotation>();
  readonly #byKey = new Map<RecordId, readonly HeldRotation[]>();

  readonly of = (keyId: RecordId): readonly HeldRotation[] => this.#byKey.get(keyId) ?? [];

  hold(held: HeldRotation): void {
    this.byId.set(held.id, held);
    const { keyId } = held.body;
    this.#byKey.set(keyId, [...this.of(keyId), held].sort(byBeginning));
  }

  forget(id: RecordId): void {
    const held = this.byId.get(id);
    if (held === undefined) return;
    this.byId.delete(id);
    const { keyId } = held.body;
    const others = this.of(keyId).filter((each) => each.id !== id);
    if (others.length === 0) this.#byKey.delete(keyId);
    else this.#byKey.set(keyId, others);
  }
}

/** Findings by id and by mark. */
class Findings {
  readonly byId = new Map<RecordId, HeldFinding>();
  readonly #byMark = new Map<string, readonly RecordId[]>();

  readonly marked = (mark: string): HeldFinding | undefined => {
    const [first] = this.#byMark.get(mark) ?? [];
    return first === undefined ? undefined : this.byId.get(first);
  };

  hold(held: HeldFinding): void {
    this.byId.set(held.id, held);
    const known = this.#byMark.get(held.body.mark) ?? [];
    this.#byMark.set(held.body.mark, [...known, held.id].sort());
  }

  forget(id: RecordId): void {
    const mark = this.byId.get(id)?.body.mark;
    if (mark === undefined) return;
    this.byId.delete(id);
    const others = (this.#byMark.get(mark) ?? []).filter((each) => each !== id);
    if (others.length === 0) this.#byMark.delete(mark);
    else this.#byMark.set(mark, others);
  }
}

export class SideRecords {
  readonly #shelves = {
    'key-log': new Shelf<HeldLog['body']>(),
    'key-care': new Shelf<HeldCare['body']>(),
    'provider-settings': new Shelf<HeldSettings['body']>(),
    'own-provider': new Shelf<HeldProvider['body']>(),
    'turn-care': new Shelf<HeldTurnCare['body']>(),
    policies: new Shelf<HeldPolicies['body']>(),
    'leak-care': new Shelf<HeldLeakCare['body']>(),
  } as const;
  readonly #turns = new Turns();
  readonly #found = new Findings();
  readonly trackedFiles = new Map<RecordId, HeldTracked>();
  readonly scrubs = new Map<RecordId, HeldScrub>();
  readonly #bodies = new Map<RecordId, SideBody>();
  #catalogue: Catalogue | null = null;

  readonly logs: ReadonlyMap<RecordId, HeldLog> = this.#shelves['key-log'].first;
  readonly cares: ReadonlyMap<RecordId, HeldCare> = this.#shelves['key-care'].first;
  readonly providerSettings: ReadonlyMap<string, HeldSettings> = this.#shelves['provider-settings'].first;
  readonly ownProviders: ReadonlyMap<string, HeldProvider> = this.#shelves['own-provider'].first;
  readonly turnCares: ReadonlyMap<RecordId, HeldTurnCare> = this.#shelves['turn-care'].first;
  readonly rotations: ReadonlyMap<RecordId, HeldRotation> = this.#turns.byId;
  readonly turnsOf = this.#turns.of;
  readonly policies = (): HeldPolicies | null => this.#shelves.policies.first.get(onlyOne) ?? null;

  readonly findings: ReadonlyMap<RecordId, HeldFinding> = this.#found.byId;
  readonly findingMarked = this.#found.marked;
  readonly leakCare = (): HeldLeakCare | null => this.#shelves['leak-care'].first.get(onlyOne) ?? null;

  /** Built-in providers and those of the vault. One that this version cannot read any more is left out, and its record kept. */
  readonly catalogue = (): Catalogue => {
    return (this.#catalogue ??= catalogueOf([...this.ownProviders.values()].map(({ body }) => body)));
  };

  /** Takes a record up. */
  hold({ id, revision, body }: Held<SideBody>): Concerned {
    this.#bodies.set(id, body);
    if (body.type === 'rotation') this.#turns.hold({ id, revision, body });
    else if (body.type === 'tracked-file') this.trackedFiles.set(id, { id, revision, body });
    else if (body.type === 'finding') this.#found.hold({ id, revision, body });
    else if (body.type === 'leak-scrub') this.scrubs.set(id, { id, revision, body });
    else this.#shelve(id, revision, body);
    return concernedBy(body);
  }

  #shelve(id: RecordId, revision: number, body: ShelfBody): void {
    if (body.type === 'own-provider') this.#catalogue = null;
    const shelf: { readonly hold: (name: string, held: Held<never>) => void } = this.#shelves[body.type];
    shelf.hold(nameOf(body), { id, revision, body: body as never });
  }

  /** Lets go of a record; undefined where it is none of these. */
  forget(id: RecordId): Concerned | undefined {
    const body = this.#bodies.get(id);
    if (body === undefined) return undefined;
    this.#bodies.delete(id);
    if (body.type === 'own-provider') this.#catalogue = null;
    if (body.type === 'rotation') this.#turns.forget(id);
    else if (body.type === 'tracked-file') this.trackedFiles.delete(id);
    else if (body.type === 'finding') this.#found.forget(id);
    else if (body.type === 'leak-scrub') this.scrubs.delete(id);
    else this.#shelves[body.type].forget(nameOf(body), id);
    return concernedBy(body);
  }
}
