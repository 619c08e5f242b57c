// The agent's promises over several calls: what a person does in a row, what stands in the trail afterwards, what is told when.
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { demoPassword } from '../../src/agent/demo-content.ts';
import type { EventName } from '../../src/contract/events.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { unlockVault } from '../../src/core/vault/vault.ts';
import { SecretBytes } from '../../src/core/model/secret-bytes.ts';
import { sampleKey } from '../support/key-samples.ts';
import {
  bytesOf,
  newAgent,
  placeOf,
  testPassword,
  unlockedAgent,
  type TestAgent,
} from '../support/agents.ts';

const made: TestAgent[] = [];
const keep = <T extends TestAgent>(tested: T): T => {
  made.push(tested);
  return tested;
};
afterEach(() => {
  vi.useRealTimers();
  for (const tested of made.splice(0)) tested.remove();
});

const live = sampleKey('circa', 'live', 1);
const unlock = { password: bytesOf(testPassword) };

const addKey = async (
  tested: TestAgent,
  name: string,
  value = live,
  environment = 'production',
): Promise<string> => {
  const place = await placeOf(tested);
  const { id } = await tested.get('keys.add', {
    projectId: place.projectId,
    environmentIds: [place.environments.get(environment)!],
    facts: { name },
    fields: [{ name: 'secret', value: bytesOf(value) }],
  });
  return id;
};

const trail = async (tested: TestAgent): Promise<string[]> =>
  (await tested.get('audit.list', { limit: 100 })).map(({ event }) => event).reverse();

describe('the trail', () => {
  it('has a line of every unlock, reveal, copy, export, change, removal and lock, and of nobody’s reading', async () => {
    const tested = keep(await unlockedAgent());
    const id = await addKey(tested, 'data');
    await tested.get('keys.list', {});
    await tested.get('keys.read', { id });
    await tested.get('keys.reveal', { id, field: 'secret' });
    await tested.get('keys.lend', { id, field: 'secret' }, 'shell');
    await tested.get('keys.edit', { id, facts: { notes: 'x' } });
    await tested.get('keys.replace', { id, fields: [{ name: 'secret', value: bytesOf('second') }] });
    const place = await placeOf(tested);
    const environmentId = place.environments.get('production')!;
    await tested.get('export.preview', { environmentId, format: 'dotenv' });
    await tested.get('export.render', { environmentId, format: 'dotenv' });
    await tested.get('keys.remove', { id, confirmName: 'data' });
    await tested.get('vault.lock', {});
    await tested.get('vault.unlock', unlock);
    expect(await trail(tested)).toEqual([
      'vault-created',
      'project-added',
      'key-added',
      'key-revealed',
      'key-copied',
      'key-edited',
      'key-replaced',
      'environment-exported',
      'key-exported',
      'key-removed',
      'vault-locked',
      'vault-unlocked',
    ]);
    const { history } = await tested.get('keys.read', { id });
    expect(history.map(({ event }) => event)).toEqual([
      'key-removed',
      'key-exported',
      'key-replaced',
      'key-edited',
      'key-copied',
      'key-revealed',
      'key-added',
    ]);
    expect(
      history.every(({ keyName, by }) => keyName === 'data' && ['app', 'command line'].includes(by)),
    ).toBe(true);
    expect(await tested.get('audit.verify', {})).toMatchObject({ ok: true });
  });

  it('hears of wrong passwords at the next unlock', async () => {
    const tested = keep(await unlockedAgent());
    await tested.get('vault.lock', {});
    await tested.call('vault.unlock', { password: bytesOf('wrong') });
    await tested.call('vault.unlock', { password: bytesOf('wrong too') });
    await tested.get('vault.unlock', unlock);
    expect((await trail(tested)).slice(-3)).toEqual(['unlock-failed', 'unlock-failed', 'vault-unlocked']);
    await tested.get('vault.lock', {});
    await tested.get('vault.unlock', unlock);
    expect((await trail(tested)).slice(-2)).toEqual(['vault-locked', 'vault-unlocked']);
  });
});

