// What `git diff-index --raw -z` and `git log --raw -z` print: which blob stands where. Strict: what does not fit ends the reading.
const commitLine = /^commit ([0-9a-f]{40}|[0-9a-f]{64})$/;
/** One colon and mode for each parent, then the result's; as many ids; a letter for each parent. */
const entryLine = /^(:+)((?:[0-7]{6} )+)((?:[0-9a-f]{40} |[0-9a-f]{64} )+)([ACDMRTUXB]+)\d*$/;
const zero = 0;

export type RawEntry = {
  /** Of `git log`; '' of a diff alone. */
  readonly commit: string;
  readonly mode: string;
  /** What stood there before, in the first parent; zeros where nothing did. */
  readonly before: string;
  /** What stands there afterwards; zeros where nothing does. */
  readonly id: string;
  readonly path: Buffer;
};

const entryOf = (head: string, commit: string, path: Buffer): RawEntry | null => {
  const found = entryLine.exec(head);
  if (found === null) return null;
  const [, colons = '', modes = '', ids = ''] = found;
  const modeList = modes.trimEnd().split(' ');
  const idList = ids.trimEnd().split(' ');
  if (modeList.length !== colons.length + 1 || idList.length !== modeList.length) return null;
  return { commit, mode: modeList.at(-1) ?? '', before: idList[0] ?? '', id: idList.at(-1) ?? '', path };
};

/**
 * Reads the output entry by entry; false where it is not of that form.
 * @param each gets every commit (`null`) and every entry
 */
export const readRaw = (
  output: Buffer,
  each: { readonly commit?: (id: string) => void; readonly entry: (entry: RawEntry) => void },
): boolean => {
  let commit = '';
  let at = 0;
  const next = (): Buffer | null => {
    const end = output.indexOf(zero, at);
    if (end < 0) return null;
    const token = output.subarray(at, end);
    at = end + 1;
    return token;
  };
  while (at < output.length) {
    const token = next();
    if (token === null) return false;
    // Between a commit's line and its entries git puts a line break or an empty word, as its version will have it.
    const text = token.toString('latin1').replace(/^\n+/, '');
    if (text === '') continue;
    const named = commitLine.exec(text)?.[1];
    if (named !== undefined) {
      commit = named;
      each.commit?.(named);
      continue;
    }
    const path = next();
    const entry = path === null ? null : entryOf(text, commit, path);
    if (entry === null) return false;
    each.entry(entry);
  }
  return true;
};

const linkToRepository = '160000';

/** Whether something stands there that git keeps here: no deletion, no submodule. */
export const isBlob = ({ mode, id }: RawEntry): boolean => mode !== linkToRepository && !/^0+$/.test(id);

const link = '120000';

/** Whether a symbolic link stands there: its content is the name that it points to. */
export const isLink = ({ mode }: RawEntry): boolean => mode === link;
