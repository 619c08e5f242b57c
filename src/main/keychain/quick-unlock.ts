// Unlocking with the system's keychain, in two halves: what the keychain seals is the slot's secret under a pad, and the pad lives only in
// this process. So after a restart, or when the chosen time is over, the pad is gone and the file opens nothing: the master password is
// asked again by arithmetic, not by a rule. Losing any of it loses nothing else.
import { fail, ok } from '../answers.ts';
import type { Result } from '../../core/model/result.ts';
import type { AppError } from '../../core/model/app-error.ts';

/** As much of Electron's safeStorage as is used. */
export type SystemKeychain = {
  /** The system's name for what keeps the secret; it may differ from one start to the next. */
  readonly backend: () => string;
  readonly isAvailable: () => Promise<boolean>;
  readonly seal: (text: string) => Promise<Uint8Array>;
  readonly open: (
    sealed: Uint8Array,
  ) => Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>;
};

export type SealedSecret = { readonly backend: string; readonly sealed: string };

export type QuickUnlockPorts = {
  readonly keychain: SystemKeychain;
  readonly file: {
    readonly read: () => SealedSecret | 'missing' | 'unreadable';
    readonly write: (secret: SealedSecret) => boolean;
    readonly remove: () => void;
  };
  readonly randomBytes: (length: number) => Uint8Array;
  readonly nowMs: () => number;
  readonly after: (ms: number, task: () => void) => () => void;
};

export type QuickUnlockView = {
  readonly unavailable: AppError | null;
  readonly backend: string | null;
  readonly untilMs: number | null;
};

export type QuickUnlock = {
  readonly look: () => Promise<QuickUnlockView>;
  /** Keeps the secret until the time is over; the secret is borrowed. Right after the master password was typed. */
  readonly keep: (secret: Uint8Array, hours: number) => Promise<Result<undefined>>;
  /** The secret, which the caller wipes, or why the master password is due. */
  readonly take: () => Promise<Result<Uint8Array>>;
  /** Whether a secret may be kept again without asking: no other backend has sealed the one that is there. */
  readonly mayRenew: () => Promise<boolean>;
  /** Ends it: pad and file are gone. */
  readonly forget: () => void;
};

const hourMs = 3_600_000;
const typePassword = 'Type the master password.';

const refusedBackends: Readonly<Record<string, string>> = {
  basic_text:
    'This desktop offers no keychain: what it has instead keeps secrets under a fixed password that everybody can look up.',
  unknown: 'The system has not said which keychain it uses.',
};

const refuse = (message: string, next = typePassword): Result<never> => fail('refused', message, next);

const none = 'The keychain of this system cannot be used.';
const setUp =
  'Set up a keychain (GNOME Keyring or KWallet on Linux), then look again. The master password always works.';

const mask = (bytes: Uint8Array, pad: Uint8Array): Uint8Array =>
  bytes.map((byte, at) => byte ^ (pad[at] ?? 0));

/** Base 64 without a Buffer of the shared pool, which nobody could wipe. */
const toText = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const toBytes = (text: string): Uint8Array | null => {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
};

const changedBackend = (before: string, now: string): Result<never> =>
  refuse(
    `What was kept was sealed by another keychain (${before}); the system now uses ${now}. Your vault is not affected.`,
    'Type the master password. To use the new keychain, switch it off and on again in Settings.',
  );

type Pad = {
  readonly bytes: Uint8Array;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly cancel: () => void;
};

export const createQuickUnlock = ({
  keychain,
  file,
  randomBytes,
  nowMs,
  after,
}: QuickUnlockPorts): QuickUnlock => {
  let pad: Pad | null = null;

  const dropPad = (): void => {
    pad?.cancel();
    pad?.bytes.fill(0);
    pad = null;
  };

  /** The pad while its time is not over. A clock that was set back ends it as well. */
  const livePad = (): Pad | null => {
    if (pad !== null && (nowMs() >= pad.untilMs || nowMs() < pad.fromMs)) dropPad();
    return pad;
  };

  const available = async (): Promise<Result<string>> => {
    try {
      const backend = keychain.backend();
      const refused = refusedBackends[backend];
      if (refused !== undefined) return refuse(refused, setUp);
      return (await keychain.isAvailable()) ? ok(backend) : refuse(none, setUp);
    } catch {
      return refuse(none, setUp);
    }
  };

  const sealMasked = async (text: string, backend: string): Promise<Result<undefined>> => {
    try {
      const sealed = await keychain.seal(text);
      return file.write({ backend, sealed: toText(sealed) })
        ? ok(undefined)
        : fail('io', 'What the keychain sealed could not be written to the vault’s folder.', typePassword);
    } catch {
      return refuse('The system keychain did not seal the secret: it was refused, or you said no.');
    }
  };

  const openSealed = async (backend: string): Promise<Result<string>> => {
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
      if (shouldReEncrypt) await sealMasked(result, backend);
      return ok(result);
    } catch {
      return refuse('The system keychain did not give the secret: it was refused, or you said no.');
    }
  };

  const take = async (): Promise<Result<Uint8Array>> => {
    const backend = await available();
    if (!backend.ok) return backend;
    const live = livePad();
    if (live === null)
      return refuse('The master password is due: Keyturn was started again, or the time you chose is over.');
    const opened = await openSealed(backend.value);
    if (!opened.ok) return opened;
    const masked = toBytes(opened.value);
    // The prompt of the keychain may have stood there for longer than the time that was left.
    const still = livePad();
    if (masked === null || still === null || masked.length !== still.bytes.length)
      return refuse('The master password is due.');
    const secret = mask(masked, still.bytes);
    masked.fill(0);
    return ok(secret);
  };

  return {
    look: async () => {
      const backend = await available();
      return {
        unavailable: backend.ok ? null : backend.error,
        backend: backend.ok ? backend.value : null,
        untilMs: backend.ok && file.read() !== 'missing' ? (livePad()?.untilMs ?? null) : null,
      };
    },
    keep: async (secret, hours) => {
      const backend = await available();
      if (!backend.ok) return backend;
      dropPad();
      const bytes = randomBytes(secret.length);
      const masked = mask(secret, bytes);
      const sealed = await sealMasked(toText(masked), backend.value);
      masked.fill(0);
      if (!sealed.ok) {
        bytes.fill(0);
        return sealed;
      }
      dropPad();
      const fromMs = nowMs();
      pad = { bytes, fromMs, untilMs: fromMs + hours * hourMs, cancel: after(hours * hourMs, dropPad) };
      return ok(undefined);
    },
    take,
    mayRenew: async () => {
      const backend = await available();
      const stored = file.read();
      return backend.ok && (typeof stored === 'string' || stored.backend === backend.value);
    },
    forget: () => {
      dropPad();
      file.remove();
    },
  };
};
