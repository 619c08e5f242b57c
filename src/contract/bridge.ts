// The bridge's shape as the window sees it: one function per call that the window may send, one subscription per event.
// Names only, so that the preload stays small; a test holds this list to the contract.
import type { Result } from '../core/model/result.ts';
import type { CallInput, CallName, CallOutput } from './contract.ts';
import type { EventName, EventPayload } from './events.ts';

export type Bridge = {
  readonly [N in CallName]: (input: CallInput<N>) => Promise<Result<CallOutput<N>>>;
} & {
  /** Subscribes; the returned function ends it. */
  readonly on: <N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void) => () => void;
};

/** The IPC channel of calls (`ipcRenderer.invoke(callChannel, name, input)`) and of events. */
export const callChannel = 'keyturn:call';
export const eventChannel = 'keyturn:event';
