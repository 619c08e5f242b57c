// The rest of the line around a match, as much of it as a person needs to know the place again. Everything in it that could be a
// value, of whatever key, is masked: what stays are words, names and signs. docs/scanning.md §2.
import { fullMask } from '../providers/mask.ts';
import { keyBeginnings } from '../providers/key-beginnings.ts';
import { escapeLiteral } from '../providers/pattern.ts';
import { eachGlyph } from './neutralise.ts';
import { isWordy } from './wordy.ts';

/** How many characters are shown on either side. */
const shown = 60;
/** How many bytes are looked at on either side: more than is shown, so that a long run is seen as what it is. */
const reach = 600;

/** Bytes `start` to `end`, end exclusive. */
export type ByteRange = { readonly start: number; readonly end: number };

export type MaskedLine = { readonly before: string; readonly after: string };

const delimiter = /^(?:[\s"'`,;<>()[\]{}|&\\=:@]|\\x0[9acd])$/;
const quote = /^["'`]$/;
const announcing =
  /(?:pass(?:wor[dt]|wd|phrase|code)?|pwd|secret|token|api[_.-]?key|auth\w*|credentials?|creds|bearer|basic|private|key|cookie|session|pin|otp)$/i;
const assigning = /[:=]/;

/** A stretch without delimiters between, or the delimiters between two of them. */
type Run = {
  readonly text: string;
  readonly isDelimiter: boolean;
  readonly from: number;
  readonly to: number;
};

const asciiDelimiters: readonly boolean[] = Array.from({ length: 128 }, (_all, code) =>
  delimiter.test(String.fromCharCode(code)),
);
const isDelimiting = (glyph: string): boolean =>
  (glyph.length === 1 ? asciiDelimiters[glyph.charCodeAt(0)] : undefined) ?? delimiter.test(glyph);

const runsOf = (bytes: Uint8Array, from: number, to: number): readonly Run[] => {
  const runs: Run[] = [];
  let run = { text: '', isDelimiter: false, from, to: from };
  eachGlyph(bytes, from, to, (text, begin, end) => {
    // A text of two bytes for each character is read as one of single bytes.
    if (text === '\\x00') return;
    const isDelimiter = isDelimiting(text);
    if (run.text !== '' && run.isDelimiter === isDelimiter) {
      run.text += text;
      run.to = end;
      return;
    }
    run = { text, isDelimiter, from: begin, to: end };
    runs.push(run);
  });
  return runs;
};

const harmlessNumber = /^(?:\d{1,5}|\d{4}-\d\d-\d\d(?:T\d\d)?|\d{1,3}(?:\.\d{1,3}){1,3})$/;
const harmlessPart = /^(?:[A-Za-z]{0,20}|[A-Za-z]{1,8}\d{1,3})$/;
const longestName = 80;
/** Signs that passwords are full of and names are not. */
const oddSign = /[!#$%*+?^~]/g;
const mostOdd = 1;

/** What follows on one of these is masked, were it a word. */
const beginsLikeKey = new RegExp(keyBeginnings.map(escapeLiteral).join('|'));

/** True for what may be more than a word, a name or a small number. */
const couldBeValue = (shown: string): boolean => {
  const text = shown.replace(/\\x[0-9a-f]{2}/g, '');
  if (text.length <= 3 || harmlessNumber.test(text)) return false;
  if (text.length > longestName) return true;
  const parts = text.split(/[^0-9A-Za-z]+/);
  const digits = text.match(/\d/g)?.length ?? 0;
  const signs = text.match(oddSign)?.length ?? 0;
  if (digits > 4 || signs > mostOdd || beginsLikeKey.test(text)) return true;
  return parts.some((part) => !harmlessPart.test(part) || !isWordy(part.replace(/\d/g, '')));
};

/** What may stand before a value decides over the one behind it: `password=…`, `Bearer …`, `"token": "…"`. */
type Expecting = { readonly value: boolean; readonly closing: string };
const expectingNone: Expecting = { value: false, closing: '' };

const expectation = (run: Run, before: Expecting, announced: boolean): Expecting => {
  if (before.closing !== '')
    return run.isDelimiter && run.text.includes(before.closing) ? expectingNone : before;
  if (!run.isDelimiter) return { value: announcing.test(run.text), closing: '' };
  if (!before.value) return expectingNone;
  const last = run.text.slice(-1);
  return { value: true, closing: announced && assigning.test(run.text) && quote.test(last) ? last : '' };
};

const touches = (run: Run, { start, end }: ByteRange): boolean =>
  run.to === start || run.from === end || (run.from < end && start < run.to);

type Side = {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly isCut: (run: Run) => boolean;
};

/** One side of the line with masks in it. */
const maskSide = ({ bytes, from, to, isCut }: Side, secret: readonly ByteRange[]): string => {
  let expecting = expectingNone;
  let wasValue = false;
  let text = '';
  for (const run of runsOf(bytes, from, to)) {
    const isExpected = expecting.value;
    expecting = expectation(run, expecting, isExpected);
    const isValue =
      !run.isDelimiter &&
      (isExpected || isCut(run) || couldBeValue(run.text) || secret.some((range) => touches(run, range)));
    // Base64 has signs of assignment inside: what follows on one without a space is its rest.
    const isRest: boolean = !run.isDelimiter && wasValue;
    wasValue = run.isDelimiter ? wasValue && /^=+$/.test(run.text) : isValue || isRest;
    text +=
      isValue || isRest ? fullMask : run.isDelimiter ? run.text.replace(/\s|\\x0[9acd]/g, ' ') : run.text;
  }
  return text;
};

const isLineBreak = (byte: number | undefined): boolean => byte === 0x0a || byte === 0x0d;

const lineStart = (bytes: Uint8Array, start: number): number => {
  const least = Math.max(0, start - reach);
  let at = start;
  while (at > least && !isLineBreak(bytes[at - 1])) at -= 1;
  return at;
};

const lineEnd = (bytes: Uint8Array, end: number): number => {
  const most = Math.min(bytes.length, end + reach);
  let at = end;
  while (at < most && !isLineBreak(bytes[at])) at += 1;
  return at;
};

/**
 * What stands on the line before and behind a match.
 * @param bytes may lie in shared memory
 * @param others further matches, which are masked too
 */
export const maskLine = (
  bytes: Uint8Array,
  match: ByteRange,
  others: readonly ByteRange[] = [],
): MaskedLine => {
  const from = lineStart(bytes, match.start);
  const to = lineEnd(bytes, match.end);
  const secret = [match, ...others];
  const before = maskSide(
    // A run that goes on beyond what is looked at is longer than any word.
    { bytes, from, to: match.start, isCut: (run) => run.from === match.start - reach },
    secret,
  );
  const after = maskSide(
    { bytes, from: match.end, to, isCut: (run) => run.to === match.end + reach },
    secret,
  );
  return {
    before: [...before.trimStart()].slice(-shown).join(''),
    after: [...after.trimEnd()].slice(0, shown).join(''),
  };
};

const longestShown = 400;

/**
 * A whole line, or the beginning of a long one, with everything in it masked that could be a value.
 * @param secret matches, on this line or beyond it
 */
export const maskText = (bytes: Uint8Array, line: ByteRange, secret: readonly ByteRange[]): string => {
  const to = Math.min(line.end, line.start + reach);
  const text = maskSide(
    { bytes, from: line.start, to, isCut: (run) => run.to === to && to < line.end },
    secret,
  );
  const cut = [...text].slice(0, longestShown).join('');
  return cut.length < text.length || to < line.end ? `${cut}…` : cut;
};
