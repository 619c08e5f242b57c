// Names in braces as turn definitions write them: which there are, and where they stand. docs/rotation.md §3.2.
import type { BodyValue, HttpCall, TurnCall } from './turn-definition.ts';

/** One name in braces: `{mark}`, `{new:password}`, `{scopes?}`. Other braces are text, as in GraphQL. */
export type BraceName = {
  /** As it stands between the braces, without a question mark. */
  readonly name: string;
  /** `new`, `old` or `manager` where it is a field of that key. */
  readonly of: 'new' | 'old' | 'manager' | null;
  /** Without `new:`, `old:` and `manager:`. */
  readonly bare: string;
  readonly optional: boolean;
};

const form = /\{((?:(new|old|manager):)?([A-Za-z]\w{0,60}))(\?)?\}/g;

const nameOf = (match: RegExpExecArray): BraceName => ({
  name: match[1] ?? '',
  of: match[2] === 'new' || match[2] === 'old' || match[2] === 'manager' ? match[2] : null,
  bare: match[3] ?? '',
  optional: match[4] !== undefined,
});

/** Names in braces of a text, in order. */
export const namesIn = (text: string): readonly BraceName[] => [...text.matchAll(form)].map(nameOf);

/** The name that a text is, where it is one and nothing else. */
export const onlyNameIn = (text: string): BraceName | undefined => {
  const [name, ...others] = namesIn(text);
  if (name === undefined || others.length > 0) return undefined;
  return text === `{${name.name}${name.optional ? '?' : ''}}` ? name : undefined;
};

/** Puts something in the place of every name. */
export const replaceNames = (text: string, by: (name: BraceName) => string): string =>
  text.replaceAll(form, (...parts) => by(nameOf(parts.slice(0, 5) as unknown as RegExpExecArray)));

/** Every text of a body, keys left out. */
export const textsOf = (value: BodyValue): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return (Array.isArray(value) ? (value as readonly BodyValue[]) : Object.values(value)).flatMap(textsOf);
};

/** Every text of a call that may hold names, the address first. */
export const textsOfCall = (call: TurnCall): readonly string[] =>
  isHttp(call)
    ? [call.url, ...Object.values(call.headers ?? {}), ...textsOf(call.body?.value ?? null)]
    : [call.user];

export const isHttp = (call: TurnCall): call is HttpCall =>
  call.protocol === undefined || call.protocol === 'http';

/** Names that are the turn's own. */
export const builtInNames: ReadonlySet<string> = new Set([
  'mark',
  'markLower',
  'expiresOn',
  'expiresAt',
  'expiresInSeconds',
  'expiresInDays',
  'expiresInHours',
  'expiresAtMs',
  'oldId',
  'newId',
  'id',
]);
