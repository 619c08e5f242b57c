// The engine in the repository is the one that its source gives, and hashes as the paper says.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createEngineMemory, createRoom, startEngine } from '../../src/node/scan/engine.ts';

/** Imported by address: with its types the compiler's own would come along, and change those of arrays everywhere. */
const script = new URL('../../scripts/engine.mjs', import.meta.url).href;
type Script = {
  readonly compileEngine: () => Promise<Uint8Array>;
  readonly engineModule: (bytes: Uint8Array) => string;
};

test('the engine in the repository is compiled from its source', async () => {
  const { compileEngine, engineModule } = (await import(script)) as Script;
  const bytes = await compileEngine();

  expect(readFileSync('src/node/scan/engine-bytes.ts', 'utf8')).toBe(engineModule(bytes));
}, 120_000);

test('SipHash-2-4 gives the vectors of its reference', () => {
  const memory = createEngineMemory();
  const engine = startEngine(memory);
  const room = createRoom(memory);
  const [key, text] = [room.take(16), room.take(64)];
  const bytes = new Uint8Array(memory.buffer);
  for (let index = 0; index < 16; index += 1) bytes[key + index] = index;
  for (let index = 0; index < 64; index += 1) bytes[text + index] = index;
  const hash = (length: number): string =>
    BigInt.asUintN(64, engine.sipHash(key, text, length))
      .toString(16)
      .padStart(16, '0');
  expect([0, 1, 7, 8, 15, 16].map(hash)).toEqual([
    '726fdb47dd0e0e31',
    '74f839c593dc67fd',
    'ab0200f58b01d137',
    '93f5f5799a932462',
    'a129ca6149be45e5',
    '3f2acc7f57c29bdb',
  ]);
});
