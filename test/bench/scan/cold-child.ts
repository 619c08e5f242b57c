// One scan in a process of its own: started, scanned, ended; with `--pss` it says at its end how much memory it holds. Bundled by cold.ts.
import { readFileSync } from 'node:fs';
import { startScanner, type KnownValue } from './ours.ts';

const [folder = '', list = '', ...words] = process.argv.slice(2);
const wantsPss = words.includes('--pss');
const scanner = startScanner(JSON.parse(readFileSync(list, 'utf8')) as readonly KnownValue[]);
await scanner.files([folder], wantsPss ? 'prefixed' : 'none');
if (wantsPss) {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1];
  process.stdout.write(String(Math.round(Number(kilobytes) / 1_000)));
}
// The system takes back what a process held that ends.
process.exit();
