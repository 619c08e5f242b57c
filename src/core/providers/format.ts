// How a key string is written down as data: parts in a row, each of a known alphabet and length. From it come the
// matcher, the sample generator of the tests, the mask and the words about what is wrong with a value.

export const keyKinds = ['live', 'test', 'unknown'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** Character classes by name. `range` is the inside of a regular expression's brackets. */
export const alphabets = {
  digits: { range: '0-9', size: 10, words: 'digits' },
  hex: { range: '0-9a-f', size: 16, words: 'the digits 0-9 and the letters a-f' },
  'hex-any-case': { range: '0-9a-fA-F', size: 16, words: 'the digits 0-9 and the letters a-f' },
  lower: { range: 'a-z', size: 26, words: 'small letters' },
  'lower-alphanumeric': { range: '0-9a-z', size: 36, words: 'digits and small letters' },
  'upper-alphanumeric': { range: '0-9A-Z', size: 36, words: 'digits and capital letters' },
  base32: { range: 'A-Z2-7', size: 32, words: 'capital letters and the digits 2-7' },
  alphanumeric: { range: '0-9A-Za-z', size: 62, words: 'letters and digits' },
  word: { range: '0-9A-Za-z_', size: 63, words: 'letters, digits and _' },
  base64: { range: '0-9A-Za-z+/', size: 64, words: 'letters, digits, + and /' },
  base64url: { range: '0-9A-Za-z_\\-', size: 64, words: 'letters, digits, - and _' },
  'base64url-padded': { range: '0-9A-Za-z_=\\-', size: 65, words: 'letters, digits, -, _ and =' },
  visible: { range: '!-~', size: 94, words: 'visible characters' },
} as const;

export type AlphabetName = keyof typeof alphabets;

/** One stretch of a key string. */
export type Part =
  | { readonly literal: string }
  | { readonly oneOf: readonly string[] }
  | { readonly alphabet: AlphabetName; readonly min: number; readonly max: number };

/**
 * A pattern by parts, which is what nearly every provider needs; or a bounded regular expression (no unbounded or nested
 * repeats, no back references: validate-provider.ts refuses them) with the literals that every match contains.
 */
export type Pattern =
  | { readonly parts: readonly Part[] }
  | {
      readonly source: string;
      readonly anchors: readonly string[];
      readonly maxLength: number;
      /** Fields that named groups of the source fill, percent-decoded: a connection string holds several. See take-apart.ts. */
      readonly fills?: readonly string[];
    };

export type KeyFormat = {
  readonly id: string;
  readonly kind: KeyKind;
  readonly label: string;
  /** `prefix`: recognised wherever it stands. `shape`: fits too many things and never decides alone. */
  readonly match: 'prefix' | 'shape';
  readonly pattern: Pattern;
  /** Which field the value fills. */
  readonly field: string;
  /** A publishable or identifying value is no secret, though it belongs to a key. */
  readonly sensitivity: 'secret' | 'publishable' | 'identifier';
  /** How many leading characters the provider itself shows or publishes: no secret. Includes the literal prefix. */
  readonly publicLength: number;
  /** How many leading characters a mask shows; at most `publicLength` + 4. */
  readonly maskLength: number;
  /** Where two providers claim the same value, the higher one is offered first. Default 0. */
  readonly priority: number;
  /** False where documents are known to run the value into the next word: never demand an end. */
  readonly rightBoundary: boolean;
  readonly classId?: string;
  readonly note?: string;
  /** A whole file, such as a JSON key file: recognised on its own, never inside quotes or behind a name. */
  readonly document?: boolean;
};

/** A literal stretch. */
export const literal = (text: string): Part => ({ literal: text });

/** Exactly `length` characters of an alphabet. */
export const exactly = (length: number, alphabet: AlphabetName): Part => ({
  alphabet,
  min: length,
  max: length,
});

/** Between `min` and `max` characters of an alphabet. */
export const between = (min: number, max: number, alphabet: AlphabetName): Part => ({ alphabet, min, max });
