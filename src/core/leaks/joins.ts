// Where a value is cut in a text: a line break with what belongs to it, or the end of one literal and the beginning of the next. By
// the rules of src/engine/joins.ts, and with `loose` by more, since here the place is one where a value is.

const classes = (text: string): Uint8Array => {
  const members = new Uint8Array(256);
  for (const character of text) members[character.charCodeAt(0)] = 1;
  return members;
};
const spaces = classes(' \t\r');
const quotes = classes('"\'`');
const between = classes(' \t\r\n+.&,|^~<>*()_;#/-');
const leaders = classes('#*;>|%!');
const looseLeaders = classes('#*;>|%!+-/');
const literalLetters = classes('bfrulBFRUL@$');
const breakLetters = classes('nrt');
const digits = classes('0123456789');
const backslash = 0x5c;
const doubleQuote = 0x22;
const backtick = 0x60;
const longestJoin = 160;

type Bounds = { readonly text: Uint8Array; readonly to: number };

const has = (members: Uint8Array, { text, to }: Bounds, at: number): boolean =>
  at < to && members[text[at] ?? 0] === 1;
const byteAt = ({ text, to }: Bounds, at: number): number => (at < to ? (text[at] ?? 0) : 0);

const skip = (members: Uint8Array, bounds: Bounds, from: number): number => {
  let at = from;
  while (has(members, bounds, at)) at += 1;
  return at;
};

export const afterBackslashes = (bounds: Bounds, from: number): number => {
  let at = from;
  while (byteAt(bounds, at) === backslash) at += 1;
  return at;
};

/** Behind white space and breaks, real and escaped. */
const afterGap = (bounds: Bounds, from: number): number => {
  for (let at = from; ;) {
    const behind = afterBackslashes(bounds, at);
    if (behind > at && has(breakLetters, bounds, behind)) at = behind + 1;
    else if (has(spaces, bounds, at) || byteAt(bounds, at) === 0x0a) at += 1;
    else return at;
  }
};

/**
 * Behind the opening quote of the next line, where a list of lines goes on at `from`: the end of one in quotes, a comma, the next one,
 * as a notebook holds its source. `from` where it does not; asked behind an escaped break alone, with which each line ends.
 */
const afterLineOfList = (bounds: Bounds, from: number): number => {
  const quote = afterBackslashes(bounds, from);
  if (byteAt(bounds, quote) !== doubleQuote) return from;
  const comma = afterGap(bounds, quote + 1);
  if (byteAt(bounds, comma) !== 0x2c) return from;
  const next = afterBackslashes(bounds, afterGap(bounds, comma + 1));
  return byteAt(bounds, next) === doubleQuote ? next + 1 : from;
};

/** Behind a line break that a backtick in front of it takes away, as in PowerShell; 0 where there is none. */
const afterBacktick = (bounds: Bounds, from: number): number => {
  if (byteAt(bounds, from) !== backtick) return 0;
  const next = byteAt(bounds, from + 1);
  if (next !== 0x0a && next !== 0x0d && next !== backslash) return 0;
  const behind = afterGap(bounds, from + 1);
  return behind > from + 1 ? afterGap(bounds, afterLineOfList(bounds, behind)) : 0;
};

/** Behind the opening quote that follows, where only what may stand between two literals comes first; 0 otherwise. */
const openingQuote = (bounds: Bounds, from: number): number => {
  let at = from;
  while (at < from + longestJoin && at < bounds.to) {
    if (has(quotes, bounds, at)) {
      const behind = afterBacktick(bounds, at);
      if (behind === 0) return at + 1;
      // One that takes a line break away opens nothing.
      if (!has(quotes, bounds, afterBackslashes(bounds, behind))) return 0;
      at = behind;
    } else if (has(between, bounds, at)) at += 1;
    else if (byteAt(bounds, at) === backslash) {
      at = afterBackslashes(bounds, at);
      if (has(breakLetters, bounds, at)) at = afterLineOfList(bounds, at + 1);
    } else if (has(literalLetters, bounds, at) && has(quotes, bounds, afterBackslashes(bounds, at + 1))) {
      at += 1;
    } else return 0;
  }
  return 0;
};

const markup = [...['%0d%0a', '%0a', '&#13;&#10;', '&#10;', '&#xa;', '<br>', '<br/>', '<br />', '<wbr>']].map(
  (text) => new TextEncoder().encode(text),
);

