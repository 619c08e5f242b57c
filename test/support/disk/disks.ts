// File systems that do not want: real ones, mounted where that is allowed. A test asks for one, breaks it, and mends it again.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

export type Disk = {
  /** What it is, for the line that a test prints. */
  readonly form: string;
  /** Where the home goes. */
  readonly folder: string;
  /** Takes what makes writing possible, but for so many bytes of room. */
  readonly spoil: (roomBytes: number) => void;
  readonly mend: () => void;
  readonly remove: () => void;
};

const block = new Uint8Array(4_096);
/** Room for a vault of 1,000 keys and its log. */
const quotaBytes = 16 * 1_048_576;
const imageBytes = 120 * 1_048_576;

const mounted = (type: string, options: string, source: string, folder: string): boolean =>
  spawnSync('mount', ['-t', type, '-o', options, source, folder]).status === 0;

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'keyturn-disk-'));

const unmount = (folder: string): void => {
  execFileSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
};

/** Writes until the system says no, then gives `roomBytes` back. */
const fill = (path: string, roomBytes: number): void => {
  const file = openSync(path, 'w');
  let written = 0;
  try {
    for (;;) written += writeSync(file, block);
  } catch (problem) {
    // Node has no name for EDQUOT.
    const errno = problem instanceof Error && 'errno' in problem ? Number(problem.errno) : 0;
    if (![constants.errno.ENOSPC, constants.errno.EDQUOT].includes(-errno)) throw problem;
    // Over a quota btrfs does not even make a file shorter.
    if (roomBytes > 0) ftruncateSync(file, Math.max(0, written - roomBytes));
  } finally {
    closeSync(file);
  }
};

/** A small tmpfs that is filled up. Null where mounting is not allowed. */
export const fullDisk = (): Disk | null => {
  const folder = newFolder();
  if (!mounted('tmpfs', `size=${quotaBytes}`, 'tmpfs', folder)) {
    rmSync(folder, { recursive: true });
    return null;
  }
  const filler = join(folder, 'filler');
  return {
    form: 'a tmpfs that is full (ENOSPC)',
    folder,
    spoil: (roomBytes) => fill(filler, roomBytes),
    mend: () => rmSync(filler),
    remove: () => unmount(folder),
  };
};

/** The same tmpfs, remounted read-only. */
export const readOnlyDisk = (): Disk | null => {
  const disk = fullDisk();
  return disk === null
    ? null
    : {
        ...disk,
        form: 'a file system remounted read-only (EROFS)',
        spoil: () => execFileSync('mount', ['-o', 'remount,ro', disk.folder]),
        mend: () => execFileSync('mount', ['-o', 'remount,rw', disk.folder]),
      };
};

/** A subvolume of a btrfs with a quota group, which holds root too. Null where there is no mkfs.btrfs or mounting is not allowed. */
export const quotaDisk = (): Disk | null => {
  const folder = newFolder();
  const image = `${folder}.img`;
  closeSync(openSync(image, 'w'));
  truncateSync(image, imageBytes);
  const give = (): null => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(image, { force: true });
    return null;
  };
  if (spawnSync('mkfs.btrfs', ['-q', image]).status !== 0) return give();
  if (!mounted('btrfs', 'loop', image, folder)) return give();
  const inner = join(folder, 'inner');
  const ran = [
    spawnSync('btrfs', ['quota', 'enable', folder]),
    spawnSync('btrfs', ['subvolume', 'create', inner]),
    spawnSync('btrfs', ['qgroup', 'limit', String(quotaBytes), inner]),
  ];
  const remove = (): void => {
    unmount(folder);
    rmSync(image, { force: true });
  };
  if (ran.some(({ status }) => status !== 0)) {
    remove();
    return null;
  }
  const filler = join(inner, 'filler');
  return {
    form: 'a btrfs subvolume whose quota is used up (EDQUOT)',
    folder: inner,
    spoil: (roomBytes) => fill(filler, roomBytes),
    mend: () => {
      execFileSync('btrfs', ['qgroup', 'limit', 'none', inner]);
      rmSync(filler);
      // Freed blocks count against the quota until they are committed.
      execFileSync('sync', ['-f', inner]);
    },
    remove,
  };
};

/** A folder of backups that is mounted read-only over itself, while the vault beside it can be written. */
export const readOnlyBackups = (): Disk | null => {
  const disk = fullDisk();
  if (disk === null) return null;
  const folder = join(disk.folder, 'root', 'home', 'backups');
  return {
    ...disk,
    form: 'a folder of backups that is read-only (EROFS)',
    spoil: () => {
      execFileSync('mount', ['--bind', folder, folder]);
      execFileSync('mount', ['-o', 'remount,ro,bind', folder]);
    },
    mend: () => execFileSync('umount', [folder]),
  };
};

/** A folder that is moved away while it is used, and back. Needs no rights. */
export const goneFolder = (): Disk => {
  const root = newFolder();
  const folder = join(root, 'inner');
  const away = join(root, 'away');
  mkdirSync(folder);
  return {
    form: 'a folder that is moved away (ENOENT)',
    folder,
    spoil: () => renameSync(folder, away),
    mend: () => {
      // Whatever was made at the old place meanwhile must not hide the real one.
      if (existsSync(folder)) rmSync(folder, { recursive: true });
      renameSync(away, folder);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};

/** A plain folder: what is limited is the process. */
export const ownFolder = (): Disk => {
  const folder = newFolder();
  const nothing = (): void => undefined;
  return {
    form: 'a process with a largest file size (EFBIG)',
    folder,
    spoil: nothing,
    mend: nothing,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
