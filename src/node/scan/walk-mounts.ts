// Where other file systems begin, so that a walk enters no network (a server that is gone would hold the thread for ever) and nothing
// that the kernel makes up. Linux tells in one file, without a question to any of those file systems.
import { readFileSync } from 'node:fs';

export type MountKind = 'network' | 'made-up';

/** `statfs` names of file systems by what lies behind them; what is in neither list is a disk. */
const network: ReadonlySet<string> = new Set(
  'nfs nfs4 cifs smb3 smbfs ncpfs afs ceph glusterfs lustre 9p davfs fuse fuse.sshfs fuse.rclone fuse.gvfsd-fuse fuse.davfs fuse.davfs2 fuse.s3fs fuse.goofys fuse.gcsfuse fuse.blobfuse fuse.google-drive-ocamlfuse fuse.glusterfs fuse.ceph fuse.curlftpfs fuse.kio-fuse fuse.onedriver fuse.keybase fuse.juicefs fuse.mount-s3 fuse.portal coda orangefs ocfs2 gfs2 beegfs'.split(
    ' ',
  ),
);
const madeUp: ReadonlySet<string> = new Set(
  'proc sysfs devtmpfs devpts cgroup cgroup2 debugfs tracefs securityfs pstore bpf configfs mqueue hugetlbfs autofs binfmt_misc fusectl nsfs rpc_pipefs efivarfs selinuxfs smackfs resctrl fuse.lxcfs fuse.gvfs-fuse-daemon functionfs'.split(
    ' ',
  ),
);

const kindOf = (type: string): MountKind | null =>
  network.has(type) ? 'network' : madeUp.has(type) ? 'made-up' : null;

/** Spaces and the like stand as octal numbers there (proc_pid_mountinfo(5)). */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** Folders on which something is mounted that a walk stays out of. @param table text of /proc/self/mountinfo */
export const parseMounts = (table: string): ReadonlyMap<string, MountKind> => {
  const mounts = new Map<string, MountKind>();
  for (const line of table.split('\n')) {
    const [before, after] = line.split(' - ', 2);
    const path = before?.split(' ')[4];
    const type = after?.split(' ', 1)[0];
    if (path === undefined || type === undefined) continue;
    const kind = kindOf(type);
    // A later line covers an earlier one at the same place.
    if (kind === null) mounts.delete(unescaped(path));
    else mounts.set(unescaped(path), kind);
  }
  return mounts;
};

/** Always left, whether or not the kernel's table can be read. */
const fixed: ReadonlyMap<string, MountKind> = new Map([
  ['/proc', 'made-up'],
  ['/sys', 'made-up'],
  ['/dev', 'made-up'],
]);

export const readMounts = (platform: NodeJS.Platform = process.platform): ReadonlyMap<string, MountKind> => {
  if (platform !== 'linux') return fixed;
  try {
    return new Map([...parseMounts(readFileSync('/proc/self/mountinfo', 'utf8')), ...fixed]);
  } catch {
    return fixed;
  }
};

/** Whether a folder lies in such a mount, itself or by one above it. For the beginning of a walk. */
export const mountAbove = (path: string, mounts: ReadonlyMap<string, MountKind>): MountKind | null => {
  if (path.startsWith('\\\\')) return 'network';
  for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) {
    const kind = mounts.get(path.slice(0, at));
    if (kind !== undefined) return kind;
  }
  return null;
};
