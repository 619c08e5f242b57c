// `npm run bench`: real numbers of this machine, each with what it is compared to in the same run. What was seen once is in
// docs/performance.md. `--json FILE` says where the numbers are kept; `--quick` leaves out 100,000 keys.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nativeArgon2, wasmArgon2 } from '../../src/node/argon2.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { findKeePassXc, makeDatabases, makeHomes } from './beside-files.ts';
import { builtCommandLine, ourListBench, theirListBench } from './keepassxc-bench.ts';
import { makeLargeVault } from './large-vault.ts';
import { measure, type Measured } from './measure.ts';
import { heldByCommandLine, heldByKeePassXc } from './memory-bench.ts';
import { coldBench, coldUnlocks, warmBench } from './opening-bench.ts';
import { startReport } from './report.ts';
import { commandLineBench, windowBench } from './start-bench.ts';
import { commitBench, importBench, listBench } from './vault-bench.ts';
import { scanWindowBench } from './scan-window-bench.ts';
import { windowListBench } from './window-list-bench.ts';

const root = resolve(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
});

const derivations = [
  { words: '64 MiB, 3 passes', params: { memoryKiB: 65_536, passes: 3 }, runs: 7 },
  { words: '256 MiB, 3 passes', params: { memoryKiB: 262_144, passes: 3 }, runs: 5 },
] as const;

const derivationBench = async (): Promise<readonly Measured[]> => {
  const input = [new TextEncoder().encode('password'), new Uint8Array(16).fill(3)] as const;
  const native = await nativeArgon2();
  const wasm = wasmArgon2();
  const measured: Measured[] = [];
  for (const { words, params, runs } of derivations) {
    const name = `Argon2id ${words}, native`;
    if (native !== null)
      measured.push(await measure(name, runs, async () => void (await native(...input, params, 32))));
    const slow = `Argon2id ${words}, libsodium in WebAssembly`;
    measured.push(await measure(slow, runs, async () => void (await wasm(...input, params, 32)), name));
  }
  return measured;
};

/** Everything that the measurements write is under this one folder. */
const folder = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
process.env['TMPDIR'] = folder;
process.env['KEYTURN_STATE'] = join(folder, 'state');
const many = 10_000;
const report = startReport();
const ports = await nodePorts({ targetMs: 0 });

try {
  report.tell('Key derivation', await derivationBench());
  const vaults = new Map<number, string>();
  for (const count of values.quick ? [1_000, many] : [1_000, many, 100_000])
    vaults.set(count, (await makeLargeVault(ports, count)).path);
  const path = vaults.get(many) ?? '';
  const home = resolve(path, '..');
  report.tell('Opening a vault', await warmBench(ports, vaults));
  report.tell('Opening a vault, the first of a process', coldBench(coldUnlocks(path, many), many));
  report.tell('Listing and finding among 10,000 keys', await listBench(ports, home));
  report.tell('Writing', await commitBench(ports, path));
  report.tell('An import', await importBench(ports));
  report.tell('Command line, as built', await commandLineBench(home));
  const homes = await makeHomes(ports, builtCommandLine(), folder, many);
  const version = findKeePassXc();
  if (version === undefined) {
    report.tell('Beside KeePassXC', await ourListBench(homes, many), [
      'keepassxc-cli cannot be had here (Debian: apt-get install keepassxc), so there is nothing to compare with.',
    ]);
    report.tellHeld('Memory while open', await heldByCommandLine(homes, many));
  } else {
    const files = makeDatabases(folder, many);
    const theirs = await theirListBench(files, many);
    report.tell(`Beside KeePassXC ${version}`, [...theirs, ...(await ourListBench(homes, many))]);
    report.tellHeld('Memory while open', [
      ...(await heldByKeePassXc(files, many)),
      ...(await heldByCommandLine(homes, many)),
    ]);
  }
  const window = await windowListBench(homes.full);
  report.tell('Window', [...(await windowBench()), ...window.measured], window.notes);
  report.tellHeld('Memory of the app with 10,000 keys', window.held);
  const scanning = await scanWindowBench();
  report.tell('Window while a scan runs', scanning.measured, scanning.notes);
  report.save(values.json ?? join(root, 'test-results/bench.json'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
