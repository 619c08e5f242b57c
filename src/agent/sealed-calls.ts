// The agent's end of the sealed passage (contract/passage.ts): opens what the window and the shell sealed, before the door looks at
// it, and seals the one secret of an answer for whoever asked for that.
import { fail } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';
import type { Admitted } from '../contract/door.ts';
import { isMeasured } from '../contract/measure.ts';
import { changeBytes, isSealed, sealableAnswers, sealFor } from '../contract/passage.ts';
import type { AgentCore } from './core.ts';

// The sealed passage alone takes the platform's hashes: the window has no others, and both ends must compute the same.
// oxlint-disable-next-line no-restricted-globals
const { subtle } = crypto;

const notOpened = fail(
  'busy',
  'The vault was locked while this was on its way.',
  'Look again, and unlock it if it asks you to.',
);

/** Opens every sealed byte array of an input. What is not sealed stays as it is. */
export const unseal = async (core: AgentCore, input: unknown): Promise<Result<unknown>> => {
  // What is too large is the door's to refuse, and nothing of it is looked into.
  if (!isMeasured(input)) return ok(input);
  const opened = await changeBytes(input, async (bytes) =>
    isSealed(bytes) ? (await core.passage()).open(bytes) : bytes,
  );
  return opened === null ? notOpened : ok(opened.value);
};

const bytesOf = (secret: unknown): Uint8Array | null => {
  if (secret instanceof Uint8Array) return secret;
  return typeof secret === 'string' ? new TextEncoder().encode(secret) : null;
};

/** The answer with its secret sealed, where the call asked for it. */
export const sealAnswer = async ({ name, input }: Admitted, answer: unknown): Promise<Result<unknown>> => {
  const { sealTo } = input as { readonly sealTo?: Uint8Array };
  if (sealTo === undefined || !Object.hasOwn(sealableAnswers, name)) return ok(answer);
  const member = sealableAnswers[name as keyof typeof sealableAnswers];
  const given = answer as Readonly<Record<string, unknown>>;
  const secret = bytesOf(given[member]);
  if (secret === null) return ok(answer);
  try {
    const sealed = await sealFor(subtle, sealTo, secret);
    const empty = typeof given[member] === 'string' ? '' : new Uint8Array(0);
    return ok({ ...given, [member]: empty, sealed });
  } catch {
    return fail('bad-input', 'The key to seal the answer for is none.', 'Try again.');
  } finally {
    secret.fill(0);
  }
};
