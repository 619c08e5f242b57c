// A whole vault file put back to an older copy of itself is noticed, told, and taken for good only when a person says so.
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SecretBytes } from '../../src/core/model/secret-bytes.ts';
import { createAnchors } from '../../src/agent/anchors.ts';
import { unlockVault, type VaultPorts } from '../../src/core/vault/vault.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { bytesOf, newAgent, testPassword, type TestAgent } from '../support/agents.ts';
import { newHome, type Home } from '../support/cli.ts';

let home: string;
let state: string;
let ports: VaultPorts;
let open: TestAgent[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'keyturn-older-'));
  state = join(home, 'elsewhere');
  const real = await nodePorts({ targetMs: 0 });
  // What is proven here does not hang on the derivation.
  const derive: VaultPorts['kdf']['derive'] = async (input, salt, params, length) =>
    SecretBytes.own(
      input.use((bytes) =>
        real.aead.hash(Buffer.concat([bytes, salt, Buffer.from(JSON.stringify(params))]), length),
      ),
    );
  ports = { ...real, kdf: { ...real.kdf, derive } };
  open = [];
});
afterEach(() => {
  for (const each of open) each.agent.close();
  rmSync(home, { recursive: true, force: true });
});

const agentOn = async (): Promise<TestAgent> => {
  const made = await newAgent({ home: join(home, 'vault'), state, ports });
  open.push(made);
  return made;
};
const vaultFile = (): string => join(home, 'vault', 'vault.keyturn');

/** Opens, lets `work` happen, closes for good. */
const visit = async (work?: (agent: TestAgent) => Promise<unknown>): Promise<string | null> => {
  const agent = await agentOn();
  await agent.get('vault.unlock', { password: bytesOf(testPassword) });
  const { problem } = await agent.get('state.read', {});
  await work?.(agent);
  agent.agent.close();
  return problem === null ? null : `${problem.kind}: ${problem.message}`;
};

const create = async (): Promise<void> => {
  const agent = await agentOn();
  await agent.get('vault.create', { password: bytesOf(testPassword) });
  agent.agent.close();
};

const keep = (name: string): void => copyFileSync(vaultFile(), join(home, name));
const putBack = (name: string): void => {
  for (const end of ['-wal', '-shm']) rmSync(`${vaultFile()}${end}`, { force: true });
  copyFileSync(join(home, name), vaultFile());
};
const addProject = (name: string) => (agent: TestAgent) => agent.get('project.add', { name });

it('a vault that another process wrote to while it was being opened is no older copy', async () => {
  await create();
  const must = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  };
  const unlock = async () =>
    must(await unlockVault(ports, vaultFile(), { password: SecretBytes.fromText(testPassword) }));
  const [slow, other] = [await unlock(), await unlock()];
  const anchors = () => createAnchors({ ...ports, folder: state });
  must(other.commit([], [{ event: 'meanwhile', by: 'test' }]));
  const others = anchors();
  others.open(other);
  others.keep();
  const mine = anchors();
  expect(mine.open(slow)).toEqual([]);
  expect(mine.problem()).toBeNull();
  slow.close();
  other.close();
});

describe('an older copy of the whole vault', () => {
  it('is opened and told, until the newer one is back', async () => {
    await create();
    keep('old');
    expect(await visit(addProject('one'))).toBeNull();
    keep('new');
    putBack('old');
    expect(await visit()).toMatch(/^damaged: .*older than the last one.* changes are missing/);
    // The older copy went on: it has as many commits by now as the newer one had.
    for (let turn = 0; turn < 3; turn += 1) expect(await visit()).toContain('damaged');
    putBack('new');
    expect(await visit()).toBeNull();
  });

  it('is taken for good once accepted, with a line in its audit trail', async () => {
    await create();
    keep('old');
    await visit(addProject('one'));
    putBack('old');
    await visit(async (agent) => {
      const told: string[] = [];
      agent.agent.on('state.changed', ({ problem }) => told.push(problem === null ? 'fine' : 'doubt'));
      expect(await agent.get('vault.acceptOlder', {})).toEqual({ accepted: true });
      expect(told.at(-1)).toBe('fine');
      expect(await agent.get('vault.acceptOlder', {})).toEqual({ accepted: false });
      const lines = await agent.get('audit.list', { limit: 10 });
      expect(lines.map(({ event }) => event)).toEqual(
        expect.arrayContaining(['older-copy-opened', 'older-copy-accepted']),
      );
    });
    expect(await visit()).toBeNull();
  });

  it('is told as well where it was changed since, whatever its number of commits', async () => {
    await create();
    keep('old');
    await visit(addProject('one'));
    putBack('old');
    // Another machine, which remembers nothing of this vault, goes on with the older copy.
    const here = state;
    state = join(home, 'another machine');
    for (const name of ['a', 'b', 'c', 'd']) await visit(addProject(name));
    state = here;
    expect(await visit()).toContain('went another way');
  });

  it('is told where it is from before the key was replaced', async () => {
    await create();
    keep('old');
    await visit((agent) => agent.get('vault.replaceKey', { password: bytesOf(testPassword) }));
    expect(await visit()).toBeNull();
    putBack('old');
    expect(await visit()).toContain('before its key was replaced');
  });

  it('is no surprise after a restore on purpose', async () => {
    await create();
    const backup = join(home, 'backup');
    await visit((agent) => agent.get('backup.writePath', { path: backup }));
    await visit(addProject('one'));
    rmSync(vaultFile());
    const agent = await agentOn();
    await agent.get('restore.readPath', { path: backup, password: bytesOf(testPassword) });
    agent.agent.close();
    expect(await visit()).toBeNull();
  });

  it('what is remembered tells nothing and cannot be made up', async () => {
    await create();
    await visit();
    const [name = ''] = readdirSync(state);
    const bytes = readFileSync(join(state, name));
    expect([readdirSync(state).length, bytes.length]).toEqual([1, 24 + 48 + 16]);
    for (const at of [0, 30, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      writeFileSync(join(state, name), changed);
      expect(await visit()).toContain('was changed');
      writeFileSync(join(state, name), bytes);
    }
  });

  it('nothing hangs on the folder being there or writable', async () => {
    await create();
    rmSync(state, { recursive: true });
    writeFileSync(state, 'a file in the way');
    expect(await visit(addProject('one'))).toBeNull();
    expect(await visit()).toBeNull();
  });
});

describe('on the command line an older copy', () => {
  let cli: Home;
  beforeEach(() => {
    cli = newHome();
  });
  afterEach(() => cli.remove());

  it('ends each command with exit code 4 and words, until it is accepted', async () => {
    const env = { KEYTURN_STATE: join(cli.folder, 'state') };
    const file = join(cli.folder, 'home', 'vault.keyturn');
    await cli.json(['init'], { env });
    copyFileSync(file, join(cli.folder, 'old'));
    expect((await cli.run(['list'], { env })).code).toBe(0);
    copyFileSync(join(cli.folder, 'old'), file);
    const refused = await cli.run(['list'], { env });
    expect([refused.code, refused.out]).toEqual([4, '']);
    expect(refused.err).toContain('older than the last one Keyturn saw');
    expect(refused.err).toContain('keyturn doctor --accept-older');
    expect(await cli.json<unknown>(['doctor', '--accept-older'], { env })).toEqual({ accepted: true });
    expect((await cli.run(['list'], { env })).code).toBe(0);
  }, 60_000);
});
