// How bad a finding is, from facts alone: computed whenever it is shown, never stored. Each fact has a weight and a sentence; the sum decides.
// A table, so that a person can argue with it.
import type { Finding, PlaceKind, Severity } from '../model/finding.ts';

/** What is known of the value besides the finding. */
export type ValueFacts = {
  readonly movesMoney: boolean;
  /** Whether its provider accepts it: as last asked, null where nobody knows. */
  readonly alive: boolean | null;
};

type Reason = { readonly weight: number; readonly words: string };
type Subject = Pick<Finding, 'kind' | 'place' | 'facts'>;

export type Judged = { readonly severity: Severity; readonly why: readonly string[] };

const kindReasons: Readonly<Record<Finding['kind'], Reason | null>> = {
  live: { weight: 3, words: 'It is a live key.' },
  unknown: { weight: 1, words: 'Whether it is live or for tests is not known.' },
  test: null,
};

const placeReasons: Readonly<Record<PlaceKind, Reason | null>> = {
  'working-file': null,
  staged: { weight: 1, words: 'It is about to be committed.' },
  commit: { weight: 2, words: 'It is in a commit: removing the file does not remove it.' },
  stash: { weight: 1, words: 'It is in a stash of git.' },
  unreachable: { weight: 1, words: 'Git still holds an object with it that no branch leads to.' },
  'env-file': null,
  'shell-history': { weight: 1, words: 'Shells keep it in their history, where programs look for keys.' },
  transcript: {
    weight: 2,
    words: 'It is in the transcript of an AI tool, which may have been sent to its maker.',
  },
  'agent-settings': { weight: 2, words: 'It is in settings of an AI tool, which are often committed.' },
  'mcp-config': {
    weight: 1,
    words: 'It is in a configuration that every MCP server started from it can read.',
  },
  'credentials-file': null,
  log: { weight: 2, words: 'It is in a log, and logs are collected and passed on.' },
  'editor-history': { weight: 1, words: 'An editor keeps old copies of the file.' },
  backup: { weight: 1, words: 'It is in a backup copy.' },
  notebook: { weight: 1, words: 'It is in a notebook, whose outputs are saved with it.' },
  bundle: { weight: 4, words: 'It is in a built bundle: whoever loads the page gets it.' },
  'source-map': { weight: 4, words: 'It is in a source map, which is published with the page.' },
  archive: { weight: 1, words: 'It is in an archive, which is made to be passed on.' },
  database: { weight: 1, words: 'It is in the database of a program.' },
  document: { weight: 1, words: 'It is in a document, which is made to be passed on.' },
  terminal: null,
  clipboard: null,
};

const inHistory: ReadonlySet<PlaceKind> = new Set(['commit', 'stash', 'unreachable']);

const gitReasons = ({ facts, place }: Subject): readonly Reason[] => {
  const isHistory = inHistory.has(place.kind);
  if (facts.pushed === true && facts.publicRemote === true)
    return [{ weight: 7, words: 'It was pushed to a repository that anybody may read.' }];
  if (facts.pushed === true) return [{ weight: 4, words: 'It was pushed.' }];
  if (isHistory && facts.publicRemote === true)
    return [{ weight: 2, words: 'The next push publishes it: the remote is one that anybody may read.' }];
  if (!isHistory && facts.ignored === false)
    return [{ weight: 1, words: 'Git does not ignore this file: the next commit may take it in.' }];
  return [];
};

const openReasons = ({ facts }: Subject): readonly Reason[] => [
  ...(facts.synchronised === null
    ? []
    : [{ weight: 3, words: `${facts.synchronised} copies this folder to its servers.` }]),
  ...(facts.othersCanRead === true ? [{ weight: 2, words: 'Other users of this machine can read it.' }] : []),
];

const valueReasons = ({ movesMoney, alive }: ValueFacts): readonly Reason[] => [
  ...(movesMoney ? [{ weight: 3, words: 'It can move money.' }] : []),
  ...(alive === true ? [{ weight: 2, words: 'Its provider accepts it.' }] : []),
  ...(alive === null ? [{ weight: 1, words: 'Whether its provider still accepts it is not known.' }] : []),
];

const steps: readonly { readonly from: number; readonly severity: Severity }[] = [
  { from: 10, severity: 'critical' },
  { from: 6, severity: 'high' },
  { from: 3, severity: 'medium' },
];

/**
 * Judges a finding. What its provider no longer accepts is low wherever it stands: it still tells how keys get there.
 * @returns the severity and why, the weightiest first
 */
export const judgeFinding = (finding: Subject, value: ValueFacts): Judged => {
  const reasons = [
    kindReasons[finding.kind],
    placeReasons[finding.place.kind],
    ...gitReasons(finding),
    ...openReasons(finding),
    ...valueReasons(value),
  ]
    .filter((reason) => reason !== null)
    .sort((left, right) => right.weight - left.weight);
  const why = reasons.map(({ words }) => words);
  if (value.alive === false) return { severity: 'low', why: ['Its provider no longer accepts it.', ...why] };
  const sum = reasons.reduce((total, { weight }) => total + weight, 0);
  const step = steps.find(({ from }) => sum >= from);
  return { severity: step?.severity ?? 'low', why };
};

/** Of two, the worse. */
export const worse = (left: Severity, right: Severity): Severity => {
  const order: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
  return order.indexOf(left) <= order.indexOf(right) ? left : right;
};
