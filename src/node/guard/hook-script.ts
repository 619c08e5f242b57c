// Text of the hooks that the guard puts in place: plain shell, which git runs on every system. It runs the guard, then what was there
// before, with the same words and input. Where the guard itself is gone or fails, it says so and stands in nobody's way.

import { stagedCommand, stagedWord } from './staged-question.ts';

export const guardedHooks = ['pre-commit', 'pre-push'] as const;
export type GuardedHook = (typeof guardedHooks)[number];

/** First words of the second line: by them a hook is known as ours. */
export const hookMark = '# keyturn-guard/1';

export type HookParts = {
  readonly hook: GuardedHook;
  /** The Node that runs the guard. */
  readonly node: string;
  /** Its program, `guard.cjs`. */
  readonly program: string;
  /** Folder of the vault. */
  readonly home: string;
  /** What runs afterwards; absolute, or from the top of the work tree. Null for nothing. */
  readonly chained: string | null;
};

/** A word of the shell. Git's own shell on Windows takes paths with slashes. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const pathWord = (path: string): string =>
  quoted(process.platform === 'win32' ? path.replaceAll('\\', '/') : path);

const chainLines = (chained: string | null, pipe: string): readonly string[] => {
  if (chained === null) return ['exit 0'];
  const word = pathWord(chained);
  return [
    `chained=${word}`,
    `if [ -x "$chained" ]; then`,
    `  ${pipe}"$chained" "$@"`,
    '  exit $?',
    'fi',
    'exit 0',
  ];
};

/** What git gives a pre-push hook to read is for both. */
const withInput = 'printf \'%s\' "$input" | ';

/** A hook that runs the guard first. */
export const hookScript = ({ hook, node, program, home, chained }: HookParts): string => {
  const reads = hook === 'pre-push';
  // `x` keeps the line breaks at the end, which $(…) would drop.
  const input = reads ? ['input=$(cat; printf x)', 'input=${input%x}'] : [];
  const pipe = reads ? withInput : '';
  const asked = reads ? withInput : `${stagedCommand} | `;
  const words = reads ? hook : `${hook} ${stagedWord}`;
  return [
    '#!/bin/sh',
    `${hookMark} ${hook}: looks for keys before they leave. \`keyturn guard remove\` takes it away.`,
    ...input,
    `node=${pathWord(node)}`,
    `program=${pathWord(program)}`,
    '[ -x "$node" ] || node=node',
    'if [ -f "$program" ] && command -v "$node" >/dev/null 2>&1; then',
    `  ${asked}KEYTURN_HOME=${pathWord(home)} "$node" "$program" ${words} "$@"`,
    '  if [ $? -eq 1 ]; then exit 1; fi',
    'else',
    `  echo 'keyturn: the guard is not where it was, so nothing was looked for. Run: keyturn guard install' >&2`,
    'fi',
    ...chainLines(chained, pipe),
    '',
  ].join('\n');
};

/** A hook of a name that the guard does not care about, where its folder stands in for another. */
export const forwardScript = (hook: string, chained: string): string =>
  [
    '#!/bin/sh',
    `${hookMark} ${hook}: runs the hook of the folder that the guard stands before.`,
    ...chainLines(chained, ''),
    '',
  ].join('\n');

export const isOurHook = (text: string): boolean => text.split('\n', 2)[1]?.startsWith(hookMark) === true;
