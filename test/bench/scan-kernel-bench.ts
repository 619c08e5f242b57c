// How fast the engine looks for known keys in memory, by itself: `node test/bench/scan-kernel-bench.ts [values …]`. Text is what lies in
// node_modules, and made-up logs. The best of several passes over each megabyte, so that other work on the machine counts little.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngineMemory, createSharedRoom, startEngine } from '../../src/node/scan/engine.ts';
import { outBytes } from '../../src/node/scan/known-search.ts';
import { buildLastingTables, placeLasting } from '../../src/node/scan/lasting-tables.ts';
import { placeTables, type PlacedTables } from '../../src/node/scan/placed-tables.ts';
import { buildSessionTables } from '../../src/node/scan/tables.ts';

const megabyte = 1024 * 1024;
const passes = 9;
const textBytes = 140 * megabyte;
const random = { bytes: (length: number): Uint8Array => new Uint8Array(randomBytes(length)) };

const collect = (folder: string, parts: Buffer[], most: number): number => {
  let size = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (size >= most) break;
    const path = join(folder, entry.name);
    // One file of nothing but escapes would stand for half of all text.
    if (entry.name === 'binaryen') continue;
    if (entry.isDirectory()) size += collect(path, parts, most - size);
    else if (/\.(?:[cm]?js|ts|json|map|md|css|html|txt|tsx)$/.test(entry.name)) {
      const bytes = readFileSync(path);
      parts.push(bytes);
      size += bytes.length;
    }
  }
  return size;
};

const logs = (bytes: number): Buffer => {
  const line = (at: number): string =>
    `2026-11-28T14:${at % 60}:${at % 59}.${at % 1000}Z INFO  [worker-${at % 16}] GET /api/v1/items/${at * 7919}?page=${at % 9} 200 ${at % 513}ms user=${(at * 2_654_435_761).toString(16)} agent="Mozilla/5.0 (X11; Linux)"\n`;
  return Buffer.from(Array.from({ length: Math.ceil(bytes / 120) }, (_, at) => line(at)).join('')).subarray(
    0,
    bytes,
  );
};

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const valuesOf = (count: number) =>
  Array.from({ length: count }, (_, slot) => {
    const letters = [...randomBytes(20 + (slot % 60))].map((byte) => alphabet[byte % 62] ?? '').join('');
    return { slot, bytes: Buffer.from(`pk_${slot % 20}_${letters}`), publicLength: 5, estimateBits: null };
  });

const parts: Buffer[] = [];
const collected = collect('node_modules', parts, textBytes * 0.7);
parts.push(logs(textBytes - Math.min(collected, textBytes)));
const text = Buffer.concat(parts).subarray(0, textBytes);

const rate = (scan: (at: number, length: number) => void, at: number): number => {
  let total = 0;
  for (let from = 0; from + megabyte <= text.length; from += 2 * megabyte) {
    let best = Number.POSITIVE_INFINITY;
    for (let pass = 0; pass < passes; pass += 1) {
      const begin = process.hrtime.bigint();
      scan(at + from, megabyte);
      best = Math.min(best, Number(process.hrtime.bigint() - begin));
    }
    total += best;
  }
  return (Math.ceil(text.length / (2 * megabyte)) * megabyte) / total;
};

const measure = (
  label: string,
  place: (memory: WebAssembly.Memory, take: (bytes: number) => number) => PlacedTables,
): void => {
  const memory = createEngineMemory();
  const { take } = createSharedRoom(memory);
  const tables = place(memory, take);
  const out = take(outBytes);
  const at = take(text.length + 1024) + 512;
  new Uint8Array(memory.buffer).set(text, at);
  const engine = startEngine(memory);
  const view = new DataView(memory.buffer);
  const scan = tables.what === 'session' ? engine.scanKnown : engine.scanLasting;
  let candidates = 0;
  const gigabytes = rate((from, length) => {
    for (let done = 0; done < length;) {
      view.setUint32(out, 0, true);
      done = scan(tables.head, from, done, length, out, 16_384);
      candidates += view.getUint32(out, true);
    }
  }, at);
  console.log(`${label}: ${gigabytes.toFixed(2)} GB/s, ${(candidates / passes).toFixed(0)} candidates`);
};

const counts = process.argv.slice(2).map(Number);
for (const count of counts.length > 0 ? counts : [200, 10_000]) {
  const values = valuesOf(count);
  const begin = performance.now();
  const { tables } = buildSessionTables(values, random);
  const took = performance.now() - begin;
  const bytes = tables.parts.reduce((sum, { length }) => sum + length, 0);
  console.log(`${count} values: tables in ${took.toFixed(0)} ms, ${(bytes / 1e6).toFixed(1)} MB`);
  measure(`${count} values, unlocked`, (memory, take) => placeTables(memory, take, tables));
  const lasting = buildLastingTables(values, random, '').tables;
  measure(`${count} values, locked`, (memory, take) => placeLasting(memory, take, lasting));
}
