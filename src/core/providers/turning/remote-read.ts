// The part of a turn that reads: what the new key must have in common with the old one, the provider's id of the old one, its list.
import { atPath } from '../ask/decide.ts';
import { effectiveValues } from '../take-apart.ts';
import { asId, inDocument, partOf, secretsIn, toldId } from './ask/ids.ts';
import { learnFrom } from './ask/learn.ts';
import { readList, type ReadEntry, type ReadList } from './ask/list.ts';
import { nothingTold } from './ask/put-call.ts';
import { allSecrets, put, readCall, untold } from './remote-calls.ts';
import type { Heard, Remote, RemoteList, Values } from './remote-port.ts';
import type { RemoteOptions } from './remote.ts';
import type { HttpCall, OldRule } from './turn-definition.ts';
import { namesOldId } from './way-calls.ts';

export type Reading = {
  readonly look: Remote['look'];
  readonly list: () => Promise<Heard<RemoteList>>;
  /** With the provider's own ids, which may be secrets. */
  readonly rawList: () => Promise<Heard<ReadList>>;
  /** What this turn was told, whether it stands in the record yet or not. */
  readonly learnt: () => Values;
  /** Reads what the call that makes the key needs, once more. */
  readonly before: () => Promise<Heard<Values>>;
};

type Found = { readonly id: string | null; readonly learnt: Values };

const noList: Heard<never> = {
  kind: 'refused',
  means: 'refused',
  reason: 'The provider shows no list of its keys.',
  next: 'Look at its portal.',
  againInMs: null,
};

const readTheList = async (options: RemoteOptions, learnt: Values): Promise<Heard<ReadList>> => {
  const { way, definition } = options;
  const { list } = way;
  if (list === undefined) return noList;
  const heard = await put(options, list.call, { isReading: true, learnt });
  if (heard.kind !== 'done') return heard;
  const oldSecrets = secretsIn(definition, options.old());
  const secrets = allSecrets(options);
  const read = readList({ way, listing: list, definition, oldSecrets, secrets }, heard.value);
  return read === undefined ? nothingTold : { kind: 'done', value: read };
};

/** Told outside without what stays in these rooms. Where keys have no names, a mark that is not found proves nothing. */
const toldList = ({ entries, complete, max }: ReadList, hasNames: boolean): RemoteList => ({
  max,
  complete: complete && hasNames,
  entries: entries.map(({ id, name, createdAt, lastUsedAt, fitsOld }) => ({
    id,
    name,
    createdAt,
    lastUsedAt,
    fitsOld,
  })),
});

/** Only one that stands alone is believed to be the old key. */
const onlyOne = (entries: readonly ReadEntry[]): string | null =>
  entries.length === 1 ? (entries[0]?.id ?? null) : null;

const ofField = (
  { way, definition, old }: RemoteOptions,
  rule: Extract<OldRule, { from: 'field' }>,
): string | null => {
  const values = old();
  const text = values === null ? undefined : effectiveValues(definition, values)[rule.field];
  if (text === undefined) return null;
  const raw = rule.json === undefined ? text : inDocument(text, rule.json);
  const whole = asId(raw);
  const id = whole === undefined ? undefined : asId(partOf(whole, rule.part));
  return id === undefined ? null : toldId(way, id);
};

const byRule = async (options: RemoteOptions, rule: OldRule, learnt: Values): Promise<Heard<Found>> => {
  const none: Found = { id: null, learnt };
  if (rule.from === 'nothing') return { kind: 'done', value: none };
  if (rule.from === 'field') return { kind: 'done', value: { id: ofField(options, rule), learnt } };
  if (rule.from === 'call') {
    const heard = await readCall(options, rule.call, { learnt });
    if (heard.kind !== 'done') return heard;
    const id = asId(atPath(heard.value.answer.json, rule.id));
    return {
      kind: 'done',
      value: { id: id === undefined ? null : toldId(options.way, id), learnt: heard.value.learnt },
    };
  }
  const heard = await readTheList(options, learnt);
  if (heard.kind !== 'done') return heard;
  const names = new Set(options.names());
  const fitting = heard.value.entries.filter(({ fitsOld, name }) =>
    rule.from === 'hint' ? fitsOld === true : fitsOld !== false && names.has(name),
  );
  return { kind: 'done', value: { id: onlyOne(fitting), learnt } };
};

