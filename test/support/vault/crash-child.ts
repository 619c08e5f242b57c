// Runs one action on a vault and kills itself with SIGKILL before the given statement. Every commit that came back is
// acknowledged on standard output first, so that the parent knows what must still be there.
// Arguments: action, path, statement number (0: none; the number of statements is printed at the end).
import { writeSync } from 'node:fs';
import { SecretBytes } from '../../../src/core/model/secret-bytes.ts';
import type { Result } from '../../../src/core/model/result.ts';
import type { Sql, Store } from '../../../src/core/ports.ts';
import type { OpenVault, VaultPorts } from '../../../src/core/vault/vault.ts';
import { createVault, restoreVault, unlockVault, unlockVaultWith } from '../../../src/core/vault/vault.ts';
import { secondFormat } from './second-format.ts';
import { nodePorts } from '../../../src/node/ports.ts';
import { portsWithoutCost } from './ports-without-cost.ts';

const [action = '', path = '', stopAt = '0'] = process.argv.slice(2);
const say = (word: string): void => void writeSync(1, `${word}\n`);
const text = SecretBytes.fromText;
const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
};

let statements = 0;
let isCounting = false;
const step = (): void => {
  if (!isCounting) return;
  statements += 1;
  if (statements === Number(stopAt)) process.kill(process.pid, 'SIGKILL');
};

/** Every statement and every file operation of a step is a boundary. */
const counted = (sql: Sql): Sql => ({
  run: (...input) => {
    step();
    return sql.run(...input);
  },
  all: (...input) => {
    step();
    return sql.all(...input);
  },
  close: () => {
    step();
    sql.close();
  },
});
const opened = (result: Result<Sql>): Result<Sql> =>
  result.ok ? { ok: true, value: counted(result.value) } : result;
const countedStore = (store: Store): Store => ({
  open: (...input) => {
    step();
    return opened(store.open(...input));
  },
  create: (...input) => {
    step();
    return opened(store.create(...input));
  },
});
const countedFiles = (files: VaultPorts['files']): VaultPorts['files'] => ({
  ...files,
  copyNew: (...input) => {
    step();
    return files.copyNew(...input);
  },
  moveNew: (...input) => {
    step();
    const moved = files.moveNew(...input);
    step();
    return moved;
  },
  createNew: (...input) => {
    step();
    return files.createNew(...input);
  },
});

const idOf = (at: number): string => at.toString(16).padStart(2, '0').repeat(16);

/** Two rounds over the same records: made, changed, one removed. Each round is acknowledged by its number. */
const rounds = (vault: OpenVault): void => {
  for (const round of [1, 2]) {
    const changes = [0, 1].flatMap((at) => [
      { op: 'put', table: 'meta', id: idOf(at), body: { type: 'key', round }, expected: round - 1 } as const,
      {
        op: 'put',
        table: 'secret',
        id: idOf(at),
        bytes: text(`round ${round}`),
        expected: round - 1,
      } as const,
    ]);
    must(vault.commit(changes, [{ event: `round-${round}`, by: 'child' }]));
    say(`round ${round}`);
  }
  must(vault.commit([{ op: 'delete', table: 'meta', id: idOf(0), expected: 2 }], []));
  say('removed');
};

const actions: Readonly<Record<string, (ports: VaultPorts) => Promise<void>>> = {
  create: async (ports) => {
    isCounting = true;
    must(await createVault(ports, path, text('start')));
    say('created');
  },
  rounds: async (ports) => {
    const vault = must(await unlockVault(ports, path, { password: text('start') }));
    isCounting = true;
    rounds(vault);
    vault.close();
  },
  password: async (ports) => {
    const vault = must(await unlockVault(ports, path, { password: text('start') }));
    isCounting = true;
    must(await vault.changePassword(text('start'), text('next')));
    say('changed');
    vault.close();
  },
  backup: async (ports) => {
    const vault = must(await unlockVault(ports, path, { password: text('start') }));
    isCounting = true;
    must(await vault.backupTo(`${path}.backup`));
    say('backed up');
    vault.close();
  },
  /** A whole import in one commit. */
  import: async (ports) => {
    const vault = must(await unlockVault(ports, path, { password: text('start') }));
    const ids = Array.from({ length: 1_000 }, (_, at) => at.toString(16).padStart(32, '0'));
    const changes = ids.flatMap((id, at) => [
      { op: 'put', table: 'meta', id, body: { type: 'key', at }, expected: 0 } as const,
      { op: 'put', table: 'secret', id, bytes: text(`value ${at}`), expected: 0 } as const,
    ]);
    isCounting = true;
    must(vault.commit(changes, [{ event: 'file-imported', by: 'child' }]));
    say('imported');
    vault.close();
  },
  replace: async (ports) => {
    const vault = must(await unlockVault(ports, path, { password: text('start') }));
    isCounting = true;
    const code = await vault.replaceKey({
      password: text('start'),
      by: 'child',
      rewrite: (body) => ({ ...body, rewritten: true }),
      step: () => Promise.resolve(true),
    });
    say(`replaced ${must(code).use((bytes) => Buffer.from(bytes).toString())}`);
    vault.close();
  },
  migrate: async (ports) => {
    isCounting = true;
    const typed = { password: text('start') };
    must(await unlockVaultWith(ports, path, typed, secondFormat)).close();
    say('migrated');
  },
  restore: async (ports) => {
    isCounting = true;
    must(await restoreVault(ports, path, `${path}.restored`, text('start')));
    say('restored');
  },
  /** Goes on until killed from outside. */
  endless: async (ports) => {
    const vault = must(await unlockVault(ports, path, { password: text('start') }));
    for (let round = 1; ; round += 1) {
      const change = {
        op: 'put',
        table: 'meta',
        id: idOf(0),
        body: { type: 'key', round },
        expected: round - 1,
      } as const;
      const secret = {
        op: 'put',
        table: 'secret',
        id: idOf(0),
        bytes: text(`round ${round}`),
        expected: round - 1,
      } as const;
      must(vault.commit([change, secret], [{ event: 'round', by: 'child' }]));
      say(`round ${round}`);
    }
  },
};

const ports = portsWithoutCost(await nodePorts({ targetMs: 0 }));
await actions[action]?.({ ...ports, store: countedStore(ports.store), files: countedFiles(ports.files) });
say(`statements ${statements}`);
