// What an open vault of 10,000 keys costs: listing, finding, importing, and one commit beside the disk's floor.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgent } from '../../src/agent/agent.ts';
import type { VaultPorts } from '../../src/core/vault/vault.ts';
import { find, makeFindIndex } from '../../src/renderer/lib/find.ts';
import { ask, openVault, passwordBytes } from './large-vault.ts';
import { entryOf } from './lifelike.ts';
import { fromTimes, measure, startWatch, withGoal, type Measured, type Time } from './measure.ts';

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

/** How many keys a window asks for first. */
const firstKeys = 500;

type FirstLook = { readonly unlock: Time; readonly first: Time; readonly whole: Time };

const less = (all: Time, part: Time): Time => ({ ms: all.ms - part.ms, cpuMs: all.cpuMs - part.cpuMs });

/** As a window does it: the unlock with its index, the beginning of the list, the whole of it, each answer checked. */
const lookOnce = async (ports: VaultPorts, home: string): Promise<FirstLook> => {
  let deriving: Time = { ms: 0, cpuMs: 0 };
  const derive: VaultPorts['kdf']['derive'] = async (...input) => {
    const watch = startWatch();
    const derived = await ports.kdf.derive(...input);
    deriving = watch();
    return derived;
  };
  const agent = createAgent({ home, ports: { ...ports, kdf: { ...ports.kdf, derive } } });
  const unlocking = startWatch();
  await ask(agent, 'vault.unlock', { password: passwordBytes() });
  const unlock = less(unlocking(), deriving);
  const asking = startWatch();
  await ask(agent, 'overview.read', {});
  await ask(agent, 'keys.list', { limit: firstKeys });
  const first = asking();
  const askingAll = startWatch();
  await ask(agent, 'keys.list', {});
  const whole = askingAll();
  agent.close();
  return { unlock, first, whole };
};

const firstLooks = async (ports: VaultPorts, home: string): Promise<readonly Measured[]> => {
  const looks: FirstLook[] = [];
  for (let run = 0; run < 8; run += 1) looks.push(await lookOnce(ports, home));
  const after = looks.slice(1);
  return [
    fromTimes(
      'the agent’s unlock beyond derivation, index included',
      after.map(({ unlock }) => unlock),
    ),
    withGoal(
      fromTimes(
        'the first list, as a window asks: overview and 500 keys',
        after.map(({ first }) => first),
      ),
      100,
    ),
    fromTimes(
      'then the whole list',
      after.map(({ whole }) => whole),
    ),
  ];
};

export const listBench = async (ports: VaultPorts, home: string): Promise<readonly Measured[]> => {
  const looks = await firstLooks(ports, home);
  const agent = createAgent({ home, ports });
  await ask(agent, 'vault.unlock', { password: passwordBytes() });
  const list = await measure('the whole list again', 15, async () => {
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
  const press = withGoal(fromTimes('find, one key press', each), 4, 'p95Ms');
  return [...looks, list, made, press];
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

const imported = 1_000;

/** A file of a thousand variables, looked at and taken in, into a vault that has none; each run has a vault of its own. */
const importOnce = async (ports: VaultPorts): Promise<readonly [Time, Time]> => {
  const home = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  const agent = createAgent({ home, ports });
  try {
    await ask(agent, 'vault.create', { password: passwordBytes() });
    const project = (await ask(agent, 'overview.read', {})).projects[0];
    const target = { projectId: project?.id ?? '', environmentId: project?.environments[0]?.id ?? '' };
    const path = join(home, 'many.env');
    const lines = Array.from({ length: imported }, (_, at) => entryOf(at));
    writeFileSync(path, lines.map(({ variable, value }) => `${variable}=${value}\n`).join(''));
    const looking = startWatch();
    const preview = await ask(agent, 'import.previewPath', { path, ...target });
    const looked = looking();
    const taking = startWatch();
    const done = await ask(agent, 'import.apply', { previewId: preview.previewId, ...target, choices: [] });
    const taken = taking();
    if (done.imported !== imported) throw new Error(`${done.imported} of ${imported} were taken in`);
    return [looked, taken];
  } finally {
    agent.close();
    rmSync(home, { recursive: true, force: true });
  }
};

export const importBench = async (ports: VaultPorts): Promise<readonly Measured[]> => {
  await importOnce(ports);
  const times: (readonly [Time, Time])[] = [];
  for (let run = 0; run < 5; run += 1) times.push(await importOnce(ports));
  const preview = fromTimes(
    'import of 1,000 variables: the preview',
    times.map(([looked]) => looked),
  );
  const apply = fromTimes(
    'import of 1,000 variables: taken in',
    times.map(([, taken]) => taken),
  );
  return [preview, withGoal(apply, 300)];
};
