// The same 10,000 entries in a KeePassXC database, opened by keepassxc-cli, beside the command line in the same run. Both start a
// process, derive a key, open everything and print the names; the same on a nearly empty file is taken off both, so that what is
// left is what the entries cost.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { keepass, keyturn, type Databases, type Homes } from './beside-files.ts';
import { fromTimes, measure, ofOthers, type Measured } from './measure.ts';

export const builtCommandLine = (): string => {
  const main = join(import.meta.dirname, '../../out/cli/main.js');
  if (!existsSync(main)) throw new Error('The command line is not built: run npm run build first.');
  return main;
};

const runs = 5;

const listed = (database: string): number =>
  keepass('ls', '-R', '-f', '-q', database).trim().split('\n').length;

/** Median against median: what the entries alone cost. */
const beyond = (name: string, full: Measured, empty: Measured, against?: string): Measured =>
  fromTimes(name, [{ ms: full.medianMs - empty.medianMs, cpuMs: full.cpuMs - empty.cpuMs }], against);

const take = (name: string, task: () => void): Promise<Measured> => measure(name, runs, ofOthers(task));

const theirs = (name: string, file: string, wanted: number): Promise<Measured> =>
  take(name, () => {
    const found = listed(file);
    if (found < wanted) throw new Error(`${String(found)} entries instead of ${String(wanted)}`);
  });

const ours = (name: string, home: string, homes: Homes, wanted: number): Promise<Measured> => {
  const main = builtCommandLine();
  return take(name, () => {
    const found = (JSON.parse(keyturn(main, home, homes.passwordFile, 'list', '--json')) as unknown[]).length;
    if (found !== wanted) throw new Error(`${String(found)} keys instead of ${String(wanted)}`);
  });
};

export const ourListBench = async (homes: Homes, count: number): Promise<readonly Measured[]> => {
  const keys = count.toLocaleString('en');
  const empty = await ours('keyturn list, one key', homes.empty, homes, 1);
  const full = await ours(`keyturn list, ${keys} keys`, homes.full, homes, count);
  return [empty, full, beyond(`keyturn: what ${keys} keys add`, full, empty, theirName(keys))];
};

const theirName = (keys: string): string => `keepassxc-cli: what ${keys} entries add`;

export const theirListBench = async (files: Databases, count: number): Promise<readonly Measured[]> => {
  const keys = count.toLocaleString('en');
  const empty = await theirs('keepassxc-cli ls, empty database', files.empty, 0);
  const full = await theirs(`keepassxc-cli ls, ${keys} entries`, files.full, count);
  return [empty, full, beyond(theirName(keys), full, empty)];
};
