// A secret value that does not fall into logs, JSON or string joins by accident. It lends its bytes to a function
// and can be wiped. V8 may still have copied what a borrower turned into a string: borrow late, convert last.

const label = '[secret]';

/**
 * A copy that stays where it is. V8 keeps small arrays in its own heap, moves them when it collects and when native code asks for
 * them, and wipes no place that they were in; an array over a buffer of its own is outside that heap from the start.
 */
export const copyInPlace = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(new ArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
};

export class SecretBytes {
  #bytes: Uint8Array;
  #wiped = false;

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Takes ownership of the given bytes: the caller must not keep or change them. */
  static own(bytes: Uint8Array): SecretBytes {
    return new SecretBytes(bytes);
  }

  /** Encodes text as UTF-8. The string itself cannot be wiped; prefer bytes where there are some. */
  static fromText(text: string): SecretBytes {
    return new SecretBytes(new TextEncoder().encode(text));
  }

  /** Length in bytes. */
  get length(): number {
    return this.#bytes.length;
  }

  /** Lends the bytes to `fn`; they must not be kept beyond it. Throws if already wiped (a bug). */
  use<T>(fn: (bytes: Uint8Array) => T): T {
    if (this.#wiped) throw new Error('a wiped secret was used');
    return fn(this.#bytes);
  }

  /** A separate copy that the receiver owns and must wipe. */
  copy(): SecretBytes {
    return this.use((bytes) => new SecretBytes(copyInPlace(bytes)));
  }

  /** Overwrites the bytes with zeros. May be called again without harm. */
  wipe(): void {
    this.#bytes.fill(0);
    this.#wiped = true;
  }

  toString(): string {
    return label;
  }

  toJSON(): string {
    return label;
  }

  get [Symbol.toStringTag](): string {
    return label;
  }

  /** What `util.inspect` and `console.log` print on Node, without importing it. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return label;
  }
}
