// Electron's safeStorage by its asynchronous interface. On Linux that interface may fall back to something nobody can see, so the
// synchronous question for the backend is asked beside it and decides.
import { readFileSync, statSync } from 'node:fs';
import type { SafeStorage } from 'electron';
import * as v from 'valibot';
import { removeFile, writeJsonFile } from '../json-file.ts';
import type { SealedFile } from './sealed-store.ts';
import type { SystemKeychain } from './system-keychain.ts';

type Used = Pick<
  SafeStorage,
  'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
>;

/** Where a system has but one. */
const onlyBackend: Readonly<Record<string, string>> = { darwin: 'Keychain', win32: 'DPAPI' };

/** @param platform as `process.platform` names it */
export const electronKeychain = (storage: Used, platform: string): SystemKeychain => ({
  backend: () => onlyBackend[platform] ?? storage.getSelectedStorageBackend(),
  isAvailable: () => storage.isAsyncEncryptionAvailable(),
  seal: (text) => storage.encryptStringAsync(text),
  open: (sealed) => storage.decryptStringAsync(Buffer.from(sealed)),
});

const maxBytes = 65_536;
const shape = v.strictObject({
  version: v.literal(1),
  backend: v.pipe(v.string(), v.maxLength(60)),
  sealed: v.pipe(v.string(), v.maxLength(maxBytes)),
});

/** `keychain.json` beside the vault. It holds nothing that opens anything without the keychain and this process. */
export const sealedFile = (path: string): SealedFile => ({
  read: () => {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return 'missing';
    try {
      if (statSync(path).size > maxBytes) return 'unreadable';
      const parsed = v.safeParse(shape, JSON.parse(readFileSync(path, 'utf8')));
      return parsed.success ? parsed.output : 'unreadable';
    } catch {
      return 'unreadable';
    }
  },
  write: (secret) => writeJsonFile(path, { version: 1, ...secret }),
  remove: () => void removeFile(path),
});