describe('a secret', () => {
  it('stands in no answer but those that are declared to return it, and in no event', async () => {
    const tested = keep(await unlockedAgent());
    const said: unknown[] = [];
    tested.agent.onAny((event, payload) => said.push([event, payload]));
    const draft = await tested.get('draft.begin', { text: `KEY=${live}` });
    said.push(draft);
    const place = await placeOf(tested);
    const environmentIds = [place.environments.get('test')!];
    const input = {
      projectId: place.projectId,
      environmentIds,
      facts: { name: 'k' },
      draftId: draft.draftId,
    };
    said.push(await tested.get('keys.assess', input));
    const { id } = await tested.get('keys.add', input);
    said.push(
      await tested.get('keys.read', { id }),
      await tested.get('keys.list', {}),
      await tested.get('overview.read', {}),
    );
    said.push(await tested.get('audit.list', { limit: 100 }), await tested.get('doctor.run', {}));
    said.push(await tested.get('export.preview', { environmentId: environmentIds[0]!, format: 'json' }));
    said.push(await tested.call('keys.reveal', { id, field: 'nothing' }));
    expect(JSON.stringify(said)).not.toContain(live.slice(20));
    expect(await tested.get('keys.reveal', { id, field: 'secret' })).toEqual({ value: live });
    expect(tested.bugs).toEqual([]);
    // The draft has become the key.
    expect(
      await tested.call('draft.field', { draftId: draft.draftId, field: 'secret', text: '' }),
    ).toMatchObject({
      error: { kind: 'not-found' },
    });
  });

  it('and a password that arrive as bytes are wiped when the call is over', async () => {
    const tested = keep(await unlockedAgent());
    const place = await placeOf(tested);
    const value = bytesOf(live);
    const fields = [{ name: 'secret', value }];
    const environmentIds = [place.environments.get('test')!];
    await tested.agent.call('window', 'keys.add', {
      projectId: place.projectId,
      environmentIds,
      facts: { name: 'k' },
      fields,
    });
    expect([...value].every((byte) => byte === 0)).toBe(true);
    for (const name of ['vault.unlock', 'vault.create', 'no.such.call']) {
      const password = bytesOf('something');
      await tested.agent.call('window', name, { password });
      expect([...password].every((byte) => byte === 0)).toBe(true);
    }
  });

  it('of an older version is revealed by its id, as long as it is kept', async () => {
    const tested = keep(await unlockedAgent());
    const id = await addKey(tested, 'data', 'first value');
    await tested.get('keys.replace', { id, fields: [{ name: 'secret', value: bytesOf('second value') }] });
    const { versionList } = await tested.get('keys.read', { id });
    expect(versionList.map(({ number, current }) => [number, current])).toEqual([
      [2, true],
      [1, false],
    ]);
    const version = versionList[1]!.id;
    expect(await tested.get('keys.reveal', { id, field: 'secret', version })).toEqual({
      value: 'first value',
    });
    await tested.get('keys.emptyVersions', { id });
    expect(await tested.call('keys.reveal', { id, field: 'secret', version })).toMatchObject({
      error: { kind: 'not-found' },
    });
    expect(await tested.get('keys.reveal', { id, field: 'secret' })).toEqual({ value: 'second value' });
  });
});

describe('wrong passwords', () => {
  it('make the window wait, and not the command line', async () => {
    const tested = keep(await unlockedAgent());
    await tested.get('vault.lock', {});
    const wrong = { password: bytesOf('wrong') };
    for (let tries = 0; tries < 3; tries += 1) {
      expect(await tested.call('vault.unlock', wrong, 'window')).toMatchObject({
        error: { kind: 'wrong-password' },
      });
    }
    const { retryAtMs } = await tested.get('state.read', {}, 'window');
    expect(retryAtMs).toBeGreaterThan(Date.now());
    expect(await tested.call('vault.unlock', unlock, 'window')).toMatchObject({
      error: { kind: 'too-soon' },
    });
    expect(await tested.call('vault.unlock', wrong, 'command-line')).toMatchObject({
      error: { kind: 'wrong-password' },
    });
    expect(await tested.call('vault.unlock', unlock, 'command-line')).toMatchObject({ ok: true });
    expect((await tested.get('state.read', {})).retryAtMs).toBeNull();
  });

  it('say the same of a wrong recovery code, and of a mistyped one what is wrong', async () => {
    const tested = keep(await newAgent());
    const { recoveryCode } = await tested.get('vault.create', unlock);
    expect(await tested.get('recovery.verify', { code: bytesOf(recoveryCode) })).toEqual({ matches: true });
    expect(await tested.get('recovery.verify', { code: bytesOf(recoveryCode.toLowerCase()) })).toEqual({
      matches: true,
    });
    expect(await tested.get('recovery.verify', { code: bytesOf('0000-0000') })).toEqual({ matches: false });
    const wrong = await tested.call('recovery.renew', { password: bytesOf('wrong') });
    expect(wrong).toMatchObject({ error: { kind: 'wrong-password' } });
  });
});

