// A provider and a vault in memory for driving the machine at random: every await is a place where a request is lost, an answer is lost, a call comes
// late or twice, the process is killed, the clock jumps. It knows the truth, so it can say whether the promises of docs/rotation.md §2.3 hold.
import type { KeyVersion, StoredKey } from '../../../src/core/model/key.ts';
import type { Rotation } from '../../../src/core/model/rotation.ts';
import type { Asked, Desk, Effect, Heard, Made, Remote, Values } from '../../../src/core/rotation/desk.ts';

/** The process is gone: thrown through whatever was under way. */
export class Killed extends Error {}

export type Ways = {
  readonly name: string;
  readonly shape: Rotation['shape'];
  readonly isChosen: boolean;
  readonly hasList: boolean;
  readonly isListComplete: boolean;
  readonly hasSlot: boolean;
  readonly revokeCalls: number;
  readonly quota: number | null;
  /** The old value lives on for a while, and tells nothing about a single-use token. */
  readonly oldTells: boolean;
};

const usual = {
  isChosen: false,
  hasList: true,
  isListComplete: true,
  hasSlot: false,
  revokeCalls: 1,
  quota: null,
  oldTells: true,
} as const;

export const everyWay: readonly Ways[] = [
  { ...usual, name: 'overlap with a list', shape: 'overlap' },
  { ...usual, name: 'overlap in two calls, few slots', shape: 'overlap', revokeCalls: 2, quota: 3 },
  { ...usual, name: 'overlap without a list', shape: 'overlap', hasList: false },
  { ...usual, name: 'overlap with a part of a list', shape: 'overlap', isListComplete: false },
  { ...usual, name: 'overlap with a value of ours', shape: 'overlap', isChosen: true, hasList: false },
  { ...usual, name: 'a second slot', shape: 'two-slot', hasSlot: true, hasList: false },
  { ...usual, name: 'two roles in turn', shape: 'two-slot', isChosen: true, hasList: false, revokeCalls: 2 },
  { ...usual, name: 'swap by the provider', shape: 'swap', hasList: false, revokeCalls: 0 },
  {
    ...usual,
    name: 'swap with a value of ours',
    shape: 'swap',
    isChosen: true,
    hasList: false,
    revokeCalls: 0,
  },
  { ...usual, name: 'a chain of single-use tokens', shape: 'chain', hasList: false, revokeCalls: 0 },
  {
    ...usual,
    name: 'a chain whose old value lives on',
    shape: 'chain',
    hasList: false,
    revokeCalls: 0,
    oldTells: false,
  },
  { ...usual, name: 'guided, revoked by a call', shape: 'guided' },
  { ...usual, name: 'guided to the end', shape: 'guided', hasList: false, revokeCalls: 0 },
];

export const faults = [
  'none',
  'lost request',
  'lost answer',
  'late',
  'twice',
  '429',
  '500',
  'killed before',
  'killed after',
  'offline',
] as const;
export type Fault = (typeof faults)[number];

/** Where chance comes from; `fault` says what happens at the next place where something may. */
export type Chance = {
  readonly fault: () => Fault;
  /** A whole number from 0 to below. */
  readonly below: (limit: number) => number;
};

type Key = {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
  alive: boolean;
  /** From when on everybody there knows of it. */
  knownFromMs: number;
  /** Until when it is taken although it is dead. */
  takenUntilMs: number;
  disabled: number;
  /** Made, listed, and of no use to anybody. */
  readonly isDud: boolean;
};

const waitSecond: Heard<never> = {
  kind: 'refused',
  means: 'wait',
  reason: 'Too many requests.',
  next: 'Wait.',
  againInMs: 5_000,
};
const lost: Heard<never> = { kind: 'lost', reason: 'No answer came.', next: 'Try again.' };
const unsent: Heard<never> = { kind: 'unsent', reason: 'Offline.', next: 'Go online.' };
const no = (means: 'no-permission' | 'quota-full' | 'gone' | 'refused'): Heard<never> => ({
  kind: 'refused',
  means,
  reason: `No: ${means}.`,
  next: 'Ask.',
  againInMs: null,
});

