// Content lines of RFC 5545 §3.1 and texts of §3.3.11: folded at 75 octets, never within a character; escaped; ended by CR LF.
const encoder = new TextEncoder();
const mostOctets = 75;

/** A text value: backslash, semicolon, comma and line ends are escaped; other control characters have no place in one. */
export const escapeText = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n');

/** One line in as many pieces as it needs, with its end. */
export const foldLine = (line: string): string => {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
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