describe('locking', () => {
  it('is told, ends drafts, and happens by itself when nobody is there', async () => {
    const ports = await nodePorts({ targetMs: 0 });
    let ahead = 0;
    const clock = { ...ports.clock, nowMs: () => ports.clock.nowMs() + ahead };
    const onLocked = vi.fn<() => void>();
    const tested = keep(await unlockedAgent({ ports: { ...ports, clock }, onLocked }));
    const events: EventName[] = [];
    tested.agent.onAny((event) => events.push(event));
    const { locksAtMs } = tested.agent.state();
    expect(locksAtMs).toBeGreaterThan(clock.nowMs() + 4 * 60_000);
    ahead = 4 * 60_000;
    await tested.get('overview.read', {}, 'window');
    ahead = 8 * 60_000;
    await tested.get('state.read', {}, 'window');
    await tested.get('overview.read', {}, 'shell');
    expect(tested.agent.state().vault).toBe('unlocked');
    ahead = 9 * 60_000 + 30_000;
    // The machine slept: whoever comes first after that finds the vault locked.
    expect(await tested.call('overview.read', {}, 'window')).toMatchObject({ error: { kind: 'locked' } });
    expect(onLocked).toHaveBeenCalledTimes(1);
    expect(events).toContain('state.changed');
    expect(tested.agent.state()).toMatchObject({ vault: 'locked', locksAtMs: null, keys: 0 });
  });

  it('waits for no other call', async () => {
    const tested = keep(await unlockedAgent());
    const slow = tested.call('password.change', {
      current: bytesOf(testPassword),
      next: bytesOf('next password'),
    });
    await tested.get('vault.lock', {}, 'shell');
    expect(tested.agent.state().vault).toBe('locked');
    expect(await slow).toMatchObject({ ok: false, error: { kind: 'locked' } });
    await tested.get('vault.unlock', unlock);
  });
});

describe('settings', () => {
  it('are kept beside the vault, told, and read anew when another process changed them', async () => {
    const tested = keep(await unlockedAgent());
    const told: unknown[] = [];
    tested.agent.on('settings.changed', (payload) => told.push(payload.theme));
    await tested.get('settings.change', { theme: 'dark', lockAfterMinutes: 1 });
    expect(told).toEqual(['dark']);
    const other = keep(await newAgent({ home: tested.home }));
    await other.get('settings.change', { theme: 'light' });
    expect(await tested.get('settings.read', {})).toMatchObject({ theme: 'light', lockAfterMinutes: 1 });
  });

  it('that cannot be read are not written over, and doctor says so', async () => {
    const tested = keep(await newAgent());
    const file = join(tested.home, 'settings.json');
    writeFileSync(file, '{"theme": broken');
    expect(await tested.get('settings.read', {})).toMatchObject({ theme: 'system' });
    expect(await tested.call('settings.change', { theme: 'dark' })).toMatchObject({
      error: { kind: 'refused' },
    });
    expect(readFileSync(file, 'utf8')).toBe('{"theme": broken');
    const { checks } = await tested.get('doctor.run', {});
    expect(checks.find(({ name }) => name === 'settings')).toMatchObject({ ok: false });
  });
});

