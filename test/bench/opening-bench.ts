// Unlocking beyond the derivation, by the number of keys: again and again in one process, and as the first thing that a process does.
import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VaultPorts } from '../../src/core/vault/vault.ts';
import type { ColdUnlock } from './cold-unlock.ts';
import { openVault } from './large-vault.ts';
import { fromTimes, measure, startWatch, withGoal, type Measured, type Time } from './measure.ts';

/** Opens the vault and gives the time that was not the derivation's. */
const unlockBeyondDerivation = async (ports: VaultPorts, path: string): Promise<Time> => {
  let deriving: Time = { ms: 0, cpuMs: 0 };
  const derive: VaultPorts['kdf']['derive'] = async (...input) => {
    const watch = startWatch();
    const derived = await ports.kdf.derive(...input);
    const { ms, cpuMs } = watch();
    deriving = { ms: deriving.ms + ms, cpuMs: deriving.cpuMs + cpuMs };
    return derived;
  };
  const watch = startWatch();
  const vault = await openVault({ ...ports, kdf: { ...ports.kdf, derive } }, path);
  const all = watch();
  const problems = vault.damage().length;
  vault.close();
  if (problems > 0) throw new Error('the vault of the measurement is damaged');
  return { ms: all.ms - deriving.ms, cpuMs: all.cpuMs - deriving.cpuMs };
};

const withoutSnapshot = (path: string): void => {
  const database = new Database(path);
  database.exec('DELETE FROM cache; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
};

/** Every record is opened by its own seal, as after a snapshot was lost. */
const unlockSlowly = async (ports: VaultPorts, path: string): Promise<readonly Time[]> => {
  const bare = `${path}.bare`;
  const times: Time[] = [];
  for (let run = 0; run < 6; run += 1) {
    copyFileSync(path, bare);
    withoutSnapshot(bare);
    times.push(await unlockBeyondDerivation(ports, bare));
  }
  return times.slice(1);
};

const nameOf = (count: number): string => `unlock beyond derivation, ${count.toLocaleString('en')} keys`;
const goals: Readonly<Record<number, number>> = { 10_000: 60, 100_000: 500 };

const warm = async (ports: VaultPorts, path: string, count: number): Promise<Measured> => {
  const measured = await measure(nameOf(count), count > 10_000 ? 5 : 15, () =>
    unlockBeyondDerivation(ports, path),
  );
  const goal = goals[count];
  return goal === undefined ? measured : withGoal(measured, goal);
};

const coldRuns = 7;

/** Each in a process of its own, with nothing compiled yet. */
export const coldUnlocks = (path: string, count: number): readonly ColdUnlock[] =>
  Array.from({ length: coldRuns }, (): ColdUnlock => {
    const printed = execFileSync(process.execPath, [join(import.meta.dirname, 'cold-unlock.ts'), path]);
    const measured = JSON.parse(printed.toString()) as ColdUnlock;
    if (measured.keys !== count) throw new Error(`${measured.keys} keys instead of ${count}`);
    return measured;
  });

const sum = (...times: readonly Time[]): Time => ({
  ms: times.reduce((total, { ms }) => total + ms, 0),
  cpuMs: times.reduce((total, { cpuMs }) => total + cpuMs, 0),
});

/** The parts of a first unlock, and what of them lies between the unlocked vault and its first list. */
export const coldBench = (cold: readonly ColdUnlock[], count: number): readonly Measured[] => {
  const keys = `${count.toLocaleString('en')} keys`;
  const open = `a process’s first: unlock beyond derivation, ${keys}`;
  return [
    fromTimes(
      open,
      cold.map((each) => each.open),
    ),
    fromTimes(
      'a process’s first: the index over them',
      cold.map((each) => each.index),
      open,
    ),
    fromTimes(
      'a process’s first: the list, with its check',
      cold.map((each) => each.list),
      open,
    ),
    fromTimes(
      'a process’s first: all three',
      cold.map((each) => sum(each.open, each.index, each.list)),
      open,
    ),
  ];
};

export const warmBench = async (
  ports: VaultPorts,
  vaults: ReadonlyMap<number, string>,
): Promise<readonly Measured[]> => {
  const measured: Measured[] = [];
  for (const [count, path] of vaults) measured.push(await warm(ports, path, count));
  const path = vaults.get(10_000);
  if (path === undefined) return measured;
  return [
    ...measured,
    fromTimes('10,000 keys without the sealed snapshot', await unlockSlowly(ports, path), nameOf(10_000)),
  ];
};
