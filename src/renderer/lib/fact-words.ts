// The words for facts that are stored as short codes.
import type { KeyFacts } from './types.ts';

type Words<T extends string> = Readonly<Record<T, string>>;

export const kindWords: Words<KeyFacts['kind']> = { live: 'Live', test: 'Test', unknown: 'Not known' };

export const classWords: Words<KeyFacts['class']> = {
  standard: 'Standard: may do everything',
  restricted: 'Restricted',
  'read-only': 'Read only',
  unknown: 'Not known',
};

export const revealWords: Words<KeyFacts['revealable']> = {
  once: 'Shown once: this vault holds the only copy',
  again: 'The portal shows it again',
  unknown: 'Not known',
};

export const arrivalWords: Words<KeyFacts['arrival']> = {
  created: 'Created by me',
  portal: 'From the portal',
  file: 'From a file',
  mail: 'By e-mail',
  chat: 'In a chat',
  unknown: 'Not known',
};

/** A table as choices for a select, in the table's order. */
export const choicesOf = <T extends string>(
  words: Words<T>,
): readonly { readonly value: T; readonly label: string }[] =>
  (Object.keys(words) as T[]).map((value) => ({ value, label: words[value] }));
