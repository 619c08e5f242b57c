// The calls that end a key: the old one, the new one on the way back, an orphan or an unused one by its id alone.
import { effectiveValues } from '../take-apart.ts';
import { namesIn, textsOfCall } from './names.ts';
import { living, put, type Saying } from './remote-calls.ts';
import type { Reading } from './remote-read.ts';
import type { Heard, Remote, Values } from './remote-port.ts';
import type { RemoteOptions } from './remote.ts';
import { secretHandle } from './secret-handle.ts';
import type { TurnCall } from './turn-definition.ts';

const emptied = (heard: Heard<unknown>): Heard<null> =>
  heard.kind === 'done' ? { kind: 'done', value: null } : heard;

export const createUnmake =
  (options: RemoteOptions, call: TurnCall): (() => Promise<Heard<null>>) =>
  async () =>
    emptied(await put(options, call, { isReading: false }));

type Pair = { readonly goes: Values | null; readonly stays: Values | null; readonly isStray: boolean };

/** A key that is known by its id alone has no values here: no call may take another key's in their place. */
const pairOf = (options: RemoteOptions, remoteId: string | null, whose: 'old' | 'new'): Pair => {
  const { oldRemoteId, newRemoteId } = options.rotation();
  const isIt = remoteId === null || remoteId === (whose === 'old' ? oldRemoteId : newRemoteId);
  if (!isIt) return { goes: null, stays: living(options), isStray: true };
  return whose === 'old'
    ? { goes: options.old(), stays: options.new(), isStray: false }
    : { goes: options.new(), stays: options.old(), isStray: false };
};

const unknownId: Heard<never> = {
  kind: 'refused',
  means: 'refused',
  reason: 'It is not known which key at the provider is meant.',
  next: 'Look for it in the portal, and revoke it there.',
  againInMs: null,
};

const goneId: Heard<never> = {
  kind: 'refused',
  means: 'gone',
  reason: 'No key of this kind stands at the provider any more.',
  next: 'Nothing to do.',
  againInMs: null,
};

/** The value that a handle stands for: of a key at hand, else in the list. */
const rawIdOf = async (
  options: RemoteOptions,
  reading: Reading,
  handle: string,
  goes: Values | null,
): Promise<Heard<string>> => {
  const own = goes === null ? [] : Object.values(effectiveValues(options.definition, goes));
  const found = own.find((value) => secretHandle(value) === handle);
  if (found !== undefined) return { kind: 'done', value: found };
  const heard = await reading.rawList();
  if (heard.kind !== 'done') return heard;
  const fitting = heard.value.entries.filter(({ id }) => id === handle);
  // Two values of one handle: nobody can tell which one is meant.
  if (fitting.length > 1) return unknownId;
  const [entry] = fitting;
  if (entry !== undefined) return { kind: 'done', value: entry.rawId };
  return heard.value.complete ? goneId : unknownId;
};

/** An answer may have given the new value and no id: the list knows it by the mark. */
const idByMark = async (options: RemoteOptions, reading: Reading): Promise<Heard<string>> => {
  const mark = options.rotation().attempts.find(({ state }) => state === 'kept')?.mark;
  if (mark === undefined || options.way.list?.name === undefined) return unknownId;
  const heard = await reading.rawList();
  if (heard.kind !== 'done') return heard;
  const fitting = heard.value.entries.filter(({ name }) => name.includes(mark));
  const [entry] = fitting;
  return entry !== undefined && fitting.length === 1 ? { kind: 'done', value: entry.rawId } : unknownId;
};

const needsId = (call: TurnCall): boolean =>
  textsOfCall(call)
    .flatMap(namesIn)
    .some(({ name }) => name === 'id');

const idFor = async (
  options: RemoteOptions,
  reading: Reading,
  call: TurnCall,
  { remoteId, whose, goes }: { remoteId: string | null; whose: 'old' | 'new'; goes: Values | null },
): Promise<Heard<string | null>> => {
  if (!needsId(call)) return { kind: 'done', value: remoteId };
  if (remoteId === null) return whose === 'new' ? idByMark(options, reading) : unknownId;
  return options.way.list?.idIsSecret === true
    ? rawIdOf(options, reading, remoteId, goes)
    : { kind: 'done', value: remoteId };
};

export const createRevoke =
  (options: RemoteOptions, reading: Reading): Remote['revoke'] =>
  async (index, remoteId, whose) => {
    const call = options.way.revoke?.[index];
    if (call === undefined) return unknownId;
    const { goes, stays, isStray } = pairOf(options, remoteId, whose);
    // Such a call is about a key whose values are here, and this one is not.
    if (isStray && !needsId(call)) return unknownId;
    const id = await idFor(options, reading, call, { remoteId, whose, goes });
    // Nothing was revoked yet, whatever became of looking.
    if (id.kind !== 'done') return id;
    const saying: Saying = {
      isReading: false,
      learnt: reading.learnt(),
      ...(id.value === null ? {} : { id: id.value }),
      goes,
      stays,
    };
    return emptied(await put(options, call, saying));
  };
