// A wrong password costs what a right one costs and says nothing about how wrong it was.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodePorts } from '../../../src/node/ports.ts';
import { unlockVault, type VaultPorts } from '../../../src/core/vault/vault.ts';
import {
  errorOf,
  must,
  newVault,
  password,
  secretText,
  temporaryFolder,
} from '../../support/vault/vault-kit.ts';

let ports: VaultPorts;
let path: string;
let code: string;
beforeAll(async () => {
  ports = await nodePorts({ targetMs: 0 });
});

type Derived = {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly salt: string;
  readonly length: number;
};

/** Ports that note every derivation before it is done for real. */
const counting = (): { readonly ports: VaultPorts; readonly derived: Derived[] } => {
  const derived: Derived[] = [];
  const derive: VaultPorts['kdf']['derive'] = (input, salt, params, length) => {
    derived.push({ ...params, salt: Buffer.from(salt).toString('hex'), length });
    return ports.kdf.derive(input, salt, params, length);
  };
  return { ports: { ...ports, kdf: { ...ports.kdf, derive } }, derived };
};

/** Wrong in every way that an early comparison could tell apart. */
const wrong = [
  ['one letter less', password.slice(0, -1)],
  ['one letter more', `${password}x`],
  ['another last letter', `${password.slice(0, -1)}#`],
  ['another first letter', `#${password.slice(1)}`],
  ['one letter', 'x'],
  ['a thousand letters', 'x'.repeat(1_000)],
] as const;

describe('a wrong password', () => {
  it.each(wrong)('(%s) takes the very derivation that the right one takes', async (_what, typed) => {
    path = join(temporaryFolder(), 'v.keyturn');
    ({ code } = await newVault(ports, path));
    const right = counting();
    must(await unlockVault(right.ports, path, { password: secretText(password) })).close();
    const other = counting();
    errorOf(await unlockVault(other.ports, path, { password: secretText(typed) }));
    expect(other.derived).toEqual(right.derived);
    expect(right.derived).toHaveLength(1);
  });

  it('is answered with the same words, whatever was wrong', async () => {
    path = join(temporaryFolder(), 'v.keyturn');
    await newVault(ports, path);
    const answers = new Set<string>();
    for (const [, typed] of wrong)
      answers.add(JSON.stringify(errorOf(await unlockVault(ports, path, { password: secretText(typed) }))));
    expect([...answers]).toHaveLength(1);
  });

  it('takes about as long as a right one, measured in turns in the same run', async () => {
    path = join(temporaryFolder(), 'v.keyturn');
    ({ code } = await newVault(ports, path));
    const timed = async (typed: string): Promise<number> => {
      const startedMs = performance.now();
      const opened = await unlockVault(ports, path, { password: secretText(typed) });
      const tookMs = performance.now() - startedMs;
      if (opened.ok) opened.value.close();
      return tookMs;
    };
    const took = { right: [] as number[], wrong: [] as number[] };
    // As many as it takes for each to have been left alone once, on a machine that is busy with other tests.
    for (let turn = 0; turn < 28; turn += 1) {
      took.right.push(await timed(password));
      took.wrong.push(await timed(wrong[turn % wrong.length]![1]));
    }
    // The least disturbed of each: other programs only ever add.
    const ratio = Math.min(...took.wrong) / Math.min(...took.right);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('and a wrong recovery code that is well formed costs a derivation too', async () => {
    path = join(temporaryFolder(), 'v.keyturn');
    const other = join(temporaryFolder(), 'other.keyturn');
    ({ code } = await newVault(ports, other));
    await newVault(ports, path);
    const tried = counting();
    expect(errorOf(await unlockVault(tried.ports, path, { recoveryCode: secretText(code) })).kind).toBe(
      'wrong-password',
    );
    expect(tried.derived).toHaveLength(1);
  });
});
