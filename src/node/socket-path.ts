// Where the agent's socket is, and the scanner's beside it. Beside the vault, in a folder of mode 0700; where that path is too long for a socket address, in a
// folder of our own below the temporary one; on Windows a named pipe.
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** sockaddr_un holds 104 bytes on macOS and 108 on Linux, with the closing zero. */
const maxPathBytes = 100;
const folderMode = 0o700;

/** FNV-1a over the text, 64 bits: tells folders apart, protects nothing (the folder's mode does). */
const shortName = (text: string): string => {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
};

/** Who listens. */
export type SocketName = 'agent' | 'scanner';

/** The socket's address for a home folder. Makes nothing. */
export const socketPath = (
  home: string,
  platform: NodeJS.Platform = process.platform,
  temporary: string = tmpdir(),
  name: SocketName = 'agent',
): string => {
  // Names of pipes are per machine: the user's name keeps two users' agents apart. The pipe's default rights let only its owner
  // and administrators write to it.
  if (platform === 'win32')
    return `\\\\.\\pipe\\keyturn-${name === 'agent' ? '' : `${name}-`}${shortName(`${userInfo().username} ${home.toLowerCase()}`)}`;
  const beside = join(home, `${name}.sock`);
  if (new TextEncoder().encode(beside).length <= maxPathBytes) return beside;
  return join(temporary, `keyturn-${String(userInfo().uid)}`, shortName(home), `${name}.sock`);
};

/** The scanner's. */
export const scannerSocketPath = (home: string): string =>
  socketPath(home, process.platform, tmpdir(), 'scanner');

/** Whether a folder is ours alone: no link, our user, nobody else's rights. */
const isPrivate = (folder: string): boolean => {
  const found = lstatSync(folder);
  return found.isDirectory() && found.uid === userInfo().uid && (found.mode & 0o077) === 0;
};

/** Makes the folders that a socket outside the home folder needs; false where somebody else was there first. */
export const prepareSocketFolder = (home: string, path: string): boolean => {
  if (process.platform === 'win32' || path.startsWith(home)) return true;
  const folder = join(path, '..');
  mkdirSync(folder, { recursive: true, mode: folderMode });
  if (lstatSync(folder).uid === userInfo().uid) chmodSync(folder, folderMode);
  return isPrivate(join(folder, '..')) && isPrivate(folder);
};
