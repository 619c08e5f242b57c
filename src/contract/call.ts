// What a call is: a value, not an interface. Everything that crosses a process border is declared with this.
import type { GenericSchema, InferOutput } from 'valibot';

/** Who may send a call. The socket and the in-process command line are both `command-line`. */
export type Caller = 'window' | 'command-line' | 'shell';

/** Which process answers: the agent, or the shell for what only Electron can do. */
export type Room = 'agent' | 'shell';

export type CallSpec<I extends GenericSchema = GenericSchema, O extends GenericSchema = GenericSchema> = {
  readonly room: Room;
  readonly callers: readonly Caller[];
  /** `unlocked`: refused with `locked` otherwise. `any`: answers in every state. */
  readonly needs: 'unlocked' | 'any';
  /** The answer carries a secret value; such a call is audited by its handler. */
  readonly returnsSecret: boolean;
  readonly input: I;
  readonly output: O;
};

type Defaults = {
  readonly room: Room;
  readonly callers: readonly Caller[];
  readonly needs: 'unlocked' | 'any';
};

const everyone = ['window', 'command-line', 'shell'] as const;

const declare =
  (defaults: Defaults) =>
  <I extends GenericSchema, O extends GenericSchema>(
    input: I,
    output: O,
    special: Partial<Omit<CallSpec, 'input' | 'output'>> = {},
  ): CallSpec<I, O> => ({ returnsSecret: false, ...defaults, ...special, input, output });

/** A call that the agent answers once the vault is unlocked. */
export const agentCall = declare({ room: 'agent', callers: everyone, needs: 'unlocked' });
/** A call that the agent answers in every state. */
export const openCall = declare({ room: 'agent', callers: everyone, needs: 'any' });
/** A call that the shell answers for the window alone. */
export const shellCall = declare({ room: 'shell', callers: ['window'], needs: 'unlocked' });
/** A call that only the shell may send to the agent. */
export const innerCall = declare({ room: 'agent', callers: ['shell'], needs: 'unlocked' });

export type InputOf<S> = S extends CallSpec<infer I, GenericSchema> ? InferOutput<I> : never;
export type OutputOf<S> = S extends CallSpec<GenericSchema, infer O> ? InferOutput<O> : never;
