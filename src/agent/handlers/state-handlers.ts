// What is answered in every state: the state itself, settings, the strength of a password, tasks, marks for the clipboard.
import { ok } from '../../core/model/result.ts';
import { textOf } from '../../core/keys/secret-body.ts';
import type { JudgePassword } from '../../node/password-strength.ts';
import type { OpenHandlers } from '../handler.ts';

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const saltBytes = 16;
const hashBytes = 32;
const digestBytes = 3;

type Hash = (data: Uint8Array, length: number, key?: Uint8Array) => Uint8Array;

/** See clipboardMark in the contract: short on purpose. */
const digestOf = (hash: Hash, value: Uint8Array, salt: Uint8Array): Uint8Array =>
  hash(value, hashBytes, salt).subarray(0, digestBytes);

type Names =
  | 'state.read'
  | 'state.touch'
  | 'settings.read'
  | 'settings.change'
  | 'password.strength'
  | 'task.cancel'
  | 'passage.key'
  | 'clipboard.mark'
  | 'clipboard.recognise';

export const stateHandlers = (judge: JudgePassword): OpenHandlers<Names> => ({
  'state.read': ({ core }) => ok(core.state()),
  // The door has put the idle lock off already.
  'state.touch': () => ok(undefined),
  'settings.read': ({ core }) => ok({ ...core.settings() }),
  'settings.change': ({ core }, change) => {
    const changed = core.changeSettings(change);
    return changed.ok ? ok({ ...changed.value }) : changed;
  },
  'password.strength': async (_context, { password }) => {
    const { score, guessTime, warning, suggestions } = await judge(textOf(password) ?? '');
    return ok({ score, guessTime, warning, suggestions: [...suggestions] });
  },
  'passage.key': async ({ core }) => ok({ key: (await core.passage()).publicKey.slice() }),
  'task.cancel': ({ core }, { taskId }) => {
    core.tasks.cancel(taskId);
    return ok(undefined);
  },
  'clipboard.mark': ({ core }, { value }) => {
    const salt = core.ports.random.bytes(saltBytes);
    return ok({ salt: toHex(salt), digest: toHex(digestOf(core.ports.aead.hash, value, salt)) });
  },
  'clipboard.recognise': ({ core }, { mark, value }) => {
    const digest = digestOf(core.ports.aead.hash, value, fromHex(mark.salt));
    return ok({ ours: core.ports.aead.equal(digest, fromHex(mark.digest)) });
  },
});
