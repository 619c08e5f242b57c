// How large an input may be before anything looks into it: a list of millions would keep a process busy for seconds only to be
// refused in the end. Counts and stops; knows no call.

/** No input of the contract is deeper; the wire holds to the same. */
export const maxDepth = 12;
/** Of one object. */
const maxMembers = 1_000;
/** Answers are larger than inputs: a list of 100,000 keys has some sixty values each. */
export const maxAnswerValues = 16_000_000;
/** The largest input is a choice for each of 100,000 rows of an import, a few values each. */
export const maxValues = 600_000;

/**
 * Whether an input is small enough to be parsed.
 * @returns false where it holds more than {@link maxValues} values or is deeper than {@link maxDepth}
 */
export const isMeasured = (input: unknown): boolean => {
  let left = maxValues;
  const fits = (value: unknown, depth: number): boolean => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return true;
    if (depth > maxDepth) return false;
    // A list may claim to be far longer than what it holds; no table of the contract has more than some hundred members.
    const count = Array.isArray(value) ? value.length : Object.keys(value).length;
    if (count > (Array.isArray(value) ? left : maxMembers)) return false;
    const parts: readonly unknown[] = Object.values(value);
    left -= parts.length;
    return parts.every((part) => fits(part, depth + 1));
  };
  return fits(input, 0);
};

const openers: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const closers: ReadonlySet<number> = new Set([0x7d, 0x5d]);
const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/**
 * Whether JSON text is small enough to be parsed, told from its bytes: what it would become is never made.
 * @param mostValues how many values it may hold
 */
export const isMeasuredJson = (bytes: Uint8Array, mostValues: number): boolean => {
  let depth = 0;
  let values = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === comma) values += 1;
    else if (openers.has(byte)) {
      depth += 1;
      values += 1;
    } else if (closers.has(byte)) depth -= 1;
    // The message and the result around an answer's value are two levels more.
    if (depth > maxDepth + 3 || values > mostValues) return false;
  }
  return true;
};
