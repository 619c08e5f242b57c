// How calls of a turn leave the house: filled by the agent with the ports, by tests with servers on loopback.
import type { Silence, Wires } from '../../ask/converse.ts';
import type { Answer } from '../../ask/decide.ts';
import type { TurnAsk } from './build-call.ts';

export type ChangeSilence = Silence & {
  /** False where certainly nothing left this machine. */
  readonly maybeSent: boolean;
};

/** A check's wires, and one for calls that change something. Each call is put once; only what reads is repeated, by `repeatable`. */
export type TurnWires = Wires & {
  readonly change: (
    ask: TurnAsk,
  ) => Promise<
    { readonly ok: true; readonly value: Answer } | { readonly ok: false; readonly error: ChangeSilence }
  >;
};
