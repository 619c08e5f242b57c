// A text that is typed and never exists as a whole string: code points in an array that is wiped. For password fields, whose
// element holds a dot for each of them and nothing more. Pure.

const most = 1_024;

export type SecretText = {
  readonly length: () => number;
  /** Puts a text in place of the characters from `start` to `end`, as far as there is room. Gives where the caret comes to stand. */
  readonly replace: (start: number, end: number, text: string) => number;
  /** As UTF-8, in an array that the receiver wipes. */
  readonly bytes: () => Uint8Array<ArrayBuffer>;
  /** As a string: only for a person who asked to see it. */
  readonly show: () => string;
  readonly clear: () => void;
};

const utf8Length = (point: number): number =>
  point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;

const writeUtf8 = (target: Uint8Array, at: number, point: number): number => {
  const length = utf8Length(point);
  if (length === 1) target[at] = point;
  for (let index = length - 1, rest = point; length > 1 && index >= 0; index -= 1, rest >>= 6) {
    target[at + index] = index === 0 ? ((0xf00 >> length) & 0xff) | rest : 0x80 | (rest & 0x3f);
  }
  return at + length;
};

export const createSecretText = (): SecretText => {
  const points = new Uint32Array(most);
  let length = 0;

  const replace: SecretText['replace'] = (start, end, text) => {
    const put = Uint32Array.from([...text].slice(0, most - (length - (end - start))), (each) => {
      const point = each.codePointAt(0) ?? 0xfffd;
      // Half of a pair is no character: UTF-8 has no form for it.
      return (point & 0xfffff800) === 0xd800 ? 0xfffd : point;
    });
    points.copyWithin(start + put.length, end, length);
    points.set(put, start);
    const before = length;
    length += put.length - (end - start);
    if (length < before) points.fill(0, length, before);
    const caret = start + put.length;
    put.fill(0);
    return caret;
  };

  return {
    length: () => length,
    replace,
    bytes: () => {
      const typed = points.subarray(0, length);
      // Over a buffer of its own: V8 would move a small array about and leave copies of it behind.
      const bytes = new Uint8Array(new ArrayBuffer(typed.reduce((sum, point) => sum + utf8Length(point), 0)));
      let at = 0;
      for (const point of typed) at = writeUtf8(bytes, at, point);
      return bytes;
    },
    show: () => String.fromCodePoint(...points.subarray(0, length)),
    clear: () => {
      points.fill(0, 0, length);
      length = 0;
    },
  };
};
