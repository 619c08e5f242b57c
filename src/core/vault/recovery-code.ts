// The recovery code as a person writes it down (docs/vault-format-v1.md §4.4): 130 random bits and a BIP 350 checksum,
// which finds every error in up to four characters. Pure and without secrets of its own, so that a form can check while one types.
import { fail } from '../model/app-error.ts';
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';

/** Crockford's Base 32: no I, L, O, U. */
export const recoveryAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Characters without separators, checksum included. */
export const recoveryCodeLength = 32;
/** Random bytes needed; each gives five bits. */
export const recoveryRandomBytes = 26;

const groupLength = 4;
const checksumLength = 6;
const prefix = [11, 20, 25];
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const bech32m = 0x2bc830a3;

const polymod = (values: readonly number[]): number => {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (let bit = 0; bit < 5; bit += 1) if ((top >>> bit) & 1) sum ^= generator[bit] as number;
  }
  return sum;
};

const checksum = (data: readonly number[]): readonly number[] => {
  const sum = polymod([...prefix, ...data, 0, 0, 0, 0, 0, 0]) ^ bech32m;
  return Array.from({ length: checksumLength }, (_, index) => (sum >>> (5 * (5 - index))) & 31);
};

const lookalikes: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** Upper case, without separators, lookalikes resolved. Unknown characters stay. */
const tidy = (typed: string): string =>
  typed
    .replace(/[\s‐-―-]+/g, '')
    .toUpperCase()
    .replace(/[OIL]/g, (letter) => lookalikes[letter] as string);

/**
 * Makes a code from random bytes.
 * @param random at least {@link recoveryRandomBytes} uniformly random bytes; borrowed
 * @returns the canonical form, 32 characters without separators
 */
export const makeRecoveryCode = (random: Uint8Array): string => {
  const data = Array.from(random.subarray(0, recoveryRandomBytes), (byte) => byte & 31);
  if (data.length !== recoveryRandomBytes) throw new RangeError('too little randomness for a recovery code');
  return [...data, ...checksum(data)].map((value) => recoveryAlphabet[value]).join('');
};

/** The form to show: groups of four joined by hyphens. */
export const formatRecoveryCode = (code: string): string =>
  (code.match(new RegExp(`.{1,${groupLength}}`, 'g')) ?? []).join('-');

/** How far a code that is being typed has come: for a form's hint. `wrong` names the first group with a character that no code has. */
export type RecoveryProgress = { readonly typed: number; readonly wrongGroup?: number };

export const recoveryProgress = (typed: string): RecoveryProgress => {
  const code = tidy(typed);
  const at = [...code].findIndex((character) => !recoveryAlphabet.includes(character));
  const count = Math.min(code.length, recoveryCodeLength);
  return at < 0 ? { typed: count } : { typed: count, wrongGroup: Math.floor(at / groupLength) + 1 };
};

/**
 * Reads what a person typed; case, spaces, hyphens and lookalikes do not matter.
 * @returns the canonical form, or `bad-input` in words that say what is off
 */
export const parseRecoveryCode = (typed: string): Result<string> => {
  const code = tidy(typed);
  const { wrongGroup } = recoveryProgress(typed);
  if (wrongGroup !== undefined)
    return fail(
      'bad-input',
      `Group ${wrongGroup} of the recovery code has a character that no code has.`,
      'Compare that group with your sheet. A code has digits and letters, but never the letter U.',
    );
  if (code.length !== recoveryCodeLength)
    return fail(
      'bad-input',
      `The recovery code has ${recoveryCodeLength} characters; ${code.length} were given.`,
      'Type all eight groups of four characters from your sheet.',
    );
  const values = [...code].map((character) => recoveryAlphabet.indexOf(character));
  if (polymod([...prefix, ...values]) !== bech32m)
    return fail(
      'bad-input',
      'The recovery code has a typing mistake in it.',
      'Compare each group with your sheet and try again.',
    );
  return ok(code);
};
