// How programs write a text that has signs in it: each gives the whole text and where each character of the value begins in it. Only
// for values whose windows cannot avoid such signs; all other texts are the same as the value.

const utf8 = new TextEncoder();
type Spell = (character: string) => string;

const named =
  (names: Readonly<Record<string, string>>): Spell =>
  (character) =>
    names[character] ?? character;
const hex = (character: string, width: number): string =>
  (character.codePointAt(0) ?? 0).toString(16).padStart(width, '0');

const json: Spell = named({ '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' });
const percentOne = (character: string): string =>
  [...utf8.encode(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
const percent: Spell = (character) => (/[0-9A-Za-z_.~-]/.test(character) ? character : percentOne(character));
const markup: Spell = named({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' });

/** Quoted-printable: of what is visible it changes = alone. */
const printable: Spell = named({ '=': '=3D' });

/** One for each way of writing. */
const spells: readonly Spell[] = [
  json,
  (character) => (character === '/' ? '\\/' : json(character)),
  (character) => (/[^\x20-\x7e]/.test(character) ? `\\u${hex(character, 4)}` : json(character)),
  (character) => (/[<>&+='"/]/.test(character) ? `\\u${hex(character, 4).toUpperCase()}` : json(character)),
  (character) => (/[<>&+='"]/.test(character) ? `\\u${hex(character, 4)}` : json(character)),
  (character) => (/[!"$`\\]/.test(character) ? `\\${character}` : character),
  (character) => (/[0-9A-Za-z_./:=@%+,-]/.test(character) ? character : `\\${character}`),
  percent,
  (character) => percent(character).replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
  (character) => (/[!'()*]/.test(character) ? character : percent(character)),
  (character) => (/[$&+,/:;=?@]/.test(character) ? character : percent(character)),
  printable,
  markup,
  (character) => (/[0-9A-Za-z,._-]/.test(character) ? character : `&#x${hex(character, 2)};`),
  (character) => (/[+=`&<>"']/.test(character) ? `&#${String(character.charCodeAt(0))};` : character),
  (character) => (/[+=`]/.test(character) ? `&#x${hex(character, 2).toUpperCase()};` : markup(character)),
];

export type Respelling = {
  readonly bytes: Uint8Array;
  /** For each byte of the value that begins a character: where that begins in `bytes`; -1 for the others. */
  readonly starts: Int32Array;
};

/** The ways of writing a value that differ from the value. */
export const respellingsOf = (text: string, length: number): readonly Respelling[] =>
  spells.flatMap((spell) => {
    const starts = new Int32Array(length).fill(-1);
    let plainAt = 0;
    let spelledAt = 0;
    const parts: Uint8Array[] = [];
    for (const character of text) {
      starts[plainAt] = spelledAt;
      const spelled = utf8.encode(spell(character));
      parts.push(spelled);
      plainAt += utf8.encode(character).length;
      spelledAt += spelled.length;
    }
    if (spelledAt === plainAt) return [];
    const bytes = new Uint8Array(spelledAt);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
      part.fill(0);
    }
    return [{ bytes, starts }];
  });
