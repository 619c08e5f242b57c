// POSIX drops all of a process's locks on a file as soon as the process closes any descriptor of it (fcntl(2); SQLite, "How to corrupt",
// §2.2). So a file that SQLite has open here is read through one descriptor that stays open as long as the connection does.
import { closeSync, constants, openSync, statSync } from 'node:fs';

type Held = { connections: number; file: number | null };

const held = new Map<string, Held>();

/** Null where nothing stands at the path. */
const keyOf = (path: string): string | null => {
  const facts = statSync(path, { bigint: true, throwIfNoEntry: false });
  return facts === undefined ? null : `${String(facts.dev)} ${String(facts.ino)}`;
};

/** To be called once SQLite has the file open. @returns to be called once it has closed it */
export const holdFile = (path: string): (() => void) => {
  const key = keyOf(path);
  if (key === null) return () => undefined;
  const entry = held.get(key) ?? { connections: 0, file: null };
  held.set(key, entry);
  entry.connections += 1;
  return () => {
    entry.connections -= 1;
    if (entry.connections > 0) return;
    held.delete(key);
    if (entry.file !== null) closeSync(entry.file);
  };
};

const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Lends a descriptor for reading at given positions; never to be closed by `action`. Errors of node:fs are thrown. */
export const readingFile = <T>(path: string, action: (file: number) => T): T => {
  const key = keyOf(path);
  const entry = key === null ? undefined : held.get(key);
  if (entry !== undefined) {
    entry.file ??= openSync(path, flags);
    return action(entry.file);
  }
  const file = openSync(path, flags);
  try {
    return action(file);
  } finally {
    closeSync(file);
  }
};