describe('import and export', () => {
  const source = (pair: string): string =>
    `# settings\nPORT=8080\nCIRCA_API_KEY="${live}"\nCIRCA_TEAM_ID=${pair}\nSTRIPE_SECRET_KEY='aVeryInvented$ecret value'\nEMPTY=\nnot a line\n`;
  const team = '0f0e0d0c-0b0a-4908-8706-050403020100';

  it('give back what a file held', async () => {
    const tested = keep(await unlockedAgent());
    const place = await placeOf(tested);
    const target = { projectId: place.projectId, environmentId: place.environments.get('staging')! };
    const path = join(tested.home, 'app.env');
    writeFileSync(path, source(team));
    const preview = await tested.get('import.previewPath', { path, ...target });
    expect(JSON.stringify(preview)).not.toContain(live.slice(20));
    expect(preview.rows.map(({ names, as, provider }) => [names.join(), as, provider?.id ?? null])).toEqual([
      ['PORT', 'variable', null],
      ['CIRCA_API_KEY,CIRCA_TEAM_ID', 'key', 'circa'],
      ['STRIPE_SECRET_KEY', 'key', null],
      ['EMPTY', 'variable', null],
    ]);
    expect(preview.unread).toEqual([{ line: 7, reason: expect.stringContaining('NAME=value') }]);
    const result = await tested.get('import.apply', {
      previewId: preview.previewId,
      ...target,
      choices: [{ index: 1, as: 'key', name: 'circa staging' }],
    });
    expect(result).toMatchObject({ imported: 4, keys: 2, variables: 2 });
    expect(result.warnings.map(({ code }) => code)).toContain('live-outside-production');
    const keys = await tested.get('keys.list', {});
    expect(keys.map(({ name, kind, variables }) => [name, kind, variables.join()])).toEqual([
      ['circa staging', 'live', 'CIRCA_API_KEY,CIRCA_TEAM_ID'],
      ['STRIPE_SECRET_KEY', 'unknown', 'STRIPE_SECRET_KEY'],
    ]);
    const { bytes } = await tested.get('export.render', {
      environmentId: target.environmentId,
      format: 'dotenv',
    });
    const lines = source(team)
      .split('\n')
      .filter((line) => line !== 'not a line')
      .join('\n');
    expect(parseDotenv(Buffer.from(bytes))).toEqual(parseDotenv(lines));
    // Once applied, the preview and its values are gone.
    expect(
      await tested.call('import.apply', { previewId: preview.previewId, ...target, choices: [] }),
    ).toMatchObject({ error: { kind: 'not-found' } });
  });

  it('take in the same file once: what is there already is left out with its reason', async () => {
    const tested = keep(await unlockedAgent());
    const place = await placeOf(tested);
    const target = { projectId: place.projectId, environmentId: place.environments.get('staging')! };
    const path = join(tested.home, 'app.env');
    writeFileSync(path, source(team));
    for (const round of [1, 2]) {
      const preview = await tested.get('import.previewPath', { path, ...target });
      const codes = preview.rows.flatMap(({ warnings }) => warnings.map(({ code }) => code));
      expect(codes.includes('value-known')).toBe(round === 2);
      const result = await tested.get('import.apply', {
        previewId: preview.previewId,
        ...target,
        choices: [],
      });
      expect(result.keys).toBe(round === 1 ? 2 : 0);
      expect(result.skipped).toHaveLength(round === 1 ? 0 : 2);
    }
    expect(await tested.get('keys.list', {})).toHaveLength(2);
    expect(await tested.get('variables.list', { environmentId: target.environmentId })).toHaveLength(2);
  });

  it('can be stopped, and say how far they came', async () => {
    const tested = keep(await unlockedAgent());
    const place = await placeOf(tested);
    const target = { projectId: place.projectId, environmentId: place.environments.get('ci')! };
    const path = join(tested.home, 'many.env');
    const lines = Array.from(
      { length: 300 },
      (_, index) => `TOKEN_${String(index)}=s3cr3t-${String(index)}-qXr7ZpLw9vB2`,
    );
    writeFileSync(path, lines.join('\n'));
    const preview = await tested.get('import.previewPath', { path, ...target });
    const ends: (string | null)[] = [];
    tested.agent.on('task.progress', ({ taskId, done, total, ended }) => {
      expect(total).toBe(300);
      ends.push(ended);
      if (done >= 100) void tested.call('task.cancel', { taskId });
    });
    const result = await tested.get('import.apply', { previewId: preview.previewId, ...target, choices: [] });
    expect(result.imported).toBeGreaterThanOrEqual(100);
    expect(result.imported).toBeLessThan(300);
    expect(result.imported + result.skipped.length).toBe(300);
    expect(ends.at(-1)).toMatch(/^Imported \d+ keys/);
    expect(await tested.get('keys.list', {})).toHaveLength(result.imported);
  });

  it('write a file for its owner alone, over nothing unasked, and into no git work tree that would take it', async () => {
    const tested = keep(await unlockedAgent());
    await addKey(tested, 'data');
    const environmentId = (await placeOf(tested)).environments.get('production')!;
    const path = join(tested.home, 'out.env');
    const input = { environmentId, format: 'dotenv' as const, path, overwrite: false, allowGit: false };
    const written = await tested.get('export.writePath', input);
    expect(written).toMatchObject({ variables: 1, bytes: statSync(path).size });
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toBe(`CIRCA_API_KEY=${live}\n`);
    expect(await tested.call('export.writePath', input)).toMatchObject({ error: { kind: 'already-exists' } });
    expect(await tested.call('export.writePath', { ...input, overwrite: true })).toMatchObject({ ok: true });
    expect(await tested.call('export.writePath', { ...input, path: 'relative.env' })).toMatchObject({
      error: { kind: 'bad-input' },
    });
    const repository = join(tested.home, 'repository');
    mkdirSync(join(repository, '.git'), { recursive: true });
    const inside = { ...input, path: join(repository, '.env') };
    expect(await tested.call('export.writePath', inside)).toMatchObject({ error: { kind: 'refused' } });
    expect(existsSync(inside.path)).toBe(false);
  });

  it('name in a preview what keeps an environment from being written', async () => {
    const tested = keep(await unlockedAgent());
    await addKey(tested, 'one');
    await addKey(tested, 'two', 'another value');
    const place = await placeOf(tested);
    const environmentId = place.environments.get('production')!;
    const id = (await tested.get('keys.list', {}))[1]!.id;
    const preview = await tested.get('export.preview', { environmentId, format: 'dotenv' });
    expect(preview).toMatchObject({ problems: [], movesMoney: 1 });
    await tested.get('keys.edit', { id, variables: { secret: 'CIRCA_API_KEY' } });
    const clash = await tested.get('export.preview', { environmentId, format: 'dotenv' });
    expect(clash.problems).toEqual([expect.stringMatching(/the key one and from the key two/)]);
    expect(await tested.call('export.render', { environmentId, format: 'dotenv' })).toMatchObject({
      error: { kind: 'conflict' },
    });
  });
});

