// A stand-in for the vault's keyed fingerprint in tests of the domain: equal for equal bytes, and that is all it is asked for.
import { createHash } from 'node:crypto';

export const blake2bHex = (bytes: Uint8Array): string =>
  createHash('blake2b512').update(bytes).digest('hex').slice(0, 32);
