// The guard's run in a hook: looks, says, and ends with 0 or 1. Small and quick: no vault, no native module, and a socket only once
// something was found. Whatever goes wrong with the guard itself is said and stops nobody's commit. docs/scanning.md §6.
import { isAbsolute, join, resolve } from 'node:path';
import { neutraliseText } from '../../core/leaks/neutralise.ts';
import { createGuardMatcher, type GuardMatcher } from '../../node/guard/guard-matcher.ts';
import { lookAtEntries, lookAtPush, type GuardFinding, type GuardLook } from '../../node/guard/guard-look.ts';
import { noteReason } from '../../node/guard/guard-reasons.ts';
import { guardedHooks, type GuardedHook } from '../../node/guard/hook-script.ts';
import { readStagedAnswer, stagedWord } from '../../node/guard/staged-question.ts';
import { stagedEntries } from '../../node/scan/git/changes.ts';
import type { RawEntry } from '../../node/scan/git/raw-diff.ts';
import { findRepository, openGitDir, type Repository } from '../../node/scan/git/repository.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { builtInTable } from './built-in-table.ts';
import { guardCatalogue } from './guard-catalogue.ts';
import { openLasting, type Lasting } from './lasting.ts';
import { allowedText, notReadText, oldText, stopText, type SlotNames } from './guard-words.ts';

export type GuardRun = {
  /** Words behind the program: the hook's name, then what git gave the hook. */
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the vault. */
  readonly home: string;
  readonly nowMs: number;
  /** What git gives a hook to read. */
  readonly input: () => Buffer;
  readonly say: (text: string) => void;
  /** Names of keys, from an agent that is unlocked; nothing where none answers soon. */
  readonly namesOf: (generation: string, slots: readonly number[]) => Promise<SlotNames>;
};

const stop = 1;
const goOn = 0;

/** The repository as git sees it in its hook: by GIT_DIR where it set one. */
const repositoryOf = ({ cwd, env }: GuardRun): Repository | null => {
  const gitDir = env['GIT_DIR'];
  if (gitDir === undefined || gitDir === '') return findRepository(cwd);
  return openGitDir(isAbsolute(gitDir) ? gitDir : resolve(cwd, gitDir), cwd);
};

/** The index of a commit that is being made, which git keeps beside the usual one; another place is nobody's business. */
const indexOf = ({ cwd, env }: GuardRun, { gitDir }: Repository): string | undefined => {
  const named = env['GIT_INDEX_FILE'];
  if (named === undefined || named === '') return undefined;
  const path = resolve(cwd, named);
  return path.startsWith(join(gitDir, '/')) ? path : undefined;
};

/** The hook has asked git already; where its answer is not whole, git is asked again. */
const stagedOf = (run: GuardRun, repository: Repository): Result<readonly RawEntry[]> => {
  const answer = run.words[1] === stagedWord ? readStagedAnswer(run.input()) : null;
  if (answer !== null) return ok(answer);
  const indexFile = indexOf(run, repository);
  return stagedEntries(repository, indexFile === undefined ? {} : { indexFile });
};

const look = (
  run: GuardRun,
  hook: GuardedHook,
  repository: Repository,
  matcher: GuardMatcher,
): Result<GuardLook> => {
  if (hook === 'pre-push')
    return lookAtPush(repository, matcher, run.input().toString('utf8'), run.words[1] ?? '');
  const staged = stagedOf(run, repository);
  return staged.ok ? lookAtEntries(repository, matcher, staged.value) : staged;
};

/** The reason as it may be kept: it is looked at itself, since a person may paste the very key into it. */
const keptReason = (text: string, matcher: GuardMatcher): string =>
  matcher.look(new TextEncoder().encode(text)).length > 0
    ? '(left out: it held a key)'
    : neutraliseText(text);

const allow = (
  run: GuardRun,
  hook: GuardedHook,
  repository: Repository,
  matcher: GuardMatcher,
  findings: readonly GuardFinding[],
): void => {
  const isNoted = noteReason(run.home, {
    atMs: run.nowMs,
    hook,
    repo: repository.top,
    reason: keptReason((run.env['KEYTURN_ALLOW'] ?? '').trim(), matcher),
    places: findings.map(({ path, line }) => `${path}:${String(line)}`),
    count: findings.length,
  });
  run.say(allowedText(findings.length, isNoted));
};

const judge = async (
  run: GuardRun,
  hook: GuardedHook,
  repository: Repository,
  matcher: GuardMatcher,
  lasting: Lasting,
): Promise<number> => {
  const seen = look(run, hook, repository, matcher);
  if (!seen.ok) {
    run.say(`keyturn: nothing was looked for. ${seen.error.message}`);
    return goOn;
  }
  const { findings, notRead } = seen.value;
  if (notRead.length > 0) run.say(notReadText(notRead));
  const fresh = findings.filter(({ isOld }) => !isOld);
  const old = findings.filter(({ isOld }) => isOld);
  if (old.length > 0) run.say(oldText(old));
  if (fresh.length === 0) return goOn;
  if ((run.env['KEYTURN_ALLOW'] ?? '').trim() !== '') {
    allow(run, hook, repository, matcher, fresh);
    return goOn;
  }
  const slots = [...new Set(fresh.flatMap(({ slot }) => (slot === null ? [] : [slot])))];
  const names = slots.length === 0 ? new Map<number, string>() : await run.namesOf(lasting.generation, slots);
  run.say(stopText(hook, fresh, names, guardCatalogue()));
  return stop;
};

/** Runs the guard for a hook; gives the exit code. */
export const runGuard = async (run: GuardRun): Promise<number> => {
  const hook = guardedHooks.find((name) => name === run.words[0]);
  if (hook === undefined) {
    run.say('keyturn: the guard runs in a hook: keyturn guard install puts it there.');
    return 2;
  }
  const repository = repositoryOf(run);
  if (repository === null || !repository.isOurs) {
    run.say('keyturn: this is no repository of yours, so nothing was looked for.');
    return goOn;
  }
  const lasting = openLasting(run.home);
  if (lasting.problem !== null) run.say(`keyturn: ${lasting.problem}`);
  const matcher = createGuardMatcher(guardCatalogue, lasting.place, builtInTable());
  return judge(run, hook, repository, matcher, lasting);
};