describe('backup and restore', () => {
  it('bring everything back elsewhere and overwrite nothing', async () => {
    const tested = keep(await unlockedAgent());
    await addKey(tested, 'data');
    const path = join(tested.home, 'a.backup');
    expect(await tested.get('backup.writePath', { path })).toMatchObject({
      file: path,
      keys: 1,
      bytes: statSync(path).size,
    });
    expect(await tested.call('backup.writePath', { path })).toMatchObject({
      error: { kind: 'already-exists' },
    });
    const restore = { path, password: bytesOf(testPassword) };
    expect(await tested.call('restore.readPath', restore)).toMatchObject({
      error: { kind: 'already-exists' },
    });
    const fresh = keep(await newAgent());
    rmSync(fresh.home, { recursive: true });
    expect(await fresh.call('restore.readPath', { path, password: bytesOf('wrong') })).toMatchObject({
      error: { kind: 'wrong-password' },
    });
    expect(await fresh.get('restore.readPath', restore)).toMatchObject({ keys: 1 });
    await fresh.get('vault.unlock', unlock);
    const id = (await fresh.get('keys.list', {}))[0]!.id;
    expect(await fresh.get('keys.reveal', { id, field: 'secret' })).toEqual({ value: live });
  });
});

describe('the state', () => {
  it('says what stands where the vault should be', async () => {
    const tested = keep(await newAgent());
    expect(tested.agent.state()).toMatchObject({ vault: 'missing', problem: null });
    expect(await tested.call('vault.unlock', unlock)).toMatchObject({ error: { kind: 'no-vault' } });
    writeFileSync(join(tested.home, 'vault.keyturn'), 'something else');
    expect(tested.agent.state()).toMatchObject({ vault: 'unreadable', problem: { kind: 'not-a-vault' } });
    expect(await tested.call('vault.create', unlock)).toMatchObject({ error: { kind: 'already-exists' } });
    const { checks } = await tested.get('doctor.run', {});
    expect(checks.find(({ name }) => name === 'vault')).toMatchObject({ ok: false });
  });

  it('counts what is there', async () => {
    const tested = keep(await unlockedAgent());
    await addKey(tested, 'a');
    await addKey(tested, 'b', 'other');
    const id = await addKey(tested, 'c', 'third');
    await tested.get('keys.remove', { id, confirmName: 'c' });
    expect(tested.agent.state()).toMatchObject({ keys: 2, environments: 5, damaged: 0, demo: false });
    expect(await tested.get('overview.read', {})).toMatchObject({ keys: 2, removed: 1 });
  });

  it.runIf(process.platform !== 'win32')(
    'of a folder that others may look into is a matter for doctor',
    async () => {
      const tested = keep(await unlockedAgent());
      chmodSync(tested.home, 0o755);
      const { checks } = await tested.get('doctor.run', {});
      expect(checks.find(({ name }) => name === 'folder')).toMatchObject({
        ok: false,
        hint: expect.stringContaining('chmod 700'),
      });
    },
  );
});

