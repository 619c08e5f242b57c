// Addresses with a password inside of no provider's scheme: `mongodb+srv://…`, `https://user:password@…`, `smtp://…`. A finding only
// where the password is of a kind that a program made: manuals are full of the others.
import type { ProviderDefinition } from '../../providers/provider.ts';
import type { PatternLiteral, UnknownMatch } from '../matching.ts';
import { addressAt, isSomebodys, looksStrong } from './credentials.ts';
import { createKnownTest } from './known-forms.ts';
import { isMadeUp, isPublished } from './no-key.ts';
import { textWindow } from './text-window.ts';

/** How such a finding is called. */
export const addressPattern = 'address-with-password';

export const addressLiteral: PatternLiteral = {
  text: '://',
  anyCase: false,
  beginsWord: false,
  sequel: { what: 'credentials' },
};

const longestScheme = 24;
const longestRest = 1100;
const scheme = /[A-Za-z][A-Za-z0-9+.-]{1,23}$/;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % is meant as it stands.
    return text;
  }
};

const isDrawn = (password: string): boolean =>
  /\d/.test(password) && looksStrong(password) && !isMadeUp(password) && !isPublished(undefined, password);

/** The scheme that ends where `text` does; an `n` that belongs to `\n` is none of it. */
const schemeLength = (text: string): number => {
  const name = scheme.exec(text)?.[0] ?? '';
  const escaped = text[text.length - name.length - 1] === '\\' && /^[nrt]/.test(name);
  return escaped ? name.length - 1 : name.length;
};

export type AddressJudge = (bytes: Uint8Array, at: number) => UnknownMatch | null;

/** Judges the place of `://`. */
export const createAddressJudge = (catalogue: readonly ProviderDefinition[]): AddressJudge => {
  const isKnown = createKnownTest(catalogue);
  return (bytes, at) => {
    const { text, from } = textWindow(bytes, at - longestScheme - 1, at + longestRest);
    const length = schemeLength(text.slice(0, at - from));
    const address = length === 0 ? undefined : addressAt(text, at - from - length);
    if (address === undefined || address.user === '' || !isSomebodys(address)) return null;
    if (!isDrawn(decoded(address.password)) || isKnown(address.password, 0)) return null;
    return { what: 'unknown', pattern: addressPattern, start: from + address.start, end: from + address.end };
  };
};
