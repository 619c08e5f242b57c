// Says in words what is wrong with a value that begins like a key and is none: too short, a foreign character, a part
// missing, hidden by dots. Messages name places and counts, never characters of the value.
import { alphabets, type KeyFormat, type Part } from './format.ts';
import { fitsFormat, inAlphabet, literalPrefixOf } from './pattern.ts';
import { isPlaceholder, looksMasked } from './placeholder.ts';

export const malformedCodes = [
  'too-short',
  'too-long',
  'bad-character',
  'missing-part',
  'contains-space',
  'masked',
  'placeholder',
  'prefix-only',
  'wrong-case',
  'wrong-form',
  'empty',
] as const;
export type MalformedCode = (typeof malformedCodes)[number];

export type Malformed = { readonly code: MalformedCode; readonly message: string };

type Walk = { readonly position: number; readonly part: number; readonly inPart: number };

const stepLiteral = (text: string, position: number, choices: readonly string[]): number =>
  choices.reduce(
    (best, choice) => (text.startsWith(choice, position) ? Math.max(best, choice.length) : best),
    0,
  );

/** Follows the parts as far as they fit. */
const walkParts = (parts: readonly Part[], text: string): Walk => {
  let position = 0;
  for (const [index, part] of parts.entries()) {
    if ('alphabet' in part) {
      let count = 0;
      while (count < part.max && position < text.length && inAlphabet(part.alphabet, text[position] ?? '')) {
        position += 1;
        count += 1;
      }
      if (count < part.min) return { position, part: index, inPart: count };
      continue;
    }
    const length = stepLiteral(text, position, 'literal' in part ? [part.literal] : part.oneOf);
    if (length === 0) return { position, part: index, inPart: 0 };
    position += length;
  }
  return { position, part: parts.length, inPart: 0 };
};

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

const partWords = (part: Part): string => {
  if ('literal' in part) return `"${part.literal}"`;
  if ('oneOf' in part) return part.oneOf.map((choice) => `"${choice}"`).join(' or ');
  const length = part.min === part.max ? `${part.min}` : `${part.min} to ${part.max}`;
  return `${length} characters (${alphabets[part.alphabet].words})`;
};

/** The form of a format in words, for help texts. */
export const formInWords = (format: KeyFormat): string =>
  'parts' in format.pattern ? format.pattern.parts.map(partWords).join(', ') : format.label;

const shortfall = (parts: readonly Part[], walk: Walk, format: KeyFormat): Malformed => {
  const part = parts[walk.part];
  if (walk.inPart === 0 && walk.part > 0 && walk.part < parts.length - 1)
    return { code: 'missing-part', message: `It ends before ${part ? partWords(part) : 'its last part'}.` };
  if (walk.position === format.publicLength && format.publicLength > literalPrefixOf(format.pattern).length)
    return {
      code: 'prefix-only',
      message: 'This is only the beginning that the portal shows, not the whole key.',
    };
  const wanted = part && 'alphabet' in part ? part.min : 0;
  return {
    code: 'too-short',
    message: `Its last part has ${plural(walk.inPart, 'character')}, and ${wanted} belong there. Copy the whole value again.`,
  };
};

const surplus = (length: number): Malformed => ({
  code: 'too-long',
  message: `It has ${plural(length, 'character')} too many at the end. Copy the value again without what follows it.`,
});

const diagnoseParts = (parts: readonly Part[], format: KeyFormat, value: string): Malformed => {
  const walk = walkParts(parts, value);
  if (walk.part >= parts.length) return surplus(value.length - walk.position);
  if (walk.position >= value.length) return shortfall(parts, walk, format);
  if (/\s/.test(value[walk.position] ?? ''))
    return {
      code: 'contains-space',
      message: `There is a space or line break after ${plural(walk.position, 'character')}. Keys have none.`,
    };
  const part = parts[walk.part];
  if (part && !('alphabet' in part) && walk.part > 0)
    return {
      code: 'wrong-form',
      message: `After ${plural(walk.position, 'character')} comes ${partWords(part)}.`,
    };
  return {
    code: 'bad-character',
    message: `Character ${walk.position + 1} does not belong in this key: only ${
      part && 'alphabet' in part ? alphabets[part.alphabet].words : 'its fixed beginning'
    } do.`,
  };
};

const bodyOf = (format: KeyFormat, value: string): string => {
  const prefix = literalPrefixOf(format.pattern);
  return value.startsWith(prefix) ? value.slice(prefix.length) : value;
};

const inOtherCase = (format: KeyFormat, value: string): boolean => {
  const prefix = literalPrefixOf(format.pattern);
  const start = value.slice(0, prefix.length);
  return prefix !== '' && start !== prefix && start.toLowerCase() === prefix.toLowerCase();
};

/**
 * What keeps a value from being a key of this format; undefined where nothing does. The value is judged as a whole.
 * @param value without surrounding white space
 */
export const diagnose = (format: KeyFormat, value: string): Malformed | undefined => {
  if (value === '') return { code: 'empty', message: 'There is no value.' };
  if (looksMasked(value))
    return {
      code: 'masked',
      message: 'Part of it is hidden by dots or stars. Show the key in the portal, then copy.',
    };
  if (isPlaceholder(bodyOf(format, value)))
    return {
      code: 'placeholder',
      message: 'This stands for a key and is none. Put the real value in its place.',
    };
  if (fitsFormat(format, value)) return undefined;
  if (inOtherCase(format, value))
    return {
      code: 'wrong-case',
      message: 'Its beginning is right, but capital and small letters are exchanged.',
    };
  if ('parts' in format.pattern) return diagnoseParts(format.pattern.parts, format, value);
  if (/\s/.test(value))
    return { code: 'contains-space', message: 'There is a space or line break in it. Keys have none.' };
  return { code: 'wrong-form', message: `It is not of the form of ${format.label}.` };
};
