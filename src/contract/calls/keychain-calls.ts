// Calls about unlocking with the operating system's keychain. The window switches it and asks for it; the shell talks to the keychain;
// the agent makes and takes the secret. Only the shell may send the inner ones.
import * as v from 'valibot';
import { innerCall, shellCall } from '../call.ts';
import * as s from '../shapes.ts';

export const keychainView = v.strictObject({
  /** Why the keychain cannot be used here; null where it can. */
  unavailable: v.nullable(s.errorShape),
  /** The system's name for it; null where unavailable. */
  backend: v.nullable(v.string()),
  /** Until when it may unlock; null where the master password is due. */
  untilMs: v.nullable(s.timeMs),
});

const hours = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24));

export const keychainCalls = {
  'keychain.read': shellCall(s.empty, keychainView, { needs: 'any' }),
  /** The master password is asked for: whoever sits down at an open vault must not make a way in. */
  'keychain.turnOn': shellCall(v.strictObject({ password: s.password, hours }), keychainView),
  'keychain.turnOff': shellCall(s.empty, keychainView),
  'keychain.unlock': shellCall(s.empty, s.nothing, { needs: 'any' }),
  /** Without a password only right after it was typed: the shell renews the secret then. */
  'keychain.makeSlot': innerCall(
    v.strictObject({ password: v.exactOptional(s.password) }),
    v.strictObject({ secret: s.secretBytes }),
    { returnsSecret: true },
  ),
  'keychain.dropSlot': innerCall(s.empty, s.nothing),
  'vault.unlockWithKeychain': innerCall(v.strictObject({ secret: s.password }), s.nothing, { needs: 'any' }),
} as const;
