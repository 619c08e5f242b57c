// Calls about what a vault can be held to: a new key, a copy that is older than one seen before, saving what damage left.
import * as v from 'valibot';
import { agentCall, openCall } from '../call.ts';
import * as s from '../shapes.ts';

const lostPart = v.strictObject({
  /** What it is, in words; a key's or variable's name where that can still be told. */
  what: v.string(),
  reason: v.string(),
});

export const proofCalls = {
  /** Seals every record under a fresh key. Reports itself as a task that can be cancelled until the last step. */
  'vault.replaceKey': agentCall(
    v.strictObject({ password: s.password, sealTo: v.exactOptional(s.sealTo) }),
    v.strictObject({ recoveryCode: v.string(), sealed: v.exactOptional(s.bytes) }),
    { returnsSecret: true },
  ),
  /** Takes the open vault as the right one although a newer one was seen. `accepted` is false where there was no doubt. */
  'vault.acceptOlder': agentCall(s.empty, v.strictObject({ accepted: v.boolean() })),
  /** Writes what can still be read of the vault into a new file, which the same password and code open. The damaged one is only read. */
  'vault.rescue': openCall(
    v.strictObject({
      path: s.path,
      password: s.password,
      /** What `password` holds; the password unless said otherwise. */
      with: v.exactOptional(v.picklist(['password', 'recovery-code'])),
    }),
    v.strictObject({
      file: v.string(),
      keys: s.count,
      lost: v.array(lostPart),
      doubtful: v.array(lostPart),
    }),
    { callers: ['shell', 'command-line'] },
  ),
} as const;
