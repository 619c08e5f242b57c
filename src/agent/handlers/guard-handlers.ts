// Calls about the git hook. Answered in every state: a hook is put in place and taken away without the vault. docs/scanning.md §6.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { leakCareOf } from '../../core/leaks/care.ts';
import { guardStatus, type GuardStatus } from '../../node/guard/guard-status.ts';
import { installGuard, removeGuard } from '../../node/guard/install-guard.ts';
import { shownPath } from '../../node/scan/file-path.ts';
import { findRepository, openRepository, type Repository } from '../../node/scan/git/repository.ts';
import type { AgentCore } from '../core.ts';
import { guardFile } from '../scanning/guard-file.ts';
import type { OpenContext, OpenHandlers, SessionHandlers } from '../handler.ts';
import { requireAbsolute } from './paths.ts';

/** Beside the built command line, and from the built app, the agent and the sources. */
const programs = [
  './guard.cjs',
  '../cli/guard.cjs',
  '../../cli/guard.cjs',
  '../../../out/cli/guard.cjs',
] as const;

/** The hook's program as a file that plain Node can read: nothing within an archive of the app is. */
const findProgram = (): string | undefined =>
  programs
    .map((entry) => fileURLToPath(new URL(entry, import.meta.url)))
    .map((file) => file.replace(/\.asar([/\\])/, '.asar.unpacked$1'))
    .find((file) => existsSync(file));

const isRunnable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The Node that runs hooks: ours, but for the app, which is no Node for others; there the one on the PATH. */
const findNode = (): string | undefined => {
  if (process.versions['electron'] === undefined) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isRunnable);
};

const repositoryAt = (path: string): Result<Repository> => {
  const absolute = requireAbsolute(path);
  if (!absolute.ok) return absolute;
  const repository = findRepository(absolute.value);
  return repository === null
    ? fail('not-found', 'There is no git repository at this place.', 'Give the folder of one.', {
        file: path,
      })
    : ok(repository);
};

const onlyFormats =
  'There are no fingerprints of your keys yet, so only formats of known providers are looked for. Unlock the vault once: keyturn scan does.';

const shown = ({ files }: AgentCore, status: GuardStatus): GuardStatus => ({
  ...status,
  problem: status.problem ?? (status.installed && !existsSync(guardFile(files.home)) ? onlyFormats : null),
  repo: shownPath(status.repo),
  chained: status.chained === null ? null : shownPath(status.chained),
});

const mostListed = 100;

const foldersIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
};

/** Repositories that are chosen to be looked at, or lie in a folder that is; which those are is known while the vault is unlocked. */
const knownRepositories = (core: AgentCore): readonly Repository[] => {
  const session = core.session();
  if (session === null) return [];
  const chosen = leakCareOf(session.book()).roots.filter((root) => root.chosen);
  const found = new Map<string, Repository>();
  for (const { path } of chosen)
    for (const folder of [path, ...foldersIn(path)]) {
      const repository = found.size < mostListed ? openRepository(folder) : null;
      if (repository !== null && repository.isOurs && !repository.isBare)
        found.set(repository.top, repository);
    }
  return [...found.values()];
};

const notShown = fail(
  'refused',
  'That repository is not one of those in the list.',
  'Add its folder with the folder dialog first.',
);

/** The repository that is meant. The window has no way to make paths up: it may name those that it was shown, while the vault is unlocked. */
const wantedRepository = ({ core, caller }: OpenContext, path: string): Result<Repository> => {
  if (caller !== 'window') return repositoryAt(path);
  const known = knownRepositories(core).find(({ top }) => shownPath(top) === path);
  return known === undefined ? notShown : ok(known);
};

export const guardHandlers: OpenHandlers<'guard.status' | 'guard.install' | 'guard.remove'> = {
  'guard.status': (context, { repo }) => {
    const { core } = context;
    if (repo === undefined) return ok(knownRepositories(core).map((each) => shown(core, guardStatus(each))));
    const repository = wantedRepository(context, repo);
    return repository.ok ? ok([shown(core, guardStatus(repository.value))]) : repository;
  },
  'guard.install': (context, { repo, prePush }) => {
    const { core } = context;
    const repository = wantedRepository(context, repo);
    if (!repository.ok) return repository;
    const [program, node] = [findProgram(), findNode()];
    if (program === undefined)
      return fail('refused', 'The program of the hook is not here.', 'Build Keyturn, or install it anew.');
    if (node === undefined)
      return fail('refused', 'The hook needs Node 22 or later on the PATH.', 'Install it from nodejs.org.');
    const installed = installGuard(repository.value, { node, program, home: core.files.home }, prePush);
    return installed.ok ? ok(shown(core, guardStatus(repository.value))) : installed;
  },
  'guard.remove': (context, { repo }) => {
    const { core } = context;
    const repository = wantedRepository(context, repo);
    if (!repository.ok) return repository;
    const removed = removeGuard(repository.value);
    return removed.ok ? ok(shown(core, guardStatus(repository.value))) : removed;
  },
};

export const guardNameHandlers: SessionHandlers<'guard.names'> = {
  'guard.names': ({ core, session }, { generation, slots }) =>
    ok(
      slots.flatMap((slot) => {
        const owner = core.leaks.ownerOf(generation, slot);
        const name = owner === null ? undefined : session.book().keys.get(owner.keyId)?.body.name;
        return name === undefined ? [] : [{ slot, name }];
      }),
    ),
};
