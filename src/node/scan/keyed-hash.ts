// The keyed hash of a whole value: by it a candidate is confirmed, and an unknown value is known again. Independent of the hash of the
// windows. docs/fingerprints.md.
import { createHmac } from 'node:crypto';
import { confirmBytes } from './table-layout.ts';

/** HMAC-SHA-256 (FIPS 198-1), cut to 128 bits. */
export const keyedHash = (key: Uint8Array, value: Uint8Array): Uint8Array =>
  createHmac('sha256', key).update(value).digest().subarray(0, confirmBytes);
