// The one contract. The bridge, the relay, the dispatcher, the socket, the command line and the test double are made from it.
import { careCalls } from './calls/care-calls.ts';
import { checkCalls } from './calls/check-calls.ts';
import { clipboardCalls } from './calls/clipboard-calls.ts';
import { dueCalls, reminderCalls } from './calls/due-calls.ts';
import { keyCalls } from './calls/key-calls.ts';
import { leakCalls } from './calls/leak-calls.ts';
import { proofCalls } from './calls/proof-calls.ts';
import { keychainCalls } from './calls/keychain-calls.ts';
import { providerCalls } from './calls/provider-calls.ts';
import { rotationCalls } from './calls/rotation-calls.ts';
import { transferCalls } from './calls/transfer-calls.ts';
import { vaultCalls } from './calls/vault-calls.ts';
import type { Result } from '../core/model/result.ts';
import type { CallSpec, InputOf, OutputOf } from './call.ts';

export const calls = {
  ...vaultCalls,
  ...keyCalls,
  ...transferCalls,
  ...clipboardCalls,
  ...careCalls,
  ...keychainCalls,
  ...proofCalls,
  ...checkCalls,
  ...providerCalls,
  ...dueCalls,
  ...reminderCalls,
  ...rotationCalls,
  ...leakCalls,
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = InputOf<Calls[N]>;
export type CallOutput<N extends CallName> = OutputOf<Calls[N]>;

export const callNames = Object.keys(calls) as readonly CallName[];

/** Whether a text names a call. */
export const isCallName = (text: unknown): text is CallName =>
  typeof text === 'string' && Object.hasOwn(calls, text);

/** The declaration of a call, for code that handles all of them alike. */
export const specOf = (name: CallName): CallSpec => calls[name];

/** Sends a call and never throws: every door has this shape. */
export type Send = <N extends CallName>(name: N, input: CallInput<N>) => Promise<Result<CallOutput<N>>>;
