// The shell's own calls to the agent, with their types: what comes back has the shape that the contract declares.
import { fail, ok } from './answers.ts';
import type { Result } from '../core/model/result.ts';
import type { CallInput, CallName, CallOutput } from '../contract/contract.ts';
import {
  changeBytes,
  holdsBytes,
  isSealed,
  openPassage,
  sealableAnswers,
  sealFor,
  type SealableCall,
} from '../contract/passage.ts';
import type { AgentSupervisor } from './agent-supervisor.ts';

export type AskAgent = <N extends CallName>(name: N, input: CallInput<N>) => Promise<Result<CallOutput<N>>>;

// The sealed passage alone takes the platform's hashes: the window has no others, and both ends must compute the same.
// oxlint-disable-next-line no-restricted-properties
const { subtle } = globalThis.crypto;

type Call = Pick<AgentSupervisor, 'call'>;

/** Bytes are secrets. What is sent is copied into buffers that nobody wipes, and the shell outlives a lock: so they go sealed. */
const seal = async (supervisor: Call, input: object): Promise<Result<unknown>> => {
  if (!holdsBytes(input)) return ok(input);
  const key = await supervisor.call('shell', 'passage.key', {});
  if (!key.ok) return key;
  const to = (key.value as CallOutput<'passage.key'>).key;
  const sealed = await changeBytes(input, (bytes) =>
    isSealed(bytes) ? Promise.resolve(bytes) : sealFor(subtle, to, bytes),
  );
  return ok(sealed?.value);
};

/** Asks for a secret, sealed on its way here for the same reason. */
const askForSecret = async (
  supervisor: Call,
  name: SealableCall,
  input: object,
): Promise<Result<unknown>> => {
  const end = await openPassage(subtle);
  const result = await supervisor.call('shell', name, { ...input, sealTo: end.publicKey });
  if (!result.ok) return result;
  const { sealed } = result.value as { readonly sealed?: Uint8Array };
  const opened = sealed === undefined ? null : await end.open(sealed);
  return opened === null
    ? fail('internal', 'The value did not arrive whole.', 'Try again.')
    : ok({ [sealableAnswers[name]]: opened });
};

/** Sends as `shell`. */
export const askAs =
  (supervisor: Call): AskAgent =>
  async (name, input) => {
    const sealed = await seal(supervisor, input);
    if (!sealed.ok) return sealed;
    const answer =
      name === 'keys.lend'
        ? askForSecret(supervisor, name, sealed.value as object)
        : supervisor.call('shell', name, sealed.value);
    return (await answer) as Result<CallOutput<typeof name>>;
  };
