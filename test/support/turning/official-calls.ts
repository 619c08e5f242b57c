// The calls of a way that has an official description: which operation each is, how it is brought about, and an answer for each refusal that
// its file names.
import { isHttp } from '../../../src/core/providers/turning/names.ts';
import type { Heard } from '../../../src/core/providers/turning/remote-port.ts';
import type {
  HttpCall,
  Refusal,
  TurnCall,
  TurnWay,
} from '../../../src/core/providers/turning/turn-definition.ts';
import type { OfficialProvider, OfficialServer, Says } from './official-server.ts';
import type { OfficialTurn, TurnOf } from './official-turn.ts';
import type { RemoteKey } from './remote-keys.ts';

export type SetUp = {
  readonly provider: OfficialProvider;
  readonly old: RemoteKey;
  readonly turn: Omit<TurnOf, 'provider' | 'way' | 'old'>;
  /** The provider's id of the old key, where a turn needs one; the key's own where absent. */
  readonly oldId?: string | null;
};

export type OfficialCase = {
  readonly provider: string;
  readonly way: string;
  readonly setUp: () => SetUp;
  /** Operations of the calls, in the order of the file. */
  readonly operations: {
    readonly before: readonly string[];
    readonly list?: string;
    readonly make: string;
    readonly unmake?: string;
    readonly revoke: readonly string[];
  };
  /** What a turn leaves at the provider: the new key as it must be there. */
  readonly expectMade?: (made: RemoteKey, old: RemoteKey) => void;
  /** Undoing and removing by the same calls works for the new key too. */
  readonly removesNew: boolean;
  /** A full provider says so by itself (not only by the length of its list). */
  readonly saysFull?: boolean;
  /** What the check says of such a key that works; `blocked` where it may not do what the check asks. */
  readonly worksAs?: 'valid' | 'blocked';
};

export type Ready = {
  readonly server: OfficialServer;
  readonly turn: OfficialTurn;
  readonly old: RemoteKey;
  readonly oldId: string | null;
};

const bodyFor = ({ json, bodyHas }: Refusal): unknown =>
  json === undefined
    ? { message: bodyHas ?? '' }
    : json.path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), json.is ?? 'anything');

/** An answer that a row is for. */
export const saysFor = (row: Refusal, call: HttpCall): Says => {
  const status = row.status ?? row.statusFrom ?? 400;
  const wrong = call.successJson;
  const body =
    wrong !== undefined && call.success.includes(status)
      ? wrong.path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), { other: true })
      : bodyFor(row);
  return { status, body };
};

export type Placed = {
  readonly name: string;
  readonly call: HttpCall;
  readonly operation: string;
  readonly ask: (ready: Ready) => Promise<Heard<unknown>>;
};

const httpOnly = (calls: readonly (TurnCall | undefined)[]): readonly HttpCall[] =>
  calls.flatMap((call) => (call !== undefined && isHttp(call) ? [call] : []));

/** Every call of a way with the operation that it is, and how it is brought about. */
export const placedCalls = (way: TurnWay, { operations }: OfficialCase): readonly Placed[] => {
  const before = httpOnly(way.make?.before ?? []).map((call, at) => ({
    name: `before ${String(at)}`,
    call,
    operation: operations.before[at]!,
    ask: ({ turn }: Ready) => turn.look(),
  }));
  const list = httpOnly([way.list?.call]).map((call) => ({
    name: 'list',
    call,
    operation: operations.list!,
    ask: ({ turn }: Ready) => turn.remote.list!(),
  }));
  const make = httpOnly([way.make?.call]).map((call) => ({
    name: 'make',
    call,
    operation: operations.make,
    ask: async ({ turn }: Ready) => (await turn.make()).heard,
  }));
  const unmake = httpOnly([way.unmake]).map((call) => ({
    name: 'unmake',
    call,
    operation: operations.unmake!,
    ask: ({ turn }: Ready) => turn.remote.unmake!(),
  }));
  const revoke = httpOnly(way.revoke ?? []).map((call, at) => ({
    name: `revoke ${String(at)}`,
    call,
    operation: operations.revoke[at]!,
    ask: ({ turn, oldId }: Ready) => turn.remote.revoke(at, oldId, 'old'),
  }));
  return [...before, ...list, ...make, ...unmake, ...revoke];
};
