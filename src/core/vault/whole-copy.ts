// A plain copy of a vault file that has its name only once all of it is there: a process that is killed half-way leaves a sibling that is
// tidied away, and never a backup that is none.
import type { Result } from '../model/result.ts';
import { done } from '../model/result.ts';
import type { Files } from '../ports.ts';

const fileMode = 0o600;

/**
 * Copies `from` and, where there is one, its log.
 * @param mark 12 hexadecimal digits nobody else has
 */
export const copyWhole = (files: Files, from: string, to: string, mark: string): Result<undefined> => {
  const sibling = `${to}.${mark}.tmp`;
  const named: string[] = [];
  // The log first: a file without its log would be an older state of itself, a log without its file is nothing.
  const ends = files.exists(`${from}-wal`) ? ['-wal', ''] : [''];
  const move = (end: string): Result<undefined> => {
    const copied = files.copyNew(`${from}${end}`, `${sibling}${end}`, fileMode);
    const moved = copied.ok ? files.moveNew(`${sibling}${end}`, `${to}${end}`) : copied;
    if (moved.ok) named.push(`${to}${end}`);
    return moved;
  };
  let outcome: Result<undefined> = done;
  for (const end of ends) if (outcome.ok) outcome = move(end);
  if (outcome.ok) return outcome;
  for (const path of [...named, sibling, `${sibling}-wal`]) files.remove(path);
  return outcome;
};
