// The words of the find field that are no text: `state:expired`, `provider:circle-mint`, `kind:live`,
// `handed:integral`. Pure.
import { isSilent, type Attention, type KeyState } from './key-state.ts';
import type { KeySummary } from './types.ts';

type Test = (key: KeySummary) => boolean;
export type ParsedQuery = {
  /** What is left to be found as text. */
  readonly text: string;
  /** Null where nothing is filtered. */
  readonly fits: Test | null;
};

const stateIs =
  (...states: readonly KeyState[]): Test =>
  (key) =>
    states.includes(key.status.state);
const wants =
  (attention: Attention): Test =>
  (key) =>
    key.attention.includes(attention);

const either =
  (first: Test, second: Test): Test =>
  (key) =>
    first(key) || second(key);

/** Every word that may follow `state:`: those a person sees, and those of the command line. */
const stateTests: Readonly<Record<string, Test>> = {
  works: (key) => key.status.state === 'valid' && !isSilent(key.status),
  valid: stateIs('valid'),
  blocked: stateIs('blocked'),
  refused: stateIs('invalid', 'malformed'),
  invalid: stateIs('invalid'),
  malformed: stateIs('malformed'),
  waiting: either(stateIs('not-activated'), wants('waiting')),
  'not-activated': stateIs('not-activated'),
  expired: either(stateIs('expired'), wants('expired')),
  silent: (key) => isSilent(key.status),
  unreachable: stateIs('unreachable'),
  'not-checkable': stateIs('not-checkable'),
  'not-checked': stateIs('not-checked'),
  'not-asked': stateIs('not-checked'),
  expiring: wants('expiring'),
  overdue: wants('overdue'),
  unused: wants('unused'),
  'never-checked': wants('never-checked'),
  'owner-left': wants('owner-left'),
  lost: wants('lost'),
};

const makers: Readonly<Record<string, (word: string) => Test | null>> = {
  state: (word) => stateTests[word] ?? null,
  provider: (word) => (word === 'none' ? (key) => key.provider === null : (key) => key.provider === word),
  kind: (word) => (key) => key.kind === word,
  handed: (word) => (key) => key.handedTo.some((name) => name.toLowerCase().startsWith(word)),
};

const testOf = (word: string): Test | null => {
  const colon = word.indexOf(':');
  if (colon <= 0) return null;
  return makers[word.slice(0, colon)]?.(word.slice(colon + 1)) ?? null;
};

/** Takes the filters out of a query. A word that is no filter (`state:nonsense`, an address) stays text. */
export const parseQuery = (query: string): ParsedQuery => {
  if (!query.includes(':')) return { text: query, fits: null };
  const tests: Test[] = [];
  const rest = query.split(/\s+/).filter((word) => {
    const test = testOf(word.toLowerCase());
    if (test !== null) tests.push(test);
    return test === null;
  });
  return {
    text: rest.join(' '),
    fits: tests.length === 0 ? null : (key) => tests.every((test) => test(key)),
  };
};

/** The filters that are offered, in the order of what wants a person most. */
export const offeredStates: readonly { readonly word: string; readonly label: string }[] = [
  { word: 'refused', label: 'Refused' },
  { word: 'expired', label: 'Expired' },
  { word: 'blocked', label: 'Works, but not here' },
  { word: 'waiting', label: 'Waiting to be activated' },
  { word: 'lost', label: 'Value lost' },
  { word: 'expiring', label: 'Expires soon' },
  { word: 'overdue', label: 'Due to be turned' },
  { word: 'silent', label: 'No answer' },
  { word: 'owner-left', label: 'Owner left' },
  { word: 'unused', label: 'Not used for long' },
  { word: 'never-checked', label: 'Never asked' },
  { word: 'works', label: 'Works' },
];

/** How many keys each offered filter finds; those that find none are left out. */
export const countStates = (
  keys: readonly KeySummary[],
): readonly { readonly word: string; readonly label: string; readonly count: number }[] =>
  offeredStates
    .map((each) => ({ ...each, count: keys.filter((key) => stateTests[each.word]?.(key)).length }))
    .filter(({ count }) => count > 0);

/** The query with one state filter in place of any other, or without one. */
export const withState = (query: string, word: string | null): string => {
  const others = query.split(/\s+/).filter((each) => each !== '' && !each.startsWith('state:'));
  return [...(word === null ? [] : [`state:${word}`]), ...others].join(' ');
};

/** The state that a query filters by, if one does. */
export const stateOf = (query: string): string | null =>
  query
    .split(/\s+/)
    .find((word) => word.startsWith('state:') && testOf(word) !== null)
    ?.slice('state:'.length) ?? null;
