// The one way from this window to the rest of the app. Never throws: a bridge that breaks is an error like any other.
import type { AppError } from '../../core/model/app-error.ts';
import type { Result } from '../../core/model/result.ts';
import type { Bridge } from '../../contract/bridge.ts';
import type { CallInput, CallName, CallOutput } from '../../contract/contract.ts';

declare global {
  // Declaration merging needs an interface here: it adds to the one that TypeScript's DOM library declares.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Window {
    readonly keyturn: Bridge;
  }
}

const broken: AppError = {
  kind: 'internal',
  message: 'The window could not reach the rest of Keyturn. Nothing was changed.',
  next: 'Try again. If it goes on, quit Keyturn and start it again.',
};

/** Sends a call and gives its result; a value is present only where `ok` says so. */
export const call = async <N extends CallName>(
  name: N,
  input: CallInput<N>,
): Promise<Result<CallOutput<N>>> => {
  try {
    const send = window.keyturn[name] as (input: CallInput<N>) => Promise<Result<CallOutput<N>>>;
    return await send(input);
  } catch {
    return { ok: false, error: broken };
  }
};

export const onEvent: Bridge['on'] = (event, listener) => window.keyturn.on(event, listener);
