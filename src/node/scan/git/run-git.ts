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

const harmlessWords = harmless.flatMap((setting) => ['-c', setting]);

/** Protocols that git may speak: one that does not exist. */
const noProtocol = 'none';

const environment = (extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GIT_|SSH_ASKPASS)/i.test(name))),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: noProtocol,
  GIT_TERMINAL_PROMPT: '0',
  GIT_FLUSH: '0',
  LC_ALL: 'C',
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

/**
 * Runs git on a repository of ours, and gives what it printed whatever its exit status was. `io` where there is no git or it printed
 * too much, `cancelled` where it took too long.
 * @param words never a name from the repository but behind `--`, or on `input`
 */
export const askGit = (
  repository: Pick<Repository, 'gitDir' | 'top' | 'isBare' | 'isOurs'>,
  words: readonly string[],
  options: GitRun = {},
): Result<GitAnswer> => {
  if (!repository.isOurs) return notOurs;
  const place = repository.isBare ? [] : [`--work-tree=${repository.top}`];
  const ran = spawnSync(
    'git',
    [
      ...['--no-pager', '--no-replace-objects', `--git-dir=${repository.gitDir}`],
      // Refused by this one command, whose paths are absolute and so begin with no sign that would mean something.
      ...(words[0] === 'check-ignore' ? [] : ['--literal-pathspecs']),
      ...place,
      ...harmlessWords,
      ...words,
    ],
    {
      // On Windows a program in the working folder would be found before the real git.
      cwd: process.platform === 'win32' ? dirname(process.execPath) : repository.top,
      env: environment({
        ...(options.withOwnSettings === true ? {} : { GIT_CONFIG_GLOBAL: nowhere }),
        ...(options.indexFile === undefined ? {} : { GIT_INDEX_FILE: options.indexFile }),
      }),
      input: options.input ?? '',
      maxBuffer: options.mostBytes ?? mostOutputBytes,
      timeout: options.timeoutMs ?? mostMs,
      killSignal: 'SIGKILL',
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    },
  );
  const code = ran.error !== undefined && 'code' in ran.error ? ran.error.code : undefined;
  if (code === 'ETIMEDOUT')
    return fail('cancelled', 'git took too long.', 'Try again when the machine is less busy.');
  // A program that ends before it has read all of its input is no failure of ours.
  if (ran.status === null || (code !== undefined && code !== 'EPIPE'))
    return fail('io', 'git could not be run on the repository.', 'Install git, or look whether it works.');
  return ok({ status: ran.status, output: ran.stdout });
};

/** As `askGit`, where another exit status than 0 is a failure as well. */
export const runGit = (
  repository: Pick<Repository, 'gitDir' | 'top' | 'isBare' | 'isOurs'>,
  words: readonly string[],
  options: GitRun = {},
): Result<Buffer> => {
  const answer = askGit(repository, words, options);
  if (!answer.ok) return answer;
  return answer.value.status === 0
    ? ok(answer.value.output)
    : fail('io', 'git refused to read the repository.', 'Run git fsck in it.');
};
