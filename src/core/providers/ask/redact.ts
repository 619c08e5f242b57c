// Makes a text that came from elsewhere fit to be kept and shown: control and bidirectional characters out, whatever it echoes
// of the key out, cut. docs/checking.md §1.4.
import { toBase64 } from './base64.ts';

export const redacted = '[redacted]';
export const maxToldLength = 200;
/** Shorter values would be found in ordinary words. */
const shortestSecret = 6;
/** So many characters in a row that also stand in a secret are an echo of it. */
const echoLength = 8;

/** What must not be seen in any text: a key's secrets, and the forms in which a request carried them. */
export type Hidden = { readonly whole: readonly string[]; readonly pieces: ReadonlySet<string> };

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const formsOf = (secret: string): readonly string[] => {
  const folded = secret.toLowerCase();
  const carried = [encodeURIComponent(secret), toBase64(bytesOf(secret)).replace(/=+$/, '')];
  return [folded, ...carried.map((form) => form.toLowerCase())];
};

/** @param secrets values of the key's secret fields, and what was made of them for a request */
export const hide = (secrets: readonly string[]): Hidden => {
  const whole = [...new Set(secrets.filter(({ length }) => length >= shortestSecret).flatMap(formsOf))];
  const pieces = new Set<string>();
  for (const secret of whole)
    for (let at = 0; at + echoLength <= secret.length; at += 1) pieces.add(secret.slice(at, at + echoLength));
  return { whole: whole.filter(({ length }) => length < echoLength), pieces };
};

const mark = (marks: Uint8Array, from: number, to: number): void => {
  marks.fill(1, from, to);
};

/** Replaces every part of a text that a secret holds too, in any case. */
export const redact = (text: string, { whole, pieces }: Hidden): string => {
  const folded = text.toLowerCase();
  // A character whose small letter is longer would shift what follows: such a text is given up as a whole if it echoes anything.
  const marks = new Uint8Array(Math.max(text.length, folded.length));
  for (let at = 0; at + echoLength <= folded.length; at += 1)
    if (pieces.has(folded.slice(at, at + echoLength))) mark(marks, at, at + echoLength);
  for (const secret of whole)
    for (let at = folded.indexOf(secret); at >= 0; at = folded.indexOf(secret, at + 1))
      mark(marks, at, at + secret.length);
  if (!marks.includes(1)) return text;
  if (folded.length !== text.length) return redacted;
  let shown = '';
  for (let at = 0; at < text.length; at += 1) {
    if (marks[at] === 0) shown += text.charAt(at);
    else if (at === 0 || marks[at - 1] === 0) shown += redacted;
  }
  return shown;
};

const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]|[\u{e0000}-\u{e007f}]/gu;

/** Without control, bidirectional and invisible characters, in one line. */
export const cleanText = (text: string): string =>
  text
    .replaceAll(/[\r\n\t]+/g, ' ')
    .replaceAll(invisible, '')
    .trim();

/** A text as it may be kept: cleaned, redacted, cut, at 200 characters where it is from an answer. */
export const tellable = (text: string, hidden: Hidden, maxLength = maxToldLength): string => {
  const safe = redact(cleanText(text), hidden);
  const letters = [...safe];
  return letters.length <= maxLength ? safe : `${letters.slice(0, maxLength - 1).join('')}…`;
};
