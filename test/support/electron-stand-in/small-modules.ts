// The modules of which an app of this kind uses next to nothing: shell, safeStorage, crashReporter, net, powerSaveBlocker.
import { rm } from 'node:fs/promises';
import { shared } from './state.ts';
import type { CrashReporter, Net, PowerSaveBlocker, SafeStorage, Shell } from 'electron';

/** Nothing leaves the app: no browser, no file manager is opened. */
export const shell = {
  openExternal: (url: string): Promise<void> =>
    URL.canParse(url) ? Promise.resolve() : Promise.reject(new Error('Invalid URL')),
  openPath: (): Promise<string> => Promise.resolve(''),
  showItemInFolder: (): void => {},
  trashItem: (path: string): Promise<void> => rm(path, { recursive: true }),
  beep: (): void => {},
} satisfies Pick<Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'trashItem' | 'beep'>;

const unavailable = (what: string): Error => new Error(`Error while ${what}: encryption is not available.`);
const refuse = (what: string): never => {
  throw unavailable(what);
};

/** No keychain can be reached from here, and it says so: what depends on one must get along without. */
export const safeStorage = {
  isEncryptionAvailable: (): boolean => false,
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(false),
  getSelectedStorageBackend: (): 'basic_text' | 'unknown' => (shared.isReady ? 'basic_text' : 'unknown'),
  encryptString: (): Buffer => refuse('encrypting the text provided to safeStorage.encryptString'),
  decryptString: (): string => refuse('decrypting the ciphertext provided to safeStorage.decryptString'),
  encryptStringAsync: (): Promise<Buffer> => Promise.reject(unavailable('encrypting')),
  decryptStringAsync: (): Promise<never> => Promise.reject(unavailable('decrypting')),
  setUsePlainTextEncryption: (): void => {},
} satisfies SafeStorage;

export const crashReporter = {
  start: (): void => {},
  getUploadedReports: () => [],
  getUploadToServer: (): boolean => false,
  setUploadToServer: (): void => {},
  addExtraParameter: (): void => {},
  removeExtraParameter: (): void => {},
  getParameters: (): Record<string, string> => ({}),
} satisfies Omit<CrashReporter, 'getLastCrashReport'>;

/** Node's own fetch: it knows no session and no proxy. */
export const net = {
  fetch: (input: string | URL | Request, init?: RequestInit): Promise<Response> => fetch(input, init),
  isOnline: (): boolean => true,
  get online(): boolean {
    return true;
  },
} satisfies Record<keyof Pick<Net, 'fetch' | 'isOnline' | 'online'>, unknown>;

let lastBlocker = 0;
const blockers = new Set<number>();
export const powerSaveBlocker = {
  start: (): number => {
    lastBlocker += 1;
    blockers.add(lastBlocker);
    return lastBlocker;
  },
  stop: (id: number): boolean => blockers.delete(id),
  isStarted: (id: number): boolean => blockers.has(id),
} satisfies PowerSaveBlocker;