/** By the first rule that finds one. A no to one rule is not the end while there is another. */
const findOld = async (options: RemoteOptions, learnt: Values): Promise<Heard<Found>> => {
  const known = options.rotation().oldRemoteId;
  if (known !== null) return { kind: 'done', value: { id: known, learnt } };
  let refused: Heard<Found> | undefined;
  let told = learnt;
  for (const rule of options.way.old) {
    const heard = await byRule(options, rule, told);
    if (heard.kind === 'refused') refused ??= heard;
    else if (heard.kind !== 'done' || heard.value.id !== null) return heard;
    else told = heard.value.learnt;
  }
  return refused ?? { kind: 'done', value: { id: null, learnt: told } };
};

/** What the entry of the old key in the list tells. */
const learnFromEntry = async (options: RemoteOptions, { id, learnt }: Found): Promise<Heard<Values>> => {
  const learns = options.way.list?.learns ?? [];
  if (learns.length === 0) return { kind: 'done', value: learnt };
  const heard = await readTheList(options, learnt);
  if (heard.kind !== 'done') return heard;
  const entry = heard.value.entries.find((each) => each.id === id);
  const needed = learns.find(({ required }) => required);
  // Of a key that is not listed nobody knows what it may do, and what is left out may mean everything.
  if (entry === undefined)
    return id === null && needed === undefined
      ? { kind: 'done', value: learnt }
      : untold((needed ?? learns[0])?.name ?? '');
  const told = learnFrom(learns, { headers: new Map(), json: entry.json }, allSecrets(options));
  return told.ok ? { kind: 'done', value: { ...learnt, ...told.values } } : untold(told.name);
};

const readAll = async (
  options: RemoteOptions,
  calls: readonly HttpCall[],
  { id, learnt }: Found,
): Promise<Heard<Values>> => {
  let told = learnt;
  for (const call of calls) {
    const heard = await readCall(options, call, { learnt: told, oldId: id });
    if (heard.kind !== 'done') return heard;
    told = heard.value.learnt;
  }
  return { kind: 'done', value: told };
};

/** In the order that validate-turn.ts proves: the old key's id is looked for once a call needs it, at the latest before the new one is made. */
const lookAround = async (options: RemoteOptions): Promise<Heard<Found>> => {
  const before = options.way.make?.before ?? [];
  const first = before.findIndex(namesOldId);
  const aside = first < 0 ? before.length : first;
  const unknown: Found = { id: options.rotation().oldRemoteId, learnt: {} };
  const early = await readAll(options, before.slice(0, aside), unknown);
  if (early.kind !== 'done') return early;
  const found = await findOld(options, early.value);
  if (found.kind !== 'done') return found;
  const listed = await learnFromEntry(options, found.value);
  if (listed.kind !== 'done') return listed;
  const late = await readAll(options, before.slice(aside), { ...found.value, learnt: listed.value });
  return late.kind === 'done' ? { kind: 'done', value: { id: found.value.id, learnt: late.value } } : late;
};

export const createReading = (options: RemoteOptions): Reading => {
  let told: Values = {};
  const learnt = (): Values => ({ ...options.rotation().learnt, ...told });
  const rawList = (): Promise<Heard<ReadList>> => readTheList(options, learnt());
  const around = async (): Promise<Heard<Found>> => {
    const heard = await lookAround(options);
    if (heard.kind === 'done') told = heard.value.learnt;
    return heard;
  };
  return {
    learnt,
    rawList,
    look: async () => {
      const heard = await around();
      return heard.kind === 'done'
        ? { kind: 'done', value: { learnt: heard.value.learnt, oldRemoteId: heard.value.id } }
        : heard;
    },
    list: async () => {
      const heard = await rawList();
      return heard.kind === 'done'
        ? { kind: 'done', value: toldList(heard.value, options.way.list?.name !== undefined) }
        : heard;
    },
    before: async () => {
      const heard = await around();
      return heard.kind === 'done' ? { kind: 'done', value: learnt() } : heard;
    },
  };
};
