// Builds a file's bytes piece by piece and leaves no copy of them behind: every buffer it outgrows is overwritten. It must
// not turn a value into a string.

const encoder = new TextEncoder();
const firstCapacity = 256;

export class ByteWriter {
  #buffer = new Uint8Array(firstCapacity);
  #length = 0;

  #room(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer.fill(0);
    this.#buffer = larger;
  }

  /** Appends one byte. */
  byte(value: number): this {
    this.#room(1);
    this.#buffer[this.#length] = value;
    this.#length += 1;
    return this;
  }

  /** Appends bytes. */
  bytes(value: Uint8Array): this {
    this.#room(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  /** Appends text that is no secret: names, punctuation, comments. */
  text(value: string): this {
    return this.bytes(encoder.encode(value));
  }

  /** Hands over what was written and wipes the writer, which is empty again. */
  take(): Uint8Array {
    const result = this.#buffer.slice(0, this.#length);
    this.wipe();
    return result;
  }

  /** Overwrites what was written; the writer is empty again. */
  wipe(): void {
    this.#buffer.fill(0);
    this.#length = 0;
  }
}
