// Unlocking with the system's keychain, in two halves: what the keychain seals is the slot's secret under a pad, and the pad lives only in
// this process. So after a restart, or when the chosen time is over, the pad is gone and the file opens nothing: the master password is
// asked again by arithmetic, not by a rule. Losing any of it loses nothing else.
import { ok } from '../answers.ts';
import type { AppError } from '../../core/model/app-error.ts';
import type { Result } from '../../core/model/result.ts';
import { toBytes, toText } from './base64-text.ts';
import { createPad, type PadPorts } from './pad.ts';
import { createSealedStore, refuse, type SealedFile } from './sealed-store.ts';
import type { SystemKeychain } from './system-keychain.ts';

export type QuickUnlockPorts = PadPorts & {
  readonly keychain: SystemKeychain;
  readonly file: SealedFile;
  readonly randomBytes: (length: number) => Uint8Array;
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

const mask = (bytes: Uint8Array, pad: Uint8Array): Uint8Array =>
  bytes.map((byte, at) => byte ^ (pad[at] ?? 0));

export const createQuickUnlock = (ports: QuickUnlockPorts): QuickUnlock => {
  const { file, randomBytes } = ports;
  const pad = createPad(ports);
  const store = createSealedStore(ports.keychain, file);

  const take = async (): Promise<Result<Uint8Array>> => {
    const backend = await store.backend();
    if (!backend.ok) return backend;
    if (pad.live() === null)
      return refuse('The master password is due: Keyturn was started again, or the time you chose is over.');
    const opened = await store.open(backend.value);
    if (!opened.ok) return opened;
    const masked = toBytes(opened.value);
    // The prompt of the keychain may have stood there for longer than the time that was left.
    const still = pad.live();
    if (masked === null || still === null || masked.length !== still.bytes.length)
      return refuse('The master password is due.');
    const secret = mask(masked, still.bytes);
    masked.fill(0);
    return ok(secret);
  };

  return {
    look: async () => {
      const backend = await store.backend();
      return {
        unavailable: backend.ok ? null : backend.error,
        backend: backend.ok ? backend.value : null,
        untilMs: backend.ok && file.read() !== 'missing' ? (pad.live()?.untilMs ?? null) : null,
      };
    },
    keep: async (secret, hours) => {
      const backend = await store.backend();
      if (!backend.ok) return backend;
      pad.drop();
      const bytes = randomBytes(secret.length);
      const masked = mask(secret, bytes);
      const sealed = await store.seal(toText(masked), backend.value);
      masked.fill(0);
      if (sealed.ok) pad.set(bytes, hours * hourMs);
      else bytes.fill(0);
      return sealed;
    },
    take,
    mayRenew: async () => {
      const backend = await store.backend();
      const stored = file.read();
      return backend.ok && (typeof stored === 'string' || stored.backend === backend.value);
    },
    forget: () => {
      pad.drop();
      file.remove();
    },
  };
};
