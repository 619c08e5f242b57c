// What came of a check, in one sentence: how many of what, and what changed. Names stand in it, so it is an answer and no event.
const words: Readonly<Record<string, string>> = {
  valid: 'valid',
  blocked: 'blocked',
  invalid: 'invalid',
  malformed: 'malformed',
  'not-activated': 'not activated',
  expired: 'expired',
  unreachable: 'not reached',
  'not-checkable': 'not checkable',
  'not-checked': 'not checked',
};

/** A state as people read it. */
export const stateWords = (state: string): string => words[state] ?? state;

export type Summed = { readonly name: string; readonly state: string; readonly before: string };

const maxNamed = 3;

/** `12 valid, 1 invalid`, in the order of the states. */
export const countsInWords = (results: readonly Pick<Summed, 'state'>[]): string =>
  Object.keys(words)
    .map((state) => ({ state, count: results.filter((result) => result.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${String(count)} ${stateWords(state)}`)
    .join(', ');

const changeInWords = ({ name, state, before }: Summed): string =>
  `${name} was ${stateWords(before)} and is ${stateWords(state)}`;

const changesInWords = (changed: readonly Summed[]): string => {
  if (changed.length === 0) return 'Nothing changed.';
  const named = changed.slice(0, maxNamed).map(changeInWords).join('; ');
  const more = changed.length - maxNamed;
  return `Changed: ${named}${more > 0 ? `; and ${String(more)} more` : ''}.`;
};

/** What a person reads when a check has ended. What was never asked before has not changed. */
export const sentenceOf = (results: readonly Summed[], stopped: boolean): string => {
  const stop = stopped ? 'Stopped. ' : '';
  if (results.length === 0) return `${stop}No key was asked about.`;
  const keys = results.length === 1 ? '1 key' : `${String(results.length)} keys`;
  const known = results.filter(({ before }) => before !== 'not-checked');
  const changed = known.filter(({ state, before }) => state !== before);
  const changes = known.length === 0 ? '' : ` ${changesInWords(changed)}`;
  return `${stop}${keys}: ${countsInWords(results)}.${changes}`;
};
