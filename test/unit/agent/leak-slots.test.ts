// The list of whose each slot is, sealed in a file: what is read back, and what is not taken for one.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOf, readSlots, writeSlots } from '../../../src/agent/leaks/slots.ts';
import { createTableMaker } from '../../../src/agent/leaks/table-maker.ts';
import { slotFile } from '../../../src/agent/scanning/guard-file.ts';
import type { Session } from '../../../src/agent/session.ts';
import type { VaultPorts } from '../../../src/core/vault/vault.ts';
import { nodePorts } from '../../../src/node/ports.ts';

let ports: VaultPorts;
const folder = mkdtempSync(join(tmpdir(), 'keyturn-slots-'));
const path = join(folder, 'guard.slots');
const key = new Uint8Array(32).fill(7);
const owner = (number: number, bits?: number) => ({
  keyId: `key-${String(number)}`,
  versionId: `version-${String(number)}`,
  field: 'secret',
  ...(bits === undefined ? {} : { bits }),
});
beforeAll(async () => {
  ports = await nodePorts({ targetMs: 0 });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the slots of the lasting tables', () => {
  it('keep what was estimated of a value, of the last four generations, for nobody without the key', () => {
    for (let number = 0; number < 6; number += 1)
      expect(
        writeSlots(
          ports,
          path,
          key,
          `generation ${String(number)}`,
          [owner(number, 100 + number), owner(9)],
          [owner(9)],
        ).ok,
      ).toBe(true);
    const read = readSlots(ports, path, key);
    expect(Object.keys(read)).toEqual(
      [2, 3, 4, 5].flatMap((number) => {
        const name = `generation ${String(number)}`;
        return [name, leftOf(name)];
      }),
    );
    expect(read['generation 5']).toEqual([owner(5, 105), owner(9)]);
    expect(readFileSync(path).includes('version-5')).toBe(false);
    expect(readSlots(ports, path, new Uint8Array(32).fill(8))).toEqual({});
  });

  it('say whose a slot is and nothing of its value, since that goes into what is seen', () => {
    const session = { vault: { leakKey: () => key.slice() } } as unknown as Session;
    const maker = createTableMaker({ ports, files: { home: folder } as never, session });
    expect(writeSlots(ports, slotFile(folder), key, 'one', [owner(1, 90)], []).ok).toBe(true);
    expect(maker.ownerOf('one', 0)).toEqual(owner(1));
    expect(maker.ownerOf('one', 1)).toBe(null);
    expect(maker.ownerOf('two', 0)).toBe(null);
  });

  it('are made anew where they are damaged, or an estimate is none', () => {
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(readSlots(ports, path, key)).toEqual({});
    for (const bits of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      writeSlots(ports, path, key, 'odd', [owner(1, bits)], []);
      expect(readSlots(ports, path, key), String(bits)).toEqual({});
    }
  });
});
