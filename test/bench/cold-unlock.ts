// What the first unlock of a process costs, since a person's always is: `node test/bench/cold-unlock.ts VAULT`. Prints one JSON line:
// opening the vault beyond the derivation, the index over its keys, the first list with its check, and the memory that is then held.
import { readFileSync } from 'node:fs';
import { isPromised } from '../../src/agent/check-output.ts';
import { openBook } from '../../src/core/keys/live-book.ts';
import { listKeys } from '../../src/core/keys/summary.ts';
import type { VaultPorts } from '../../src/core/vault/vault.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { openVault } from './large-vault.ts';
import { startWatch, type Time } from './measure.ts';

export type ColdUnlock = {
  readonly open: Time;
  readonly index: Time;
  readonly list: Time;
  readonly keys: number;
  readonly memoryMiB: number;
};

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Say which vault.');
const ports = await nodePorts({ targetMs: 0 });
let sinceDerived = startWatch();
const derive: VaultPorts['kdf']['derive'] = async (...input) => {
  const derived = await ports.kdf.derive(...input);
  sinceDerived = startWatch();
  return derived;
};
const vault = await openVault({ ...ports, kdf: { ...ports.kdf, derive } }, path);
const open = sinceDerived();
let watch = startWatch();
const { book } = openBook(vault.records());
const index = watch();
watch = startWatch();
const keys = listKeys(book, {}, Date.now());
if (!isPromised('keys.list', keys)) throw new Error('the list is not what the contract promises');
const list = watch();
const held = /^Pss:\s+(\d+) kB/m.exec(
  process.platform === 'linux' ? readFileSync('/proc/self/smaps_rollup', 'utf8') : '',
);
const measured: ColdUnlock = {
  open,
  index,
  list,
  keys: keys.length,
  memoryMiB: Number(held?.[1] ?? Number.NaN) / 1024,
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
vault.close();
