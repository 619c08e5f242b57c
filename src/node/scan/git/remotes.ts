// Whether a remote of a repository looks public, read from its settings and from nothing else: nobody is asked.
import { join } from 'node:path';
import { readSmall, type Repository } from './repository.ts';

/** Hosts where most repositories may be read by anybody. A private one there looks the same from here; it is the safer mistake. */
const publicHosts: ReadonlySet<string> = new Set([
  'github.com',
  'ssh.github.com',
  'gist.github.com',
  'gitlab.com',
  'altssh.gitlab.com',
  'bitbucket.org',
  'altssh.bitbucket.org',
  'codeberg.org',
  'git.sr.ht',
  'gitee.com',
  'gitea.com',
  'framagit.org',
  'salsa.debian.org',
  'git.savannah.gnu.org',
  'git.savannah.nongnu.org',
  'git.kernel.org',
  'gitlab.gnome.org',
  'gitlab.freedesktop.org',
  'invent.kde.org',
  'pagure.io',
  'repo.or.cz',
  'git.launchpad.net',
  'git.code.sf.net',
  'huggingface.co',
  'hf.co',
  'notabug.org',
  'disroot.org',
  'radicle.xyz',
]);

/** `https://host/…`, `ssh://user@host:22/…`, `git://host/…`; and `user@host:path`, which is no URL. */
const urlForm = /^(?:https?|ssh|git|git\+ssh|ssh\+git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\//i;
const shortForm = /^(?:[^@/\s]+@)?([^/:\s@]+):(?!\/\/|\\)/;

/** The host that an address names; null for folders. */
export const hostOf = (url: string): string | null => {
  const host = urlForm.exec(url)?.[1] ?? (url.includes('://') ? undefined : shortForm.exec(url)?.[1]);
  // `C:\…` is a drive.
  return host === undefined || host.length < 2 ? null : host.toLowerCase().replace(/^www\./, '');
};

const section = /^\s*\[\s*remote\s+"((?:[^"\\]|\\.)*)"\s*\]\s*$/i;
const anySection = /^\s*\[/;
const address = /^\s*(?:push)?url\s*=\s*"?([^"#;\n]*?)"?\s*$/i;
const mostLines = 20_000;

/** Addresses of all remotes, as the repository's own settings give them. */
export const remoteUrls = ({ commonDir }: Pick<Repository, 'commonDir'>): readonly string[] => {
  const urls: string[] = [];
  let isRemote = false;
  for (const line of (readSmall(join(commonDir, 'config')) ?? '').split('\n', mostLines)) {
    if (anySection.test(line)) isRemote = section.test(line);
    const url = isRemote ? address.exec(line)?.[1] : undefined;
    if (url !== undefined && url !== '') urls.push(url);
  }
  return urls;
};

/** Whether a remote is at a public host. */
export const hasPublicRemote = (repository: Pick<Repository, 'commonDir'>): boolean =>
  remoteUrls(repository).some((url) => publicHosts.has(hostOf(url) ?? ''));
