// Contents of objects by id, through `git cat-file --batch`, as many at once as a bounded memory holds.
import type { NotReadReason } from '../../../core/leaks/matching.ts';
import { ok, type Result } from '../../../core/model/result.ts';
import { runGit } from './run-git.ts';
import type { Repository } from './repository.ts';

export type ObjectKind = 'blob' | 'commit' | 'tag' | 'tree';
export type ObjectFacts = { readonly id: string; readonly kind: ObjectKind; readonly bytes: number };

const portionBytes = 33_554_432;
const largestBytes = 268_435_456;
const headLine = /^([0-9a-f]{40}|[0-9a-f]{64}) (blob|commit|tag|tree) (\d{1,12})$/;
const newline = 10;
const headBytes = 100;
const objectId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

const factsOf = (line: string): ObjectFacts | null => {
  const [, id = '', kind = '', bytes = ''] = headLine.exec(line) ?? [];
  return id === '' ? null : { id, kind: kind as ObjectKind, bytes: Number(bytes) };
};

/** Kind and size of each object that is there. What is no id is left out. */
export const factsOfObjects = (
  repository: Repository,
  ids: readonly string[],
): Result<ReadonlyMap<string, ObjectFacts>> => {
  const asked = ids.filter((id) => objectId.test(id));
  if (asked.length === 0) return ok(new Map());
  const printed = runGit(repository, ['cat-file', '--batch-check', '--buffer'], {
    input: `${asked.join('\n')}\n`,
  });
  if (!printed.ok) return printed;
  const found = new Map<string, ObjectFacts>();
  for (const line of printed.value.toString('latin1').split('\n')) {
    const facts = factsOf(line);
    if (facts !== null) found.set(facts.id, facts);
  }
  return ok(found);
};

/** Reads what `--batch` printed; false where it is not of that form. */
export const readBatch = (output: Buffer, give: (facts: ObjectFacts, content: Buffer) => void): boolean => {
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(newline, at);
    if (end < 0 || end - at > headBytes) return false;
    const line = output.toString('latin1', at, end);
    at = end + 1;
    if (/^[0-9a-f]+ (missing|ambiguous)$/.test(line)) continue;
    const facts = factsOf(line);
    if (facts === null || at + facts.bytes + 1 > output.length) return false;
    give(facts, output.subarray(at, at + facts.bytes));
    at += facts.bytes + 1;
  }
  return true;
};

const portionsOf = (wanted: readonly ObjectFacts[]): readonly (readonly ObjectFacts[])[] => {
  const portions: ObjectFacts[][] = [];
  let held = portionBytes;
  for (const facts of wanted) {
    if (held + facts.bytes > portionBytes || portions.length === 0) {
      portions.push([]);
      held = 0;
    }
    portions.at(-1)?.push(facts);
    held += facts.bytes + headBytes;
  }
  return portions;
};

const emptyWord = `${'0'.repeat(4_000)}\n`;
const oftenAtLeast = 32;

/**
 * Overwrites what git printed. It also lay in buffers of the runtime's own, which nobody can wipe, and which it gives back without wiping: git
 * prints as much of nothing (a name that no object has is said again), and that takes their place.
 */
const forgetOutput = (repository: Repository, output: Buffer): void => {
  const often = Math.ceil(output.length / emptyWord.length) + oftenAtLeast;
  output.fill(0);
  runGit(repository, ['cat-file', '--batch-check', '--buffer'], {
    input: emptyWord.repeat(often),
    mostBytes: portionBytes + largestBytes,
  });
};

/**
 * Gives the content of each object, once, in the order asked for; it is overwritten afterwards.
 * @param give says false to end it
 * @param notRead of objects that are too large, and of all that git did not print
 */
export const readContents = (
  repository: Repository,
  wanted: readonly ObjectFacts[],
  give: (facts: ObjectFacts, content: Buffer) => boolean,
  notRead: (facts: ObjectFacts, reason: NotReadReason) => void,
): void => {
  const small = wanted.filter(({ bytes }) => bytes <= largestBytes);
  for (const facts of wanted) if (facts.bytes > largestBytes) notRead(facts, 'too-large');
  for (const portion of portionsOf(small)) {
    const most = portion.reduce((sum, { bytes }) => sum + bytes + headBytes, headBytes);
    const printed = runGit(repository, ['cat-file', '--batch', '--buffer'], {
      input: `${portion.map(({ id }) => id).join('\n')}\n`,
      mostBytes: most,
    });
    const missing = new Set(portion);
    let isWanted = true;
    if (printed.ok)
      readBatch(printed.value, (facts, content) => {
        const asked = portion.find(({ id }) => id === facts.id);
        if (asked === undefined || !isWanted) return;
        missing.delete(asked);
        isWanted = give(facts, content);
      });
    if (printed.ok) forgetOutput(repository, printed.value);
    if (!isWanted) return;
    for (const facts of missing) notRead(facts, printed.ok ? 'vanished' : 'read-failed');
  }
};
