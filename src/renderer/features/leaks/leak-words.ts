// The words for what was found: kinds of places, how a value stands there, how bad it is, what became of it. Pure.
import { counted, shortDay, today } from '../../lib/time-words.ts';
import { stateMarks, stateWords, type KeyState } from '../../lib/key-state.ts';
import type {
  FindingState,
  FindingView,
  FoundPlace,
  NotReadReason,
  PlaceKind,
  Severity,
} from '../../lib/types.ts';
import type { MarkName } from '../../ui/state-mark.tsx';

export const placeWords: Readonly<Record<PlaceKind, string>> = {
  'working-file': 'file',
  staged: 'staged change',
  commit: 'commit',
  stash: 'stash',
  unreachable: 'lost object of git',
  'env-file': 'env file',
  'shell-history': 'shell history',
  transcript: 'AI transcript',
  'agent-settings': 'AI tool settings',
  'mcp-config': 'MCP configuration',
  'credentials-file': 'credentials file',
  log: 'log',
  'editor-history': 'editor history',
  backup: 'editor backup',
  notebook: 'notebook',
  bundle: 'built bundle',
  'source-map': 'source map',
  archive: 'archive',
  database: 'database',
  document: 'document',
  terminal: 'terminal',
  clipboard: 'clipboard',
};

export const placeKinds = Object.keys(placeWords) as readonly PlaceKind[];

const manyWords: Readonly<Partial<Record<PlaceKind, string>>> = {
  'shell-history': 'Shell histories',
  'agent-settings': 'Settings of AI tools',
  'editor-history': 'Editor histories',
  'working-file': 'Settings of programs',
  clipboard: 'Clipboard managers',
};

/** A kind of place as the heading of several. */
export const rootWords = (kind: PlaceKind): string => {
  const word = `${placeWords[kind]}s`;
  return manyWords[kind] ?? `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
};

export const encodingWords: Readonly<Record<FindingView['encoding'], string>> = {
  plain: 'as it is',
  escaped: 'with escapes',
  percent: 'percent-encoded',
  base64: 'as base64',
  base64url: 'as URL base64',
  hex: 'as hex',
  'utf-16': 'as UTF-16',
  'base64-utf-16': 'as base64 of UTF-16',
  joined: 'in pieces',
};

export const severityNames = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[];

/** 0 is the worst. */
export const severityRank = (severity: Severity): number => severityNames.indexOf(severity);

/** What became of it, in a word or two. */
export const findingStateWords: Readonly<Record<FindingState, string>> = {
  open: 'open',
  accepted: 'accepted',
  gone: 'gone, key alive',
  resolved: 'resolved',
  returned: 'came back',
};

/** What became of it, as a sentence. */
export const stateSentence = ({ state, accepted }: FindingView, nowMs: number): string => {
  const says: Readonly<Record<FindingState, string>> = {
    open: 'The value stands there, and nobody has done anything about it.',
    accepted:
      accepted === null
        ? 'Accepted.'
        : `Accepted until ${shortDay(today(accepted.untilMs), nowMs)}: ${accepted.reason}`,
    gone: 'It is no longer there, but the key is alive. Being deleted does not unleak it: turn the key.',
    resolved: 'It is no longer there, and the key is dead.',
    returned: 'It had gone, and stands there again.',
  };
  return says[state];
};

export const notReadWords: Readonly<Record<NotReadReason, string>> = {
  'no-permission': 'no permission to read',
  vanished: 'gone before it was read',
  'too-large': 'larger than the limit',
  'not-a-file': 'no ordinary file',
  link: 'a link, which is not followed',
  'ignored-folder': 'in a folder that is left out, such as node_modules',
  'ignored-by-rule': 'left out by .keyturnignore',
  'too-deep': 'nested too deep',
  'broken-archive': 'a broken archive',
  'too-many': 'too many things inside',
  'took-too-long': 'took too long',
  'read-failed': 'could not be read',
  'network-folder': 'in a network folder',
  encrypted: 'encrypted',
  'unknown-format': 'in a format that nobody unpacks',
};

const cut = (path: string): readonly string[] => path.split(/[\\/]/).filter((part) => part !== '');

/** The end of a path that tells it apart: its folder and its name. */
export const shortPath = ({ path, inside }: Pick<FoundPlace, 'path' | 'inside'>): string => {
  const own = cut(path).slice(-2).join('/');
  return inside === '' ? own : `${cut(path).at(-1) ?? own} › ${inside}`;
};

const commitDigits = 8;

/** Behind the path: "line 12, column 4", "in 3f9a01bc". */
export const spotWords = ({ line, column, commit }: FoundPlace): string =>
  [
    commit === null ? '' : `in ${commit.slice(0, commitDigits)}`,
    line === null ? '' : `line ${line.toLocaleString('en-GB')}`,
    line === null || column === null ? '' : `column ${column.toLocaleString('en-GB')}`,
  ]
    .filter((each) => each !== '')
    .join(', ');

/** "12:4", "3f9a01bc", for a narrow column. */
export const shortSpot = ({ line, column, commit }: FoundPlace): string => {
  if (commit !== null) return commit.slice(0, commitDigits);
  if (line === null) return '';
  return column === null ? String(line) : `${line}:${column}`;
};

/** Whose value it is: the key's name, or what an unknown one looks like. */
export const ownerName = ({ name, providerName }: Pick<FindingView, 'name' | 'providerName'>): string =>
  name ?? (providerName === null ? 'Unknown value' : `Unknown key of ${providerName}`);

const isKeyState = (text: string): text is KeyState => Object.hasOwn(stateMarks, text);

/** Mark and word of what the provider said last; the agent's own words where they are no state of ours. */
export const liveMark = (state: string): { readonly mark: MarkName; readonly word: string } =>
  isKeyState(state) ? { mark: stateMarks[state], word: stateWords[state] } : { mark: 'unasked', word: state };

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** "812 bytes", "4.1 MB", "12 GB". */
export const bytesWords = (bytes: number): string => {
  let [value, unit] = [bytes, 0];
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${value.toLocaleString('en-GB', { maximumFractionDigits: digits })} ${units[unit] ?? ''}`;
};

const minuteMs = 60_000;

/** "about 20 s left"; nothing while that would be a guess. */
export const leftWords = (msLeft: number | null): string => {
  if (msLeft === null) return '';
  return msLeft < minuteMs
    ? `about ${Math.max(1, Math.ceil(msLeft / 1_000))} s left`
    : `about ${Math.round(msLeft / minuteMs)} min left`;
};

export const placesWords = (count: number): string => counted(count, 'place');
