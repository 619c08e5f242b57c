// The records beside the keys: what was asked and told, what is watched, providers' settings, policies. Part of the live book;
// it knows which keys a change of one is about, and nothing else of them.
import type { RecordId } from '../model/ids.ts';
import type { Held, HeldCare, HeldLog, HeldPolicies, HeldProvider, HeldSettings } from './book.ts';
import type { Stored } from './stored.ts';

type SideType = 'key-log' | 'key-care' | 'provider-settings' | 'own-provider' | 'policies';
export type SideBody = Extract<Stored, { readonly type: SideType }>;

/** Which keys are seen differently after a change. */
export type Concerned =
  { readonly key: RecordId } | { readonly provider: string } | { readonly everything: true };

const concernedBy = (body: SideBody): Concerned => {
  if (body.type === 'policies') return { everything: true };
  return 'keyId' in body ? { key: body.keyId } : { provider: body.provider };
};

/** One record per name. Two processes may each have made one: the lower id counts in both of them, the other one waits. */
class Shelf<B extends SideBody> {
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
const nameOf = (body: SideBody): string => {
  if (body.type === 'policies') return onlyOne;
  return 'keyId' in body ? body.keyId : body.provider;
};

export class SideRecords {
  readonly #shelves = {
    'key-log': new Shelf<HeldLog['body']>(),
    'key-care': new Shelf<HeldCare['body']>(),
    'provider-settings': new Shelf<HeldSettings['body']>(),
    'own-provider': new Shelf<HeldProvider['body']>(),
    policies: new Shelf<HeldPolicies['body']>(),
  } as const;
  readonly #bodies = new Map<RecordId, SideBody>();

  readonly logs: ReadonlyMap<RecordId, HeldLog> = this.#shelves['key-log'].first;
  readonly cares: ReadonlyMap<RecordId, HeldCare> = this.#shelves['key-care'].first;
  readonly providerSettings: ReadonlyMap<string, HeldSettings> = this.#shelves['provider-settings'].first;
  readonly ownProviders: ReadonlyMap<string, HeldProvider> = this.#shelves['own-provider'].first;
  readonly policies = (): HeldPolicies | null => this.#shelves.policies.first.get(onlyOne) ?? null;

  /** Takes a record up. */
  hold({ id, revision, body }: Held<SideBody>): Concerned {
    this.#bodies.set(id, body);
    const shelf: { readonly hold: (name: string, held: Held<never>) => void } = this.#shelves[body.type];
    shelf.hold(nameOf(body), { id, revision, body: body as never });
    return concernedBy(body);
  }

  /** Lets go of a record; undefined where it is none of these. */
  forget(id: RecordId): Concerned | undefined {
    const body = this.#bodies.get(id);
    if (body === undefined) return undefined;
    this.#bodies.delete(id);
    this.#shelves[body.type].forget(nameOf(body), id);
    return concernedBy(body);
  }
}
