// What a derivation may cost. The floor stops a downgrade, the ceiling stops a file that would eat the machine's memory;
// both are looked at before anything is derived (docs/vault-format-v1.md §4.2).
import { fail } from '../model/app-error.ts';
import type { Result } from '../model/result.ts';
import { done } from '../model/result.ts';
import { SecretBytes } from '../model/secret-bytes.ts';
import type { Clock, Kdf, KdfParams } from '../ports.ts';

/** RFC 9106 §4 and shared/reference/performance.md §4: 64 MiB is the least, in memory. */
export const kdfFloor: KdfParams = { memoryKiB: 65_536, passes: 2 };
export const kdfCeiling: KdfParams = { memoryKiB: 2_097_152, passes: 64 };
/** Where calibration starts, and what recovery codes use: 130 random bits need no cost. */
export const kdfStart: KdfParams = { memoryKiB: 65_536, passes: 3 };

/** `damaged` where parameters are below the floor or above the ceiling. */
export const checkKdfParams = ({ memoryKiB, passes }: KdfParams): Result<undefined> => {
  if (memoryKiB < kdfFloor.memoryKiB || passes < kdfFloor.passes)
    return fail(
      'damaged',
      `This vault asks for a weaker password protection than Keyturn ever writes (${memoryKiB} KiB, ${passes} passes). Somebody may have changed the file. Nothing was derived from your password.`,
      'Do not type your password into this file again. Restore your latest backup.',
    );
  if (memoryKiB > kdfCeiling.memoryKiB || passes > kdfCeiling.passes)
    return fail(
      'damaged',
      `This vault asks for ${Math.round(memoryKiB / 1024)} MiB and ${passes} passes to check a password, more than Keyturn ever writes. The file is damaged or was changed.`,
      'Restore your latest backup.',
    );
  return done;
};

/**
 * Chooses parameters that take about `kdf.targetMs` on this machine: memory first, since memory is what costs an attacker most.
 * Doubles memory while the next step still fits, then adds passes by the time measured.
 */
export const calibrateKdf = async (kdf: Kdf, clock: Clock): Promise<KdfParams> => {
  if (kdf.targetMs <= 0) return kdfFloor;
  const limit = Math.min(kdf.memoryLimitKiB, kdfCeiling.memoryKiB);
  let chosen = kdfStart;
  let tookMs = await timeDerivation(kdf, clock, chosen);
  while (tookMs * 2.2 <= kdf.targetMs && chosen.memoryKiB * 2 <= limit) {
    const next = { memoryKiB: chosen.memoryKiB * 2, passes: chosen.passes };
    const nextMs = await timeDerivation(kdf, clock, next);
    if (!Number.isFinite(nextMs)) break;
    chosen = next;
    tookMs = nextMs;
  }
  const passes = Math.floor((chosen.passes * kdf.targetMs) / Math.max(tookMs, 1));
  return { ...chosen, passes: Math.min(Math.max(passes, chosen.passes), kdfCeiling.passes) };
};

/** Milliseconds that one derivation of a throw-away password takes; endless where its memory is not to be had. */
export const timeDerivation = async (kdf: Kdf, clock: Clock, params: KdfParams): Promise<number> => {
  const password = SecretBytes.own(new Uint8Array(16));
  const startedMs = clock.monotonicMs();
  try {
    (await kdf.derive(password, new Uint8Array(16), params, 32)).wipe();
    return clock.monotonicMs() - startedMs;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
};

/** Cost as an attacker pays it, to compare two settings. */
export const kdfCost = ({ memoryKiB, passes }: KdfParams): number => memoryKiB * passes;

/** Worth calibrating again: the machine answered in less than half of the time aimed at, and there is room above. */
export const isKdfTooCheap = (kdf: Kdf, params: KdfParams, tookMs: number): boolean =>
  tookMs < kdf.targetMs / 2 && kdfCost(params) < kdf.memoryLimitKiB * kdfCeiling.passes;
