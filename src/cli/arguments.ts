// Splits the words after `keyturn` into a command, its options and its positionals. Strict: an unknown option or a missing
// value is an answer in words, never a guess. A list option takes every bare word that follows once the positionals are
// filled, so that `add mail --env production staging` reads as shared/cli.md writes it.
import { fail } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';

export type OptionKind = 'flag' | 'value' | 'list';
export type OptionTable = Readonly<Record<string, OptionKind>>;

export type Parsed = {
  readonly positionals: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
};

export const globalOptions: OptionTable = {
  json: 'flag',
  help: 'flag',
  yes: 'flag',
  project: 'value',
  'password-file': 'value',
};

const shortOptions: Readonly<Record<string, string>> = { h: 'help', y: 'yes' };

type Draft = {
  positionals: string[];
  flags: Set<string>;
  values: Map<string, string>;
  lists: Map<string, string[]>;
  openList: string | null;
};

const bad = (message: string, next: string): Result<never> => fail('bad-input', message, next);

const bareWord = (draft: Draft, word: string, wanted: number): void => {
  const list = draft.openList;
  if (list !== null && draft.positionals.length >= wanted) draft.lists.get(list)?.push(word);
  else draft.positionals.push(word);
};

const option = (
  draft: Draft,
  table: OptionTable,
  word: string,
  following: string | undefined,
): Result<{ readonly used: number }> => {
  const [written, inline] = word.startsWith('--') ? splitOnce(word.slice(2)) : [word.slice(1), undefined];
  const name = word.startsWith('--') ? written : (shortOptions[written] ?? '');
  const kind = table[name];
  if (kind === undefined)
    return bad(
      `There is no option ${word.split('=')[0]}.`,
      'Run the command with --help to see its options.',
    );
  draft.openList = null;
  if (kind === 'flag') {
    if (inline !== undefined) return bad(`--${name} takes no value.`, `Write --${name} alone.`);
    draft.flags.add(name);
    return ok({ used: 1 });
  }
  const value = inline ?? following;
  if (value === undefined || (inline === undefined && value.startsWith('--'))) {
    return bad(`--${name} needs a value.`, `Write --${name} followed by its value.`);
  }
  if (kind === 'value') {
    if (draft.values.has(name)) return bad(`--${name} is given twice.`, 'Give it once.');
    draft.values.set(name, value);
  } else {
    draft.lists.set(name, [...(draft.lists.get(name) ?? []), value]);
    draft.openList = name;
  }
  return ok({ used: inline === undefined ? 2 : 1 });
};

const splitOnce = (text: string): [string, string | undefined] => {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
};

/**
 * Parses the words of one command.
 * @param words what follows the command's name
 * @param table the command's own options; the global ones are added
 * @param wanted how many positionals come before a list option starts taking bare words
 * @returns `bad-input` for an unknown option, a missing value or a value given twice
 */
export const parseWords = (words: readonly string[], table: OptionTable, wanted: number): Result<Parsed> => {
  const options = { ...globalOptions, ...table };
  const draft: Draft = {
    positionals: [],
    flags: new Set(),
    values: new Map(),
    lists: new Map(),
    openList: null,
  };
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? '';
    if (word === '--') {
      draft.positionals.push(...words.slice(at + 1));
      break;
    }
    if (!/^-./.test(word)) {
      bareWord(draft, word, wanted);
      at += 1;
      continue;
    }
    const step = option(draft, options, word, words[at + 1]);
    if (!step.ok) return step;
    at += step.value.used;
  }
  return ok(draft);
};
