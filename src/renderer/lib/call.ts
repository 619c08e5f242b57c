// The one way from this window to the rest of the app. Never throws: a bridge that breaks is an error like any other.
import type { AppError } from '../../core/model/app-error.ts';
import type { Result } from '../../core/model/result.ts';
import type { Bridge } from '../../contract/bridge.ts';
import type { CallInput, CallName, CallOutput } from '../../contract/contract.ts';
import {
  changeBytes,
  holdsBytes,
  openPassage,
  sealFor,
  takeBytes,
  type SealableCall,
} from '../../contract/passage.ts';

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

// The sealed passage alone takes the platform's hashes: the window has no others.
// oxlint-disable-next-line no-restricted-globals
const { subtle } = crypto;

/** Bytes are secrets: they leave the window sealed for the agent, so that no process between sees them. */
const seal = async (input: unknown): Promise<unknown> => {
  if (!holdsBytes(input)) return input;
  // The caller may wipe its bytes as soon as it has sent them.
  const taken = takeBytes(input);
  const key = await window.keyturn['passage.key']({});
  if (!key.ok) throw new Error(key.error.kind);
  const sealed = await changeBytes(taken, async (bytes) => {
    const closed = await sealFor(subtle, key.value.key, bytes);
    bytes.fill(0);
    return closed;
  });
  return sealed?.value;
};

/** Sends a call and gives its result; a value is present only where `ok` says so. Never throws. */
export const call = async <N extends CallName>(
  name: N,
  input: CallInput<N>,
): Promise<Result<CallOutput<N>>> => {
  try {
    const send = window.keyturn[name] as (input: unknown) => Promise<Result<CallOutput<N>>>;
    return await send(await seal(input));
  } catch {
    return { ok: false, error: broken };
  }
};

/** Sends a call whose answer is a secret, and gives it as bytes, which the caller wipes. On its way it was sealed. */
export const callForSecret = async <N extends SealableCall>(
  name: N,
  input: CallInput<N>,
): Promise<Result<Uint8Array>> => {
  try {
    const end = await openPassage(subtle);
    const send = window.keyturn[name] as (
      input: unknown,
    ) => Promise<Result<{ readonly sealed?: Uint8Array }>>;
    const sealedInput = (await seal(input)) as object;
    const result = await send({ ...sealedInput, sealTo: end.publicKey });
    if (!result.ok) return result;
    const opened = result.value.sealed === undefined ? null : await end.open(result.value.sealed);
    return opened === null ? { ok: false, error: broken } : { ok: true, value: opened };
  } catch {
    return { ok: false, error: broken };
  }
};

/** As {@link callForSecret}, for a recovery code, which the window shows as text. */
export const callForCode = async <N extends Exclude<SealableCall, 'keys.reveal' | 'keys.lend'>>(
  name: N,
  input: CallInput<N>,
): Promise<Result<string>> => {
  const secret = await callForSecret(name, input);
  if (!secret.ok) return secret;
  const text = new TextDecoder().decode(secret.value);
  secret.value.fill(0);
  return { ok: true, value: text };
};

export const onEvent: Bridge['on'] = (event, listener) => window.keyturn.on(event, listener);
