// Private keys as PEM writes them (RFC 7468), also with its line breaks escaped inside a string. One that a password protects is no
// finding: whoever reads it has nothing yet.
import type { PatternLiteral, UnknownMatch } from '../matching.ts';
import { isRandom } from './randomness.ts';
import { textWindow } from './text-window.ts';

/** How such a finding is called. */
export const privateKeyPattern = 'private-key';
const serviceAccount = 'gcp-sa/key-file';

export const privateKeyLiteral: PatternLiteral = {
  text: 'PRIVATE KEY',
  anyCase: false,
  beginsWord: false,
  sequel: { what: 'run', range: ' BLOCK\\-', least: 5 },
};

const label = /-----BEGIN (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/y;
const longestLabel = 32;
/** Base64 with everything that stands between its lines: breaks, escaped ones, quotes and signs of concatenation, headers of PGP. */
const body = /(?:[A-Za-z0-9+/=]|\\+[nr]|[\s"'`+,]|(?:Version|Comment|Hash): [^\n\\]{0,80}){1,12000}/y;
const ending = /-----END (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/y;
const leastBody = 64;
const longestKey = 12_000;
/** A key file of a service account names itself within so many characters around the key. */
const around = 2_500;

/** Judges the place of `PRIVATE KEY`. */
export const judgePrivateKey = (bytes: Uint8Array, at: number): UnknownMatch | null => {
  const { text, from } = textWindow(bytes, at - longestLabel, at + longestKey);
  const start = text.lastIndexOf('-----BEGIN ', at - from);
  if (start < 0) return null;
  label.lastIndex = start;
  if (!label.test(text) || label.lastIndex <= at - from || text.slice(start, at - from).includes('ENCRYPTED'))
    return null;
  body.lastIndex = label.lastIndex;
  if (!body.test(text)) return null;
  const inside = text.slice(label.lastIndex, body.lastIndex).replace(/\\+[nr]|[^A-Za-z0-9+/=]/g, '');
  if (inside.length < leastBody || !isRandom(inside.slice(0, 400))) return null;
  ending.lastIndex = body.lastIndex;
  const end = ending.test(text) ? ending.lastIndex : body.lastIndex;
  const context = textWindow(bytes, from + start - around, from + end + around).text;
  const isServiceAccount = context.includes('service_account') && context.includes('private_key_id');
  return {
    what: 'unknown',
    pattern: isServiceAccount ? serviceAccount : privateKeyPattern,
    start: from + start,
    end: from + end,
  };
};
