// Killed at every touch of a file while a backup takes the vault's place, and while a password changes behind its backup: a whole vault
// stands there each time, the one from before or the one after, and what was replaced is kept.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { nodePorts } from '../../src/node/ports.ts';
import type { VaultPorts } from '../../src/core/vault/vault.ts';
import {
  bytesOf,
  newAgent,
  placeOf,
  testPassword,
  unlockedAgent,
  type TestAgent,
} from '../support/agents.ts';
import { bundle, type Bundled } from '../support/bundled.ts';
import { portsWithoutCost } from '../support/vault/vault-kit.ts';

let child: Bundled;
let cheap: VaultPorts;
let template: TestAgent;

const add = async (made: TestAgent, name: string): Promise<void> => {
  const { projectId, environments } = await placeOf(made);
  await made.get('keys.add', {
    projectId,
    environmentIds: [environments.get('production')!],
    facts: { name },
    fields: [{ name: 'secret', value: bytesOf(`value of ${name}`) }],
  });
};

beforeAll(async () => {
  child = await bundle(resolve(import.meta.dirname, '../support/vault/swap-crash-child.ts'));
  cheap = portsWithoutCost(await nodePorts({ targetMs: 0 }));
  template = await unlockedAgent({ ports: cheap });
  await add(template, 'first');
  await template.get('backup.now', {});
  await add(template, 'second');
  template.agent.close();
});

afterAll(() => {
  template.remove();
  child.remove();
});

const opened = async (home: string, passwords: readonly string[]): Promise<readonly [TestAgent, string]> => {
  const looked = await newAgent({ home, ports: cheap });
  onTestFinished(looked.remove);
  for (const password of passwords)
    if ((await looked.call('vault.unlock', { password: bytesOf(password) })).ok) return [looked, password];
  throw new Error(`no password opens the vault any more: ${JSON.stringify(looked.agent.state())}`);
};

const names = async ({ get }: TestAgent): Promise<readonly string[]> =>
  (await get('keys.list', {})).map(({ name }) => name).sort();

/** Runs the deed in a process of its own; true where it came to the end. */
const run = (home: string, deed: string, nth: number): boolean => {
  const ran = spawnSync(process.execPath, [child.file, home, deed, String(nth)], { encoding: 'utf8' });
  if (ran.signal !== 'SIGKILL' && ran.stdout !== 'done')
    throw new Error(`${deed} ${String(nth)}: ${ran.stderr}`);
  return ran.stdout === 'done';
};

const copyOf = (nth: number, deed: string): string => {
  const home = `${template.home}-${deed}-${String(nth)}`;
  cpSync(template.home, home, { recursive: true });
  return home;
};

/** The first fifty touches are one by one, later ones in growing steps: most of them are statements of one reading. */
const moments = function* (): Generator<number> {
  for (let nth = 0; ; nth += nth < 20 ? 2 : nth < 100 ? 7 : 25) yield nth;
};

describe('killed at any moment', () => {
  it('of a swap: the old vault or the backup, whole, and nothing lost', async () => {
    let swapped = 0;
    let kept = 0;
    for (const nth of moments()) {
      const home = copyOf(nth, 'swap');
      const isDone = run(home, 'swap', nth);
      const [looked] = await opened(home, [testPassword]);
      const found = await names(looked);
      expect(looked.agent.state().damaged, `killed at ${String(nth)}`).toBe(0);
      if (found.length === 1) {
        swapped += 1;
        const old = (await looked.get('backup.list', {})).backups.find(
          ({ reason }) => reason === 'before-restore',
        );
        expect(
          (await looked.get('restore.preview', { name: old!.name })).keys,
          `killed at ${String(nth)}`,
        ).toBe(2);
      } else {
        kept += 1;
        expect(found, `killed at ${String(nth)}`).toEqual(['first', 'second']);
      }
      if (isDone) {
        expect(found).toEqual(['first']);
        expect(readdirSync(home).filter((name) => name.endsWith('.tmp'))).toEqual([]);
        break;
      }
    }
    expect(kept).toBeGreaterThan(5);
    expect(swapped).toBeGreaterThan(0);
  }, 600_000);

  it('of a password change: the old password or the new one opens everything', async () => {
    const seen = new Set<string>();
    for (const nth of moments()) {
      const home = copyOf(nth, 'password');
      const isDone = run(home, 'password', nth);
      const [looked, password] = await opened(home, [testPassword, 'the next password']);
      seen.add(password);
      expect(await names(looked), `killed at ${String(nth)}`).toEqual(['first', 'second']);
      expect(looked.agent.state().damaged, `killed at ${String(nth)}`).toBe(0);
      // A file of ours that has its name is a whole backup, whenever the process ended.
      for (const { name } of (await looked.get('backup.list', {})).backups)
        expect(
          (await looked.get('restore.preview', { name, password: bytesOf(testPassword) })).keys,
        ).toBeGreaterThan(0);
      if (isDone) break;
    }
    expect([...seen]).toEqual([testPassword, 'the next password']);
  }, 600_000);
});
