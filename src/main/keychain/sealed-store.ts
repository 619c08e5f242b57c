// What the system's keychain seals, and the file it lies in: which keychains are trusted, and words for everything that one may answer.
// Knows nothing of what the text is.
import { fail, ok } from '../answers.ts';
import type { Result } from '../../core/model/result.ts';
import { toBytes, toText } from './base64-text.ts';
import type { SealedSecret, SystemKeychain } from './system-keychain.ts';

export type SealedFile = {
  readonly read: () => SealedSecret | 'missing' | 'unreadable';
  readonly write: (secret: SealedSecret) => boolean;
  readonly remove: () => void;
};

const typePassword = 'Type the master password.';

const refusedBackends: Readonly<Record<string, string>> = {
  basic_text:
    'This desktop offers no keychain: what it has instead keeps secrets under a fixed password that everybody can look up.',
  unknown: 'The system has not said which keychain it uses.',
};

export const refuse = (message: string, next = typePassword): Result<never> => fail('refused', message, next);

const none = 'The keychain of this system cannot be used.';
const setUp =
  'Set up a keychain (GNOME Keyring or KWallet on Linux), then look again. The master password always works.';

const changedBackend = (before: string, now: string): Result<never> =>
  refuse(
    `What was kept was sealed by another keychain (${before}); the system now uses ${now}. Your vault is not affected.`,
    'Type the master password. To use the new keychain, switch it off and on again in Settings.',
  );

export type SealedStore = {
  /** The name of the keychain, or why there is none to be trusted. */
  readonly backend: () => Promise<Result<string>>;
  readonly seal: (text: string, backend: string) => Promise<Result<undefined>>;
  readonly open: (backend: string) => Promise<Result<string>>;
};

export const createSealedStore = (keychain: SystemKeychain, file: SealedFile): SealedStore => {
  const seal: SealedStore['seal'] = async (text, backend) => {
    try {
      const sealed = await keychain.seal(text);
      return file.write({ backend, sealed: toText(sealed) })
        ? ok(undefined)
        : fail('io', 'What the keychain sealed could not be written to the vault’s folder.', typePassword);
    } catch {
      return refuse('The system keychain did not seal the secret: it was refused, or you said no.');
    }
  };
  return {
    backend: async () => {
      try {
        const backend = keychain.backend();
        const refused = refusedBackends[backend];
        if (refused !== undefined) return refuse(refused, setUp);
        return (await keychain.isAvailable()) ? ok(backend) : refuse(none, setUp);
      } catch {
        return refuse(none, setUp);
      }
    },
    seal,
    open: async (backend) => {
      const stored = file.read();
      if (stored === 'missing') return refuse('Nothing is kept in the system keychain.');
      const sealed = stored === 'unreadable' ? null : toBytes(stored.sealed);
      if (stored === 'unreadable' || sealed === null)
        return fail(
          'damaged',
          'The file that the keychain sealed is damaged. Your vault is not affected.',
          typePassword,
        );
      if (stored.backend !== backend) return changedBackend(stored.backend, backend);
      try {
        const { result, shouldReEncrypt } = await keychain.open(sealed);
        // Best effort: where it cannot be sealed anew, the old one still opens.
        if (shouldReEncrypt) await seal(result, backend);
        return ok(result);
      } catch {
        return refuse('The system keychain did not give the secret: it was refused, or you said no.');
      }
    },
  };
};
