// Turns core dumps off for this process, so that none of what it or its children held comes to lie on a disk after a crash. Node has
// no call for it; util-linux's `prlimit`, which every Linux has, changes the limit of a process that runs. What is started afterwards
// inherits it. Processes that Electron started before this line (its zygotes) are found and changed too.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const withinMs = 2_000;

/** The parent's number out of a line of /proc/<pid>/stat, whose second word may hold anything. */
const parentOf = (name: string): number => {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
};

/** A process and all that it has started by now. */
const familyOf = (pid: number): readonly number[] => {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const);
  const family = [pid];
  for (const member of family)
    family.push(...parents.flatMap(([child, parent]) => (parent === member ? [child] : [])));
  return family;
};

/** Whether core dumps are off for this process; true too where the system makes none of its own. */
export const turnOffCoreDumps = (): boolean => {
  if (process.platform !== 'linux') return true;
  const outcomes = familyOf(process.pid).map((pid) => {
    const ran = spawnSync('prlimit', ['--core=0:0', '--pid', String(pid)], {
      stdio: 'ignore',
      timeout: withinMs,
    });
    return ran.status === 0;
  });
  return outcomes[0] === true;
};
