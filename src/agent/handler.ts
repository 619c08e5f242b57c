// What a handler is: one function per call, given the parsed input. The tables of handlers/ are held to the contract by type.
import type { Caller } from '../contract/call.ts';
import type { CallInput, CallName, CallOutput } from '../contract/contract.ts';
import type { ShellCallName } from '../contract/window-call-names.ts';
import type { Result } from '../core/model/result.ts';
import type { Work } from '../core/keys/edit.ts';
import type { AgentCore } from './core.ts';
import type { Session } from './session.ts';

export type AgentCallName = Exclude<CallName, ShellCallName>;

/** The calls that are answered in every state. */
export type OpenCallName =
  | 'state.read'
  | 'state.touch'
  | 'settings.read'
  | 'settings.change'
  | 'passage.key'
  | 'vault.create'
  | 'vault.unlock'
  | 'vault.recover'
  | 'vault.lock'
  | 'password.strength'
  | 'doctor.run'
  | 'restore.readPath'
  | 'backup.list'
  | 'backup.bringPath'
  | 'restore.preview'
  | 'restore.previewPath'
  | 'restore.swap'
  | 'vault.unlockWithKeychain'
  | 'vault.rescue'
  | 'demo.create'
  | 'task.cancel'
  | 'reminders.read'
  | 'reminders.snooze'
  | 'clipboard.mark'
  | 'clipboard.recognise'
  | 'watch.read'
  | 'guard.status'
  | 'guard.install'
  | 'guard.remove';

export type SessionCallName = Exclude<AgentCallName, OpenCallName>;

export type OpenContext = {
  readonly core: AgentCore;
  readonly caller: Caller;
  /** Who asks, in the words of the audit trail. */
  readonly by: string;
};

export type SessionContext = OpenContext & {
  readonly session: Session;
  /** What a change is computed from, as of now. */
  readonly work: () => Work;
};

type Answer<N extends CallName> = Result<CallOutput<N>> | Promise<Result<CallOutput<N>>>;

export type OpenHandler<N extends OpenCallName> = (context: OpenContext, input: CallInput<N>) => Answer<N>;
export type SessionHandler<N extends SessionCallName> = (
  context: SessionContext,
  input: CallInput<N>,
) => Answer<N>;

export type OpenHandlers<N extends OpenCallName = OpenCallName> = { readonly [K in N]: OpenHandler<K> };
export type SessionHandlers<N extends SessionCallName = SessionCallName> = {
  readonly [K in N]: SessionHandler<K>;
};

/** A group of the table by the first part of the name. */
export type SessionGroup<P extends string> = SessionHandlers<Extract<SessionCallName, `${P}.${string}`>>;

/** Callers in the words of the audit trail. */
export const callerWords: Readonly<Record<Caller, string>> = {
  window: 'app',
  shell: 'app',
  'command-line': 'command line',
};
