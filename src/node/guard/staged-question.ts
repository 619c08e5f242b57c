// What is staged, asked by the hook's shell while Node starts, so that a commit waits for the longer of the two and not for both: the command
// as the hook has it, and what it printed. Where that is not whole, the guard asks git itself.
import { readStagedEntries, stagedWords } from '../scan/git/changes.ts';
import type { RawEntry } from '../scan/git/raw-diff.ts';
import { harmlessVariables, harmlessWords } from '../scan/git/run-git.ts';

/** Behind what git printed, if it went well. No entry ends with it: each ends with a zero byte. */
const endMark = 'keyturn-staged';

/** The word by which the guard knows that its input is this answer. */
export const stagedWord = '--staged';

const variables = { ...harmlessVariables, GIT_CONFIG_GLOBAL: '/dev/null' };

const isPlain = /^[\w./=:,-]+$/;
const shellWord = (word: string): string => (isPlain.test(word) ? word : `'${word}'`);

/** A command of the shell that prints the answer. */
export const stagedCommand = [
  '{',
  ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
  ...[
    'git',
    '--no-pager',
    '--no-replace-objects',
    '--literal-pathspecs',
    ...harmlessWords,
    ...stagedWords,
  ].map(shellWord),
  `2>/dev/null && printf ${endMark}; }`,
].join(' ');

/** Null where the answer did not come whole. */
export const readStagedAnswer = (input: Buffer): readonly RawEntry[] | null => {
  const end = input.length - endMark.length;
  if (end < 0 || input.toString('latin1', end) !== endMark) return null;
  return readStagedEntries(input.subarray(0, end));
};
