// Inner calls by which the shell recognises its own value on the clipboard after a crash. The agent hashes, since the shell
// has no hash of its own; both answer in every state, since the vault is locked at a start.
import * as v from 'valibot';
import { innerCall } from '../call.ts';
import * as s from '../shapes.ts';

/**
 * `salt`: 16 random bytes as hex. `digest`: the first 3 bytes of BLAKE2b-256 of the value, keyed with the salt, as hex. Short
 * on purpose: it must not confirm a guess.
 */
export const clipboardMark = v.strictObject({
  salt: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'is not a salt')),
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{6}$/, 'is not a digest')),
});

export const clipboardCalls = {
  'clipboard.mark': innerCall(v.strictObject({ value: s.secretBytes }), clipboardMark, { needs: 'any' }),
  'clipboard.recognise': innerCall(
    v.strictObject({ mark: clipboardMark, value: s.secretBytes }),
    v.strictObject({ ours: v.boolean() }),
    { needs: 'any' },
  ),
} as const;
