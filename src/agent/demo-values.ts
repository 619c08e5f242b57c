// Values of the demo vault: random, in the forms of their providers, so that recognition and masks show what they do. No
// provider knows them.
import { alphabets, type AlphabetName, type Part } from '../core/providers/format.ts';
import type { ProviderDefinition } from '../core/providers/provider.ts';
import type { Random } from '../core/ports.ts';

const lettersOf = (name: AlphabetName): string => {
  // Any visible character is right for some providers; letters and digits look like what they hand out.
  const { range } = alphabets[name === 'visible' ? 'alphanumeric' : name];
  const inRange = new RegExp(`^[${range}]$`);
  const all = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  return all.filter((letter) => inRange.test(letter)).join('');
};

const usualLength = 40;

const pick = (random: Random, letters: string): string => {
  const [high = 0, low = 0] = random.bytes(2);
  return letters.charAt((high * 256 + low) % letters.length);
};

const makePart = (random: Random, part: Part): string => {
  if ('literal' in part) return part.literal;
  if ('oneOf' in part) return part.oneOf[0] ?? '';
  const length = Math.min(part.max, Math.max(part.min, part.min === part.max ? part.min : usualLength));
  const letters = lettersOf(part.alphabet);
  return Array.from({ length }, () => pick(random, letters)).join('');
};

/** An invented value of one of a provider's formats. */
export const inventValue = (random: Random, provider: ProviderDefinition, formatId: string): string => {
  const format = provider.formats.find(({ id }) => id === formatId);
  if (format === undefined || !('parts' in format.pattern))
    throw new Error(`no parts for ${provider.id} ${formatId}`);
  return format.pattern.parts.map((part) => makePart(random, part)).join('');
};

/** An invented id of the form 8-4-4-4-12. */
export const inventUuid = (random: Random): string => {
  const hex = Array.from(random.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
};
