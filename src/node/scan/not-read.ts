// Which error of the operating system is which reason for not having read something.
import type { NotReadReason } from '../../core/leaks/matching.ts';

const reasons: ReadonlyMap<string, NotReadReason> = new Map([
  ['EACCES', 'no-permission'],
  ['EPERM', 'no-permission'],
  ['ENOENT', 'vanished'],
  ['ENOTDIR', 'vanished'],
  ['ESTALE', 'vanished'],
  // O_NOFOLLOW met a link that was a file when the folder was listed.
  ['ELOOP', 'link'],
  ['EMLINK', 'link'],
  ['ENAMETOOLONG', 'too-deep'],
  // A socket, a device without a driver, a FIFO that says nothing.
  ['ENXIO', 'not-a-file'],
  ['ENODEV', 'not-a-file'],
  ['EAGAIN', 'not-a-file'],
  ['EISDIR', 'not-a-file'],
  ['EOPNOTSUPP', 'not-a-file'],
]);

export const reasonOf = (problem: unknown): NotReadReason => {
  const code = problem instanceof Error && 'code' in problem ? problem.code : undefined;
  return (typeof code === 'string' ? reasons.get(code) : undefined) ?? 'read-failed';
};
