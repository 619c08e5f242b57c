// How much memory each process holds while the vault is open, as the operating system counts it (PSS: what is shared is divided
// among those who share it). Linux alone tells.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { familyOf } from '../support/process-memory.ts';
import { keePassTool, keyturn, type Databases, type Homes } from './beside-files.ts';
import { builtCommandLine } from './keepassxc-bench.ts';
import { password } from './large-vault.ts';

export type Held = { readonly process: string; readonly mebibytes: number };

/** Long enough for what was only needed to open to be given back. */
const settleMs = 3_000;
const openWithinMs = 120_000;

export const heldBy = (pid: number): number => {
  const told = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8'));
  return Number(told?.[1] ?? Number.NaN) / 1024;
};

const roleOf = (pid: number, shell: number, command: readonly string[]): string => {
  const words = command.join(' ');
  if (pid === shell) return 'main process';
  if (/(^|\/)agent\.js|keyturn-agent/.test(words)) return 'agent';
  return /--type=([\w-]+)/.exec(words)?.[1] ?? 'browser';
};

/** Something of every process of a running app, those of one role together. */
const sumByRole = (pid: number, of: (pid: number) => number): ReadonlyMap<string, number> => {
  const byRole = new Map<string, number>();
  for (const { pid: each, command } of familyOf(pid)) {
    const role = roleOf(each, pid, command);
    byRole.set(role, (byRole.get(role) ?? 0) + of(each));
  }
  return byRole;
};

export const heldByApp = (pid: number): readonly Held[] =>
  [...sumByRole(pid, heldBy)].map(([role, mebibytes]) => ({ process: `app: ${role}`, mebibytes }));

/** Processor time so far, milliseconds in steps of ten. */
export const workedByApp = (pid: number): ReadonlyMap<string, number> =>
  sumByRole(pid, (each) => {
    const told = readFileSync(`/proc/${String(each)}/stat`, 'utf8');
    const fields = told.slice(told.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  });

/** The process that has this home folder in its environment. */
const pidOf = (home: string): number | undefined =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .find((pid) => {
      try {
        return readFileSync(`/proc/${String(pid)}/environ`, 'latin1')
          .split('\0')
          .includes(`KEYTURN_HOME=${home}`);
      } catch {
        return false; // ended meanwhile, or not ours
      }
    });

/** `keyturn unlock` without the app: one process that keeps the vault open, after it has listed everything once. */
export const heldByCommandLine = async (homes: Homes, count: number): Promise<readonly Held[]> => {
  const main = builtCommandLine();
  const { full: home, passwordFile } = homes;
  keyturn(main, home, passwordFile, 'unlock');
  try {
    keyturn(main, home, undefined, 'list', '--json');
    await sleep(settleMs);
    const pid = pidOf(home);
    if (pid === undefined) throw new Error('the command line’s agent does not run');
    return [{ process: `command line’s agent, ${count.toLocaleString('en')} keys`, mebibytes: heldBy(pid) }];
  } finally {
    keyturn(main, home, undefined, 'lock');
  }
};

/** `keepassxc-cli open`: one process that keeps the database open. */
export const heldByKeePassXc = async (files: Databases, count: number): Promise<readonly Held[]> => {
  const child = spawn(keePassTool, ['open', files.full], { stdio: ['pipe', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  child.stdin.write(`${password}\n`);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString('latin1')));
  // Its prompt comes when the database is open.
  const until = Date.now() + openWithinMs;
  while (!printed.includes('> ') && child.exitCode === null && Date.now() < until) await sleep(200);
  await sleep(settleMs);
  try {
    if (child.pid === undefined || !printed.includes('> '))
      throw new Error('keepassxc-cli did not open the database');
    return [
      { process: `keepassxc-cli open, ${count.toLocaleString('en')} entries`, mebibytes: heldBy(child.pid) },
    ];
  } finally {
    child.kill();
    await exited;
  }
};
