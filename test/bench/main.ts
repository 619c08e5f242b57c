// `npm run bench`: real numbers of this machine, each with what it is compared to in the same run. What was seen once is in
// docs/performance.md.
import { rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { nativeArgon2, wasmArgon2 } from '../../src/node/argon2.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { makeLargeVault } from './large-vault.ts';
import { measure, tableOf, type Measured } from './measure.ts';
import { commandLineBench, windowBench } from './start-bench.ts';
import { commitBench, listBench, unlockBench } from './vault-bench.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const tell = (title: string, measured: readonly Measured[]): void =>
  say(`\n### ${title}\n\n${tableOf(measured)}`);

const machine = (): string => {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const load = (loadavg()[0] ?? 0).toFixed(1);
  return `${process.platform} ${process.arch}, ${availableParallelism()} cores of ${cpus()[0]?.model ?? 'unknown'}, ${gigabytes} GiB, Node ${process.versions.node}, load at the start ${load}`;
};

const derivationBench = async (): Promise<readonly Measured[]> => {
  const input = [new TextEncoder().encode('password'), new Uint8Array(16).fill(3)] as const;
  const params = { memoryKiB: 65_536, passes: 3 };
  const native = await nativeArgon2();
  const name = 'Argon2id 64 MiB, 3 passes, native';
  const wasm = wasmArgon2();
  const first =
    native === null ? [] : [await measure(name, 7, async () => void (await native(...input, params, 32)))];
  const second = await measure(
    'Argon2id 64 MiB, 3 passes, libsodium in WebAssembly',
    7,
    async () => void (await wasm(...input, params, 32)),
    name,
  );
  return [...first, second];
};

say(`${machine()}; ${new Date().toISOString().slice(0, 10)}`);
tell('Key derivation', await derivationBench());
const ports = await nodePorts({ targetMs: 0 });
const { home, path } = await makeLargeVault(ports, 10_000);
try {
  tell('Opening a vault', await unlockBench(ports, path));
  tell('Listing and finding among 10,000 keys', await listBench(ports, home));
  tell('Writing', await commitBench(ports, path));
  tell('Command line, as built', await commandLineBench(home));
  tell('Window', await windowBench());
} finally {
  rmSync(home, { recursive: true, force: true });
}
