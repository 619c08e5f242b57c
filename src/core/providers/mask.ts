// What of a value may be seen in lists, logs of actions and JSON. Shows at most the part that the provider itself publishes
// and four characters, and only while what stays hidden cannot be guessed; otherwise dots that do not tell the length.
import type { KeyFormat } from './format.ts';
import { bitsBeyond, fitsFormat, literalPrefixOf } from './pattern.ts';
import type { ProviderDefinition } from './provider.ts';
import { maskAllowance, minHiddenBits } from './validate-provider.ts';

/** Stands for a value of which nothing may be shown. Its length is always the same. */
export const fullMask = '••••••••';

/** How many leading characters of a well-formed value a mask shows. */
export const shownLength = (format: KeyFormat): number => {
  if (format.match === 'shape') return 0;
  let length = Math.min(format.maskLength, format.publicLength + maskAllowance);
  while (length > 0 && bitsBeyond(format.pattern, length) < minHiddenBits) length -= 1;
  return length;
};

/**
 * The display form of a secret value, such as `LIVE_API_KEY:7f3a…`.
 * @param format the format that the value was recognised by; undefined for an unknown provider
 */
export const maskValue = (format: KeyFormat | undefined, value: string): string => {
  if (!format) return fullMask;
  if (fitsFormat(format, value)) {
    const shown = shownLength(format);
    return shown === 0 ? fullMask : `${value.slice(0, shown)}…`;
  }
  const prefix = literalPrefixOf(format.pattern);
  return prefix !== '' && value.startsWith(prefix) ? `${prefix}…` : fullMask;
};

/** Masks a field of a provider: plain fields are shown whole, secret ones by the format that they fit. */
export const maskField = (provider: ProviderDefinition | undefined, field: string, value: string): string => {
  const definition = provider?.fields.find((entry) => entry.name === field);
  if (definition && !definition.secret) return value;
  const formats = (provider?.formats ?? []).filter((format) => format.field === field);
  const fitting =
    formats.find((format) => format.match === 'prefix' && fitsFormat(format, value)) ??
    formats.find((format) => {
      const prefix = literalPrefixOf(format.pattern);
      return prefix !== '' && value.startsWith(prefix);
    });
  return maskValue(fitting, value);
};
