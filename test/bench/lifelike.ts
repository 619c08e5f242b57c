// Keys as people have them, made from a number: the same entries for the vault of the measurements and for what it is compared with.
// No two are alike; a third has a note, a fifth an expiry. Values are random and look like nobody's.
import { createHash } from 'node:crypto';

export type Entry = {
  readonly name: string;
  readonly account: string;
  readonly url: string;
  readonly notes: string;
  readonly tags: readonly string[];
  /** YYYY-MM-DD */
  readonly expiresOn: string | null;
  readonly provider: string | null;
  readonly variable: string;
  readonly addedAtMs: number;
  readonly value: string;
};

const themes = ['payments', 'mail', 'maps', 'search', 'builds', 'wallets', 'metrics', 'storage', 'chat'];
const roles = ['reader', 'writer', 'admin', 'webhook', 'batch', 'mobile', 'edge'];
const providers = ['circle-mint', 'stripe', 'github-pat', 'aws-iam', 'openai', null, null];
const tags = ['billing', 'ci', 'legacy', 'partner', 'mobile', 'reviewed', 'shared', 'staging'];
const words = [
  'rotated',
  'after',
  'the',
  'move',
  'asked',
  'for',
  'by',
  'finance',
  'see',
  'ticket',
  'works',
  'only',
  'from',
  'office',
];
const firstDayMs = Date.UTC(2023, 0, 1);
const hourMs = 3_600_000;

const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T;
/** Digits that depend on the number alone. */
const digitsOf = (number: number): Buffer => createHash('sha256').update(`entry ${number}`).digest();

const noteOf = (digits: Buffer): string =>
  Array.from({ length: 6 + ((digits[0] ?? 0) % 12) }, (_, at) => pick(words, digits[at + 1] ?? 0)).join(' ');

const dayOf = (number: number): string =>
  new Date(Date.UTC(2027, 0, 1) + (number % 700) * 24 * hourMs).toISOString().slice(0, 10);

/** The entry of a number. */
export const entryOf = (number: number): Entry => {
  const digits = digitsOf(number);
  const [first = 0, second = 0, third = 0] = digits;
  return {
    name: `${pick(themes, number)}-${pick(roles, number >> 3)}-${number}`,
    account: first % 4 === 0 ? `account-${second}` : '',
    url: first % 3 === 0 ? `https://portal.example/projects/${number}/keys` : '',
    notes: second % 3 === 0 ? noteOf(digits) : '',
    tags: third % 2 === 0 ? [pick(tags, first), pick(tags, first + 1 + (second % 3))] : [],
    expiresOn: third % 5 === 0 ? dayOf(number) : null,
    provider: pick(providers, second),
    variable: `KEY_${number}`,
    addedAtMs: firstDayMs + number * hourMs + second * 60_000,
    value: digits.toString('base64url'),
  };
};
