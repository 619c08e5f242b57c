// The calls of a way in the order in which they are made, and what each is about.
import { isHttp, namesIn, textsOfCall } from './names.ts';
import type { TurnCall, TurnWay } from './turn-definition.ts';

/** A call and where it stands: what is about an id, and what was learnt before it. */
export type PlacedCall = {
  readonly call: TurnCall;
  readonly at: 'session' | 'before' | 'make' | 'unmake' | 'list' | 'old' | 'revoke';
};

/** True where a call cannot be written without the provider's id of the old key. */
export const namesOldId = (call: TurnCall): boolean =>
  textsOfCall(call)
    .flatMap(namesIn)
    .some(({ name }) => name === 'oldId');

/** True where a call is about the old key by its id. */
export const namesId = (call: TurnCall): boolean =>
  textsOfCall(call)
    .flatMap(namesIn)
    .some(({ name }) => name === 'oldId' || name === 'id');

/** Every call of a way, in the order in which they are made: the old key's id is looked for once a call needs it, and before the new one is made. */
export const callsOf = (way: TurnWay): readonly PlacedCall[] => {
  const before = (way.make?.before ?? []).map((call) => ({ call, at: 'before' }) as const);
  const first = before.findIndex(({ call }) => namesOldId(call));
  const aside = first < 0 ? before.length : first;
  return [
    ...(way.session === undefined ? [] : [{ call: way.session.call, at: 'session' } as const]),
    ...before.slice(0, aside),
    ...way.old.flatMap((rule) => (rule.from === 'call' ? [{ call: rule.call, at: 'old' } as const] : [])),
    ...(way.list === undefined ? [] : [{ call: way.list.call, at: 'list' } as const]),
    ...before.slice(aside),
    ...(way.make === undefined ? [] : [{ call: way.make.call, at: 'make' } as const]),
    ...(way.unmake === undefined ? [] : [{ call: way.unmake, at: 'unmake' } as const]),
    ...(way.revoke ?? []).map((call) => ({ call, at: 'revoke' }) as const),
  ];
};

/** Names that calls of a way tell. */
export const learntNames = (way: TurnWay): ReadonlySet<string> =>
  new Set([
    ...(way.reads ?? []).map(({ name }) => name),
    ...callsOf(way).flatMap((placed) => learntBy(way, placed)),
  ]);

/** Names that one call tells; of the list, what the entry of the old key does too. */
export const learntBy = (way: TurnWay, { call, at }: PlacedCall): readonly string[] =>
  [...(isHttp(call) ? (call.learns ?? []) : []), ...(at === 'list' ? (way.list?.learns ?? []) : [])].map(
    ({ name }) => name,
  );
