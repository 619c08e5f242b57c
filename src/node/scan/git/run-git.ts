// Runs git as plumbing on a repository that may be made to attack: no shell, no hook, no pager, no program that its settings name, no
// network, nothing of the environment that points git elsewhere. What git prints is bounded in bytes and time, and is never believed.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fail } from '../../../core/model/app-error.ts';
import { ok, type Result } from '../../../core/model/result.ts';
import type { Repository } from './repository.ts';

const nowhere = process.platform === 'win32' ? 'NUL' : '/dev/null';

/**
 * Settings that would run a program, reach out or write, each overridden; the words of the command line win over every file. Filters
 * and text conversions have names of the repository's choice: no command that would use one is ever run here.
 */
const harmless: readonly string[] = [
  'core.fsmonitor=false',
  `core.hooksPath=${nowhere}`,
  'core.untrackedCache=false',
  'core.pager=cat',
  'core.editor=false',
  'core.askPass=false',
  'core.sshCommand=false',
  'core.gitProxy=false',
  'core.alternateRefsCommand=false',
  'core.useReplaceRefs=false',
  `core.attributesFile=${nowhere}`,
  'credential.helper=',
  'diff.external=',
  'diff.ignoreSubmodules=all',
  'gpg.program=false',
  'gpg.ssh.program=false',
  'gpg.x509.program=false',
  'log.showSignature=false',
  'log.mailmap=false',
  'log.follow=false',
  'protocol.allow=never',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
  'color.ui=false',
];

/** Words in front of a command of git's that keep settings from running, reaching out or writing. */
export const harmlessWords: readonly string[] = harmless.flatMap((setting) => ['-c', setting]);

/** Protocols that git may speak: one that does not exist. */
const noProtocol = 'none';

/** Variables that do the same, and keep git's words plain. */
export const harmlessVariables = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: noProtocol,
  GIT_TERMINAL_PROMPT: '0',
  GIT_FLUSH: '0',
  LC_ALL: 'C',
} as const;

const environment = (extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GIT_|SSH_ASKPASS)/i.test(name))),
  ...harmlessVariables,
  ...extra,
});

export type GitRun = {
  readonly input?: string | Uint8Array;
  readonly mostBytes?: number;
  readonly timeoutMs?: number;
  /** The person's own settings are read as well: what they ignore everywhere. */
  readonly withOwnSettings?: boolean;
  /** Another index than the repository's: of a commit that is being made. */
  readonly indexFile?: string;
};

const mostOutputBytes = 67_108_864;
const mostMs = 60_000;

const notOurs = fail(
  'refused',
  'The repository belongs to another user of this machine; git is not asked about it.',
  'Scan it as that user.',
);

export type GitAnswer = { readonly status: number; readonly output: Buffer };

type Asked = Pick<Repository, 'gitDir' | 'top' | 'isBare' | 'isOurs'>;

const commandLine = ({ gitDir, top, isBare }: Asked, words: readonly string[]): readonly string[] => [
  ...['--no-pager', '--no-replace-objects', `--git-dir=${gitDir}`],
  // Refused by this one command, whose paths are absolute and so begin with no sign that would mean something.
  ...(words[0] === 'check-ignore' ? [] : ['--literal-pathspecs']),
  ...(isBare ? [] : [`--work-tree=${top}`]),
  ...harmlessWords,
  ...words,
];

const surroundings = ({ top }: Asked, { withOwnSettings, indexFile, timeoutMs }: GitRun) => ({
  // On Windows a program in the working folder would be found before the real git.
  cwd: process.platform === 'win32' ? dirname(process.execPath) : top,
  env: environment({
    ...(withOwnSettings === true ? {} : { GIT_CONFIG_GLOBAL: nowhere }),
    ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }),
  }),
  timeout: timeoutMs ?? mostMs,
  killSignal: 'SIGKILL' as const,
  windowsHide: true,
});

const tookTooLong = fail('cancelled', 'git took too long.', 'Try again when the machine is less busy.');
const didNotRun = fail(
  'io',
  'git could not be run on the repository.',
  'Install git, or look whether it works.',
);

/**
 * Runs git on a repository of ours, and gives what it printed whatever its exit status was. `io` where there is no git or it printed
 * too much, `cancelled` where it took too long.
 * @param words never a name from the repository but behind `--`, or on `input`
 */
export const askGit = (
  repository: Asked,
  words: readonly string[],
  options: GitRun = {},
): Result<GitAnswer> => {
  if (!repository.isOurs) return notOurs;
  const ran = spawnSync('git', commandLine(repository, words), {
    ...surroundings(repository, options),
    input: options.input ?? '',
    maxBuffer: options.mostBytes ?? mostOutputBytes,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const code = ran.error !== undefined && 'code' in ran.error ? ran.error.code : undefined;
  if (code === 'ETIMEDOUT') return tookTooLong;
  // A program that ends before it has read all of its input is no failure of ours.
  if (ran.status === null || (code !== undefined && code !== 'EPIPE')) return didNotRun;
  return ok({ status: ran.status, output: ran.stdout });
};

/** As `askGit`, where another exit status than 0 is a failure as well. */
export const runGit = (repository: Asked, words: readonly string[], options: GitRun = {}): Result<Buffer> => {
  const answer = askGit(repository, words, options);
  if (!answer.ok) return answer;
  return answer.value.status === 0
    ? ok(answer.value.output)
    : fail('io', 'git refused to read the repository.', 'Run git fsck in it.');
};
