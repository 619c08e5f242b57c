// What the vault costs at 10,000 keys: opening it beyond the derivation, listing, finding, and one commit beside the disk's floor.
import Database from 'better-sqlite3';
import { closeSync, copyFileSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { createAgent } from '../../src/agent/agent.ts';
import type { VaultPorts } from '../../src/core/vault/vault.ts';
import { find, makeFindIndex } from '../../src/renderer/lib/find.ts';
import { ask, openVault, passwordBytes } from './large-vault.ts';
import { fromTimes, measure, startWatch, type Measured, type Time } from './measure.ts';

/** Opens the vault and gives the time that was not the derivation's. */
const unlockBeyondDerivation = async (ports: VaultPorts, path: string): Promise<Time> => {
  let deriving: Time = { ms: 0, cpuMs: 0 };
  const derive: VaultPorts['kdf']['derive'] = async (...input) => {
    const watch = startWatch();
    const derived = await ports.kdf.derive(...input);
    const { ms, cpuMs } = watch();
    deriving = { ms: deriving.ms + ms, cpuMs: deriving.cpuMs + cpuMs };
    return derived;
  };
  const watch = startWatch();
  const vault = await openVault({ ...ports, kdf: { ...ports.kdf, derive } }, path);
  const all = watch();
  const problems = vault.damage().length;
  vault.close();
  if (problems > 0) throw new Error('the vault of the measurement is damaged');
  return { ms: all.ms - deriving.ms, cpuMs: all.cpuMs - deriving.cpuMs };
};

const withoutSnapshot = (path: string): void => {
  const database = new Database(path);
  database.exec('DELETE FROM cache; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
};

export const unlockBench = async (ports: VaultPorts, path: string): Promise<readonly Measured[]> => {
  const bare = `${path}.bare`;
  const times: Time[] = [];
  for (let run = 0; run < 6; run += 1) {
    copyFileSync(path, bare);
    withoutSnapshot(bare);
    times.push(await unlockBeyondDerivation(ports, bare));
  }
  const base = 'unlock beyond derivation, 10,000 keys';
  return [
    await measure(base, 15, () => unlockBeyondDerivation(ports, path)),
    fromTimes('the same without the sealed snapshot', times.slice(1), base),
  ];
};

/** What a person types, letter by letter. */
const typed = [
  'p',
  'pa',
  'pay',
  'paym',
  'paymen',
  'payments',
  'payments 77',
  'wal adm',
  'serach',
  'KEY_4242',
];

/** The first list after an unlock: every key is summarised, its warnings found, the answer checked. */
const firstList = async (ports: VaultPorts, home: string): Promise<Time> => {
  const agent = createAgent({ home, ports });
  await ask(agent, 'vault.unlock', { password: passwordBytes() });
  const watch = startWatch();
  await ask(agent, 'keys.list', {});
  const time = watch();
  agent.close();
  return time;
};

export const listBench = async (ports: VaultPorts, home: string): Promise<readonly Measured[]> => {
  const first = await measure('keys.list, the first after an unlock', 7, () => firstList(ports, home));
  const agent = createAgent({ home, ports });
  await ask(agent, 'vault.unlock', { password: passwordBytes() });
  const list = await measure('keys.list through the agent’s door', 15, async () => {
    await ask(agent, 'keys.list', {});
  });
  const keys = await ask(agent, 'keys.list', {});
  if (keys.length !== 10_000) throw new Error(`${keys.length} keys instead of 10,000`);
  agent.close();
  const findable = keys.map((key) => ({ ...key, providerName: 'Circle', providerDomain: 'circle.com' }));
  const index = makeFindIndex(findable);
  const made = await measure('index for finding, once per change', 9, () => {
    makeFindIndex(findable);
  });
  const each: Time[] = [];
  for (let round = 0; round < 8; round += 1) {
    for (const query of typed) {
      const watch = startWatch();
      find(index, query);
      if (round > 0) each.push(watch());
    }
  }
  const press = fromTimes('find, one key press', each);
  return [first, list, made, press];
};

export const commitBench = async (ports: VaultPorts, path: string): Promise<readonly Measured[]> => {
  const floorFile = openSync(`${path}.floor`, 'w');
  const page = Buffer.alloc(4_096, 7);
  const floor = await measure('floor: append 4 KiB and fdatasync', 200, () => {
    writeSync(floorFile, page);
    fdatasyncSync(floorFile);
  });
  closeSync(floorFile);
  const vault = await openVault(ports, path);
  const [id, record] = [...vault.records()].find(([, { body }]) => body['type'] === 'key') ?? [];
  if (id === undefined || record === undefined) throw new Error('the vault has a key');
  let number = 0;
  const commit = await measure(
    'one change committed among 10,000 keys',
    200,
    () => {
      number += 1;
      const now = vault.records().get(id) ?? record;
      const body = { ...now.body, notes: `note ${number}` };
      const done = vault.commit(
        [{ op: 'put', table: 'meta', id, body, expected: now.revision }],
        [{ event: 'edited', by: 'bench', keyId: id, detail: {} }],
      );
      if (!done.ok) throw new Error(done.error.message);
    },
    floor.name,
  );
  vault.close();
  return [floor, commit];
};
