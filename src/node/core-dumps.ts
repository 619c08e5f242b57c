// Turns core dumps off for an agent that runs alone: what it held must not come to lie on a disk after a crash. In the app the shell
// has done it for its children already. Node has no call for it; util-linux's `prlimit` changes the limit of a process that runs.
import { execFile } from 'node:child_process';

const withinMs = 2_000;

/** Asks for it and does not wait: the vault is not open yet. Systems other than Linux make no core file by themselves. */
export const turnOffCoreDumps = (): void => {
  if (process.platform !== 'linux') return;
  execFile('prlimit', ['--core=0:0', '--pid', String(process.pid)], { timeout: withinMs }, () => undefined);
};
