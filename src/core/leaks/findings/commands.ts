// Exact commands for what Keyturn never does itself: rewriting the history of a repository. For a POSIX shell; what comes from file names
// is quoted, and no command holds the value.
import type { Finding } from '../../model/finding.ts';

/** A word of a POSIX shell that stands for exactly this text. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const expressions = '"${XDG_RUNTIME_DIR:-/tmp}/keyturn-expressions"';

/** @param keyName of the key, where the value is the one that the vault would reveal under that name */
const rewrite = (finding: Finding, keyName: string | null): readonly string[] => {
  const { path, inside } = finding.place;
  const intoRepo = `cd ${shellWord(path)}`;
  const publish = 'git push --force --all && git push --force --tags';
  if (keyName === null)
    return [intoRepo, `git filter-repo --invert-paths --path ${shellWord(inside)}`, publish];
  return [
    intoRepo,
    `(umask 077; keyturn reveal ${shellWord(keyName)} --yes > ${expressions})`,
    `git filter-repo --replace-text ${expressions}`,
    `rm ${expressions}`,
    publish,
  ];
};

/** Commands for a finding in what git keeps; none for any other. In the order in which they are to be run. */
export const commandsFor = (finding: Finding, keyName: string | null): readonly string[] => {
  const { kind, path, inside, commit } = finding.place;
  const git = `git -C ${shellWord(path)}`;
  if (kind === 'commit' && commit !== null) return rewrite(finding, keyName);
  if (kind === 'stash')
    return [`${git} stash list`, `${git} stash show -p 'stash@{0}'`, `${git} stash drop 'stash@{0}'`];
  if (kind === 'unreachable') return [`${git} reflog expire --expire=now --all`, `${git} gc --prune=now`];
  return kind === 'staged' ? [`${git} restore --staged -- ${shellWord(inside === '' ? path : inside)}`] : [];
};