/** Whether making the new key ends the old one. */
export const isInPlace = ({ shape }: Ways): boolean => shape === 'swap' || shape === 'chain';

export class World {
  /** The provider's time. */
  realMs = 1_800_000_000_000;
  /** What the person's clock is off by. */
  #skewMs = 0;
  readonly keys: Key[] = [];
  readonly #later: { readonly atMs: number; readonly act: () => void }[] = [];
  /** What the vault holds, by version id. */
  readonly secrets = new Map<string, string>();
  record: Rotation;
  current = 'v1';
  pending: string | null = null;
  /** Where everything has been told: nothing fails any more. */
  calm = false;
  permission = true;
  meddled = false;
  /** The one secret that the machine asked for and nobody will ever know. */
  readonly unknown: string[] = [];
  readonly #way: Ways;
  readonly #chance: Chance;
  readonly #check: (world: World) => void;
  #count = 0;

  constructor(way: Ways, chance: Chance, record: Rotation, check: (world: World) => void) {
    this.#way = way;
    this.#chance = chance;
    this.#check = check;
    this.record = record;
    this.add('old', this.secret(), 0);
    this.secrets.set('v1', this.key('k1').secret);
    for (let more = 0; way.quota !== null && more < chance.below(3); more += 1)
      this.add('other', this.secret(), 0);
  }

  /** By the person's clock. */
  get nowMs(): number {
    return this.realMs + this.#skewMs;
  }

  id(): string {
    this.#count += 1;
    return this.#count.toString(16).padStart(8, '0').repeat(4);
  }

  secret(): string {
    this.#count += 1;
    return `value-${String(this.#count)}-of-${String(this.#chance.below(1e9))}`;
  }

  key(id: string): Key {
    const key = this.keys.find((each) => each.id === id);
    if (key === undefined) throw new Error(`no key ${id}`);
    return key;
  }

  add(name: string, secret: string, settleMs: number, isDud = false): Key {
    const key = {
      id: `k${String(this.keys.length + 1)}`,
      name,
      secret,
      alive: true,
      knownFromMs: this.realMs + settleMs,
      takenUntilMs: 0,
      disabled: 0,
      isDud,
    };
    this.keys.push(key);
    return key;
  }

  kill(key: Key, settleMs: number): void {
    if (key.alive) key.takenUntilMs = this.realMs + settleMs;
    key.alive = false;
  }

  isAlive(secret: string | undefined): boolean {
    return this.keys.some((key) => key.alive && !key.isDud && key.secret === secret);
  }

  /** Somebody else revokes the new key. */
  meddle(): void {
    const fresh = this.secrets.get(this.record.newVersionId ?? '');
    const key = this.keys.find((each) => each.secret === fresh);
    // Once the old one is half revoked nothing can be helped any more.
    if (key === undefined || !this.key('k1').alive || this.record.revoked > 0) return;
    this.kill(key, 0);
    this.meddled = true;
  }

