// A provider for one turn: its turn file's calls put with the keys' values, their answers read. Keeps nothing but what it was told in this
// turn; every call is put once, and repeating is the machine's. docs/rotation.md §3.
import type { KeyKind } from '../format.ts';
import type { Rotation } from '../../model/rotation.ts';
import { converse } from '../ask/converse.ts';
import type { Reach } from '../ask/question.ts';
import { judge, type Circumstances } from '../ask/verdict.ts';
import type { ProviderDefinition } from '../provider.ts';
import type { TurnWires } from './ask/turn-wires.ts';
import type { Party } from './ask/proof.ts';
import { chosenValues, createMake } from './remote-make.ts';
import { createReading } from './remote-read.ts';
import { createRevoke, createUnmake } from './remote-revoke.ts';
import { namesId } from './way-calls.ts';
import type { Asked, Remote, Values } from './remote-port.ts';
import type { TurnWay } from './turn-definition.ts';

export type RemoteOptions = {
  readonly way: TurnWay;
  /** Provider of the key that is turned. */
  readonly definition: ProviderDefinition;
  readonly kind: KeyKind;
  readonly reach: Reach;
  /** The record as saved last: inputs, ids, what was learnt, the wished end. */
  readonly rotation: () => Rotation;
  /** What the key may be called at its provider: its name here, and what it was told. */
  readonly names: () => readonly string[];
  /** All fields as stored, opened for one call at a time; null where they cannot be had. */
  readonly old: () => Values | null;
  /** The pending version, or the one that it became. */
  readonly new: () => Values | null;
  /** The other key that proves calls; null where the way needs none, or it is gone. */
  readonly manager: () => Party | null;
  readonly wires: TurnWires;
  readonly randomBytes: (length: number) => Uint8Array;
  /** What else is known of the old and the new key, for the last word on a check; without it the answer alone is said. */
  readonly circumstances?: (whose: 'old' | 'new') => Circumstances;
};

const askAbout = async (options: RemoteOptions, whose: 'old' | 'new'): Promise<Asked | null> => {
  const { way, definition, kind, reach, wires, circumstances } = options;
  const values = options[whose]();
  if (values === null)
    return {
      state: 'not-checkable',
      reason: `The values of the ${whose} key cannot be read.`,
      next: 'Look whether it is still in the vault.',
    };
  // A turn is asked for: a question that costs something is part of it. Of several secrets the one that is turned is asked about: the others
  // work before and after.
  const meant = way.formats === undefined ? {} : { formats: way.formats };
  const outcome = await converse({ definition, values, kind, reach, unattended: false, ...meant }, wires);
  if (outcome === null) return null;
  const said =
    outcome.questions === 0 || circumstances === undefined ? outcome : judge(outcome, circumstances(whose));
  return { state: said.state, reason: said.reason, next: said.next };
};

/**
 * The calls of a way, ready for the machine.
 * @param options keys' values are lent by functions and asked for anew for each call
 */
export const createRemote = (options: RemoteOptions): Remote => {
  const { way } = options;
  const reading = createReading(options);
  const endsAtOnce = way.shape === 'swap' || way.shape === 'chain';
  const calls = [...(way.make === undefined ? [] : [way.make.call]), ...(way.revoke ?? [])];
  return {
    needsOldId: calls.some(namesId),
    quota: way.quota ?? null,
    choose: () => chosenValues(options),
    look: reading.look,
    list: way.list === undefined ? null : reading.list,
    make: createMake(options, reading),
    ...(endsAtOnce ? { afterLost: { oldTells: way.oldTells !== false, wayBack: way.wayBack ?? null } } : {}),
    unmake: way.unmake === undefined ? null : createUnmake(options, way.unmake),
    revokeCalls: way.revoke?.length ?? 0,
    revoke: createRevoke(options, reading),
    ask: (whose) => askAbout(options, whose),
  };
};