describe('a record of a later version', () => {
  it('is kept through every change, and doctor counts it', async () => {
    const tested = keep(await unlockedAgent());
    await tested.get('vault.lock', {});
    const ports = await nodePorts({ targetMs: 0 });
    const vault = await unlockVault(ports, join(tested.home, 'vault.keyturn'), {
      password: SecretBytes.fromText(testPassword),
    });
    if (!vault.ok) throw new Error(vault.error.message);
    const later = vault.value.newId();
    vault.value.commit(
      [{ op: 'put', table: 'meta', id: later, body: { type: 'policy', days: 90 }, expected: 0 }],
      [],
    );
    vault.value.close();
    await tested.get('vault.unlock', unlock);
    await addKey(tested, 'data');
    const { checks } = await tested.get('doctor.run', {});
    expect(checks.find(({ name }) => name === 'versions')).toMatchObject({
      ok: false,
      hint: expect.stringContaining('1 record'),
    });
    await tested.get('vault.lock', {});
    const again = await unlockVault(ports, join(tested.home, 'vault.keyturn'), {
      password: SecretBytes.fromText(testPassword),
    });
    if (!again.ok) throw new Error(again.error.message);
    expect(again.value.records().get(later)?.body).toEqual({ type: 'policy', days: 90 });
    again.value.close();
  });
});

describe('the demo', () => {
  it('is made of invented keys of the four systems, marked as such, and exports', async () => {
    const tested = keep(await newAgent({ demo: true }));
    await tested.get('demo.create', {}, 'shell');
    const { projects } = await tested.get('overview.read', {});
    expect(projects.map(({ name }) => name)).toEqual(['Demo']);
    const keys = await tested.get('keys.list', {});
    expect(new Set(keys.map(({ provider }) => provider))).toEqual(
      new Set(['circle-mint', 'circle-w3s', 'appcircle', 'circa']),
    );
    expect(keys.every(({ tags }) => tags.includes('demo'))).toBe(true);
    expect(keys.some(({ handedTo }) => handedTo.includes('Integral'))).toBe(true);
    expect(keys.some(({ status }) => status.state === 'expired')).toBe(true);
    expect(keys.filter(({ warnings }) => warnings.length > 0).length).toBeGreaterThan(3);
    for (const { id: environmentId } of projects[0]!.environments) {
      expect(await tested.get('export.preview', { environmentId, format: 'dotenv' })).toMatchObject({
        problems: [],
      });
    }
    await tested.get('vault.lock', {});
    await tested.get('vault.unlock', { password: bytesOf(demoPassword) });
    await tested.get('demo.create', {}, 'shell');
    expect(await tested.get('keys.list', {})).toHaveLength(keys.length);
  });

  it('is never made in a folder that is not the demo’s', async () => {
    const tested = keep(await unlockedAgent());
    await addKey(tested, 'precious');
    expect(await tested.call('demo.create', {}, 'shell')).toMatchObject({ error: { kind: 'refused' } });
    expect(await tested.get('keys.list', {})).toHaveLength(1);
  });
});

describe('a bug', () => {
  it('is an id to report, and tells nothing of what it was about', async () => {
    const ports = await nodePorts({ targetMs: 0 });
    const hash = (): never => {
      throw new Error(`of ${live}\n    at ${live}`);
    };
    const tested = keep(await newAgent({ ports: { ...ports, aead: { ...ports.aead, hash } } }));
    const result = await tested.call('clipboard.mark', { value: bytesOf(live) }, 'shell');
    expect(result).toMatchObject({
      ok: false,
      error: { kind: 'internal', reportId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(tested.bugs).toHaveLength(1);
    expect(tested.bugs[0]?.where.length).toBeGreaterThan(2);
    expect(JSON.stringify([result, tested.bugs])).not.toContain(live);
  });
});
