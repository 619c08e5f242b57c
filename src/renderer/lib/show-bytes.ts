// Shows UTF-8 bytes as text that exists nowhere as a whole. Each character stands in a box of its own: the layout would join the
// text of a line in one buffer, and such a buffer is given back without being wiped. (A box is what it takes to keep them apart.)

/** Code points of UTF-8, one at a time. What is no UTF-8 becomes U+FFFD. */
export function* codePoints(bytes: Uint8Array): Generator<number> {
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const more =
      first < 0x80 ? 0 : first >= 0xf0 && first < 0xf8 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : -1;
    let point = more <= 0 ? first : first & (0x3f >> more);
    let length = 1;
    while (length <= more && ((bytes[at + length] ?? 0) & 0xc0) === 0x80) {
      point = (point << 6) | ((bytes[at + length] ?? 0) & 0x3f);
      length += 1;
    }
    const isWhole = more >= 0 && length === more + 1 && point <= 0x10ffff && (point & 0xfff800) !== 0xd800;
    yield isWhole ? point : 0xfffd;
    at += length;
  }
}

/** Puts the text of bytes in an element in place of what it holds. The bytes stay the caller's to wipe. */
export const showBytes = (element: HTMLElement, bytes: Uint8Array): void => {
  const boxes: HTMLElement[] = [];
  for (const point of codePoints(bytes)) {
    const box = document.createElement('span');
    box.className = 'lone-character';
    box.append(String.fromCodePoint(point));
    boxes.push(box);
  }
  element.replaceChildren(...boxes);
};