const looseBreak = (bounds: Bounds, at: number): number => {
  const found = markup.find((word) =>
    word.every((byte, index) => {
      const there = byteAt(bounds, at + index);
      return there === byte || (there >= 0x41 && there <= 0x5a && (there | 0x20) === byte);
    }),
  );
  return found === undefined ? 0 : at + found.length;
};

/** Behind a line break, real or escaped; 0 where there is none. */
const afterBreak = (bounds: Bounds, at: number, isLoose: boolean): number => {
  const byte = byteAt(bounds, at);
  if (byte === 0x0a || (isLoose && byte === 0x0d)) return at + 1;
  if (byte !== backslash) return isLoose ? looseBreak(bounds, at) : 0;
  const next = afterBackslashes(bounds, at);
  const letter = byteAt(bounds, next);
  if (letter === 0x6e) return afterLineOfList(bounds, next + 1);
  return letter === 0x72 || letter === 0x0a ? next + 1 : 0;
};

/** Behind the number of a line and what divides it from the text; `from` where there is none. */
const afterGutter = (bounds: Bounds, from: number): number => {
  const digitsEnd = skip(digits, bounds, from);
  if (digitsEnd === from) return from;
  const at = skip(spaces, bounds, digitsEnd);
  const byte = byteAt(bounds, at);
  if (byte === 0x3a || byte === 0x7c) return at + 1;
  // An arrow or a line that is drawn, of three bytes; or the tab itself, real or escaped.
  if (byte === 0xe2) return at + 3;
  if (byte === backslash && byteAt(bounds, at + 1) === 0x74) return at + 2;
  return at > digitsEnd ? at : from;
};

/** Behind what begins a line of a comment or a quotation. */
const afterLeader = (bounds: Bounds, from: number, isLoose: boolean): number => {
  if (isLoose) {
    const behind = skip(looseLeaders, bounds, from);
    return behind === from ? afterGutter(bounds, from) : behind;
  }
  const at = skip(leaders, bounds, from);
  const byte = byteAt(bounds, at);
  // Without a space behind them the two may be of the value.
  const isComment = (byte === 0x2f || byte === 0x2d) && byteAt(bounds, at + 1) === byte;
  return isComment && byteAt(bounds, at + 2) === 0x20 ? at + 2 : at;
};

export type JoinRules = {
  readonly isLoose: boolean;
  /** Whether an = at the end of a line belongs to the break, as in quoted-printable, or to the value. */
  readonly isSoft: boolean;
  /** Nothing but breaks and white space: a line that begins like a comment is of the value. */
  readonly isBare: boolean;
};

/** Behind all the breaks, indentation and leaders from a first break on. */
const afterBreaks = (
  bounds: Bounds,
  first: number,
  last: number,
  { isLoose, isBare }: Pick<JoinRules, 'isLoose' | 'isBare'>,
): number => {
  let at = first;
  for (let next = first; next !== 0 && next < last;) {
    at = skip(spaces, bounds, next);
    next = afterBreak(bounds, at, isLoose);
    if (next === 0 && byteAt(bounds, at) === backslash && byteAt(bounds, at + 1) === 0x74) next = at + 2;
    if (next === 0 && !isBare) {
      const behind = afterLeader(bounds, at, isLoose);
      if (behind !== at) next = behind;
    }
  }
  return at;
};

/** Behind the join that begins at `from`, or 0 where none does. */
export const joinEnd = (bounds: Bounds, from: number, { isLoose, isSoft, isBare }: JoinRules): number => {
  const quote = afterBackslashes(bounds, from);
  if (has(quotes, bounds, quote)) return openingQuote(bounds, quote + 1) || afterBacktick(bounds, quote);
  let at = skip(spaces, bounds, from);
  if (isSoft && byteAt(bounds, at) === 0x3d) at = skip(spaces, bounds, at + 1);
  if (byteAt(bounds, at) === backslash) {
    const behind = skip(spaces, bounds, at + 1);
    if (byteAt(bounds, behind) === 0x0a) at = behind;
  }
  const next = afterBreak(bounds, at, isLoose);
  return next === 0 ? 0 : afterBreaks(bounds, next, from + longestJoin, { isLoose, isBare });
};
