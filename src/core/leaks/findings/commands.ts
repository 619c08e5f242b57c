// Exact commands for what Keyturn never does itself: rewriting the history of a repository. For a POSIX shell; what comes from file names
// is quoted, and no command holds the value.
import type { Finding } from '../../model/finding.ts';

/** A word of a POSIX shell that stands for exactly this text. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const expressions = '"${XDG_RUNTIME_DIR:-/tmp}/keyturn-expressions"';

/**
 * `git filter-repo` wants to be forced where it is no fresh clone, resets the work tree and takes the remote away: so nothing is done where
 * there are changes, and the remote is put back before it is pushed to.
 */
const rewriteWith = (path: string, words: string, pushed: boolean): readonly string[] => [
  `cd ${shellWord(path)}`,
  ...(pushed ? ['remote="$(git remote get-url origin)"'] : []),
  `test -z "$(git status --porcelain)" && git filter-repo --force ${words}`,
  ...(pushed
    ? ['git remote add origin "$remote"', 'git push --force --all origin && git push --force --tags origin']
    : []),
];

/** @param keyName of the key, where the value is the one that the vault would reveal under that name */
const rewrite = ({ place, facts }: Finding, keyName: string | null): readonly string[] => {
  const pushed = facts.pushed === true;
  if (keyName === null)
    return rewriteWith(place.path, `--invert-paths --path ${shellWord(place.inside)}`, pushed);
  const [enter = '', ...rest] = rewriteWith(place.path, `--replace-text ${expressions}`, pushed);
  const at = pushed ? 2 : 1;
  return [
    enter,
    `(umask 077; keyturn reveal ${shellWord(keyName)} --yes > ${expressions})`,
    ...rest.slice(0, at),
    `rm ${expressions}`,
    ...rest.slice(at),
  ];
};

/** The stash that holds the object, by the commits that it is made of. */
const dropStash = (git: string, commit: string): string =>
  `${git} stash drop "$(${git} stash list --format='%gd %H %P' | grep -m1 -F ${shellWord(commit)} | cut -d' ' -f1)"`;

/** Commands for a finding in what git keeps; none for any other. In the order in which they are to be run. */
export const commandsFor = (finding: Finding, keyName: string | null): readonly string[] => {
  const { kind, path, inside, commit } = finding.place;
  const git = `git -C ${shellWord(path)}`;
  if (kind === 'commit' && commit !== null) return rewrite(finding, keyName);
  if (kind === 'stash' && commit !== null)
    return [`${git} show --stat ${shellWord(commit)}`, dropStash(git, commit)];
  if (kind === 'unreachable') return [`${git} reflog expire --expire=now --all`, `${git} gc --prune=now`];
  return kind === 'staged' ? [`${git} restore --staged -- ${shellWord(inside === '' ? path : inside)}`] : [];
};