  advance(ms: number): void {
    this.realMs += ms;
    const due = this.#later.filter(({ atMs }) => atMs <= this.realMs);
    for (const each of due) {
      this.#later.splice(this.#later.indexOf(each), 1);
      each.act();
    }
    if (!this.calm && this.#chance.below(40) === 0) this.#skewMs += (this.#chance.below(3) - 1) * 3_600_000;
  }

  fault(): Fault {
    return this.calm ? 'none' : this.#chance.fault();
  }

  /** One request, with whatever happens to it on its way. */
  async request<T>(act: () => Heard<T>): Promise<Heard<T>> {
    await Promise.resolve();
    const fault = this.fault();
    this.advance(this.#chance.below(2_000));
    if (fault === 'killed before') throw new Killed();
    if (fault === 'offline') return unsent;
    if (fault === 'lost request' || fault === '500') return lost;
    if (fault === '429') return waitSecond;
    if (fault === 'late') {
      this.#later.push({ atMs: this.realMs + this.#chance.below(15_000), act });
      return lost;
    }
    const answer = act();
    if (fault === 'twice') act();
    this.#check(this);
    await Promise.resolve();
    if (fault === 'killed after') throw new Killed();
    return fault === 'lost answer' ? lost : answer;
  }

  settleMs(): number {
    return this.calm || this.#chance.below(3) > 0 ? 0 : this.#chance.below(60_000);
  }

  save(next: Rotation, effect?: Effect): Desk['save'] extends (...args: never[]) => infer R ? R : never {
    const fault = this.fault();
    if (fault === 'killed before') throw new Killed();
    if (fault === 'offline')
      return { ok: false, error: { kind: 'busy', message: 'Busy.', next: 'Try again.' } };
    this.record = this.#apply(structuredClone(next), effect);
    this.#check(this);
    if (fault === 'killed after') throw new Killed();
    return { ok: true, value: undefined };
  }

  #apply(next: Rotation, effect: Effect | undefined): Rotation {
    if (effect === undefined) return next;
    if (effect.type === 'keep' || effect.type === 'keep-current') {
      const id = this.id();
      this.secrets.set(id, effect.values['secret'] ?? '');
      if (effect.type === 'keep-current') {
        this.current = id;
        return { ...next, newVersionId: id };
      }
      this.pending = id;
      return { ...next, pending: versionOf(id) };
    }
    if (effect.type === 'put-back') {
      this.current = 'v1';
      const newVersionId = next.newVersionId ?? this.pending;
      this.pending = null;
      return { ...next, pending: null, newVersionId };
    }
    const { pending } = this;
    if (pending === null) throw new Error(`${effect.type} of nothing`);
    this.pending = null;
    if (effect.type === 'promote') {
      this.current = pending;
      return { ...next, pending: null, newVersionId: pending };
    }
    const secret = this.secrets.get(pending);
    if (this.isAlive(secret)) throw new Error('a value was dropped that works');
    this.secrets.delete(pending);
    return { ...next, pending: null };
  }

  /** Why no new key is made; undefined where one is. */
  #refusal(known: Key | undefined): Heard<never> | undefined {
    const way = this.#way;
    if (!this.permission) return no('no-permission');
    const alive = this.keys.filter((key) => key.alive);
    if (way.quota !== null && alive.length >= way.quota) return no('quota-full');
    // What proves a swap is the old key itself.
    if (isInPlace(way) && !this.key('k1').alive)
      return no(way.shape === 'chain' ? 'refused' : 'no-permission');
    const isSlotTaken = known === undefined && way.hasSlot && alive.some(({ name }) => name !== 'old');
    return isSlotTaken ? no('quota-full') : undefined;
  }

