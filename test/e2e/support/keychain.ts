// A keychain behind Electron's safeStorage, for the tests that have the app use one.
import type { Seat } from './person.ts';

/** What Electron says of a desktop with a keychain; sealing is a rotation of letters, since nothing here is about its strength. */
export const keychainOf = (seat: Seat, backend: string): Promise<void> =>
  seat.app.evaluateMain(({ safeStorage }, name) => {
    const turn = (text: string): string => [...text].toReversed().join('');
    Object.assign(safeStorage, {
      isAsyncEncryptionAvailable: () => Promise.resolve(true),
      getSelectedStorageBackend: () => name,
      encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(`${name}:${turn(text)}`)),
      decryptStringAsync: (sealed: Buffer) => {
        const text = sealed.toString();
        return text.startsWith(`${name}:`)
          ? Promise.resolve({ result: turn(text.slice(name.length + 1)), shouldReEncrypt: false })
          : Promise.reject(new Error('Error while decrypting the ciphertext provided.'));
      },
    });
  }, backend);
