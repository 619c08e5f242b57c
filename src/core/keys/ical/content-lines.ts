// Content lines of RFC 5545 §3.1 and texts of §3.3.11: folded at 75 octets, never within a character; escaped; ended by CR LF.
const mostOctets = 75;

/** A text value: backslash, semicolon, comma and line ends are escaped; other control characters have no place in one. */
export const escapeText = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n');

/** Octets of a character in UTF-8. */
const sizeOf = (character: string): number => {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
};

const isShort = /^[\u0020-\u007e]{0,75}$/;

/** One line in as many pieces as it needs, with its end. */
export const foldLine = (line: string): string => {
  if (isShort.test(line)) return `${line}\r\n`;
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = sizeOf(character);
    if (octets + size > mostOctets) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return `${folded}\r\n`;
};

/** The lines of a file with their folds undone. */
export const unfoldLines = (text: string): readonly string[] =>
  text
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter((line) => line !== '');