  #make(mark: string, chosen: string | undefined): Heard<Made> {
    const way = this.#way;
    const known = chosen === undefined ? undefined : this.keys.find(({ secret }) => secret === chosen);
    const refusal = this.#refusal(known);
    if (refusal !== undefined) return refusal;
    const isDud = !isInPlace(way) && !this.calm && this.#chance.below(12) === 0;
    const settleMs = isInPlace(way) ? 0 : this.settleMs();
    const made = known ?? this.add(mark, chosen ?? this.secret(), settleMs, isDud);
    made.alive = true;
    if (isInPlace(way)) this.kill(this.key('k1'), way.oldTells ? 0 : 40_000);
    const remoteId = way.isChosen || way.hasSlot || isInPlace(way) ? null : made.id;
    return { kind: 'done', value: { values: { secret: made.secret }, remoteId, expiresOn: null } };
  }

  #revoke(index: number, remoteId: string | null, whose: 'old' | 'new'): Heard<null> {
    if (!this.permission) return no('no-permission');
    const newSecret = this.secrets.get(this.pending ?? this.record.newVersionId ?? '');
    const key =
      remoteId === null
        ? this.keys.find((each) => (whose === 'old' ? each.id === 'k1' : each.secret === newSecret))
        : this.keys.find(({ id }) => id === remoteId);
    if (key === undefined || (!key.alive && index === 0)) return no('gone');
    key.disabled = Math.max(key.disabled, index + 1);
    if (key.disabled >= this.#way.revokeCalls) this.kill(key, this.settleMs());
    return { kind: 'done', value: null };
  }

  async #ask(whose: 'old' | 'new'): Promise<Asked> {
    const versionId = whose === 'old' ? 'v1' : (this.pending ?? this.record.newVersionId ?? '');
    const secret = this.secrets.get(versionId);
    const heard = await this.request<Asked>(() => {
      const isTaken = this.keys.some(
        (key) =>
          !key.isDud &&
          key.secret === secret &&
          (key.alive ? key.knownFromMs <= this.realMs : key.takenUntilMs > this.realMs),
      );
      return {
        kind: 'done',
        value: { state: isTaken ? 'valid' : 'invalid', reason: isTaken ? 'Works.' : 'Refused.', next: '' },
      };
    });
    return heard.kind === 'done' ? heard.value : { state: 'unreachable', reason: heard.reason, next: '' };
  }

  remote(): Remote {
    const way = this.#way;
    const listed = (): Heard<{ readonly entries: readonly Key[] }> =>
      this.permission
        ? { kind: 'done', value: { entries: this.keys.filter((key) => key.alive) } }
        : no('no-permission');
    return {
      needsOldId: !way.isChosen && !way.hasSlot && way.revokeCalls > 0,
      quota: way.quota,
      choose: () => (way.isChosen ? { secret: this.secret() } : null),
      look: () =>
        this.request(() => ({ kind: 'done', value: { learnt: { scopes: '["a"]' }, oldRemoteId: 'k1' } })),
      list: !way.hasList
        ? null
        : async () => {
            const heard = await this.request(listed);
            if (heard.kind !== 'done') return heard;
            const entries = heard.value.entries
              .filter(() => way.isListComplete || this.#chance.below(2) === 0)
              .map(({ id, name }) => ({ id, name, createdAt: '', lastUsedAt: '', fitsOld: null }));
            return { kind: 'done', value: { entries, max: null, complete: way.isListComplete } };
          },
      ...(way.oldTells ? {} : { afterLost: { oldTells: false, wayBack: 'Install the app again.' } }),
      make: (mark) => {
        // What is sent is what the vault holds now, whenever it arrives.
        const chosen = this.pending === null ? undefined : this.secrets.get(this.pending);
        if (way.isChosen && chosen === undefined)
          throw new Error('asked for a value of ours that is not kept');
        if (way.shape === 'swap' && !way.isChosen && !this.key('k1').alive)
          throw new Error('a replaced token was used again');
        return this.request(() => this.#make(mark, chosen));
      },
      unmake: !way.hasSlot
        ? null
        : () =>
            this.request<null>(() => {
              if (!this.permission) return no('no-permission');
              const slot = this.keys.find(({ name, alive }) => alive && name !== 'old');
              if (slot === undefined) return no('gone');
              this.kill(slot, 0);
              return { kind: 'done', value: null };
            }),
      revokeCalls: way.revokeCalls,
      revoke: (index, remoteId, whose) => this.request(() => this.#revoke(index, remoteId, whose)),
      ask: (whose) => this.#ask(whose),
    };
  }

  /** A process that opens the vault: it knows the record and nothing else. */
  desk(): Desk {
    return {
      nowMs: () => this.nowMs,
      newId: () => this.id(),
      keyName: () => 'payments reader',
      rotation: () => this.record,
      save: (next, effect) => this.save(next, effect),
      remote: this.remote(),
      deliver: async () => {
        await Promise.resolve();
        if (this.fault() === 'killed before') throw new Killed();
        return this.#chance.below(3) === 0 ? [{ place: 'app/.env', problem: 'It is not there.' }] : [];
      },
      wait: async (ms) => {
        await Promise.resolve();
        this.advance(ms);
        if (this.fault() === 'killed before') throw new Killed();
        return true;
      },
      wanted: () => true,
    };
  }
}

const versionOf = (id: string): KeyVersion => ({
  id,
  number: 2,
  addedAtMs: 0,
  addedBy: 'test',
  replacedAtMs: null,
  fields: [],
  fingerprints: {},
});

export type { StoredKey, Values };
