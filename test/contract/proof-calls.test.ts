// A new vault key and a rescue, as the app and the command line come to them.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bytesOf,
  newAgent,
  placeOf,
  testPassword,
  unlockedAgent,
  type TestAgent,
} from '../support/agents.ts';
import { newHome, sample } from '../support/cli.ts';

describe('a new vault key', () => {
  let tested: TestAgent;
  let environmentId: string;
  let projectId: string;
  beforeEach(async () => {
    tested = await unlockedAgent();
    const place = await placeOf(tested);
    projectId = place.projectId;
    environmentId = [...place.environments.values()][0] as string;
  });
  afterEach(() => tested.remove());

  const value = sample.anything();
  const add = (name: string, secret = value) =>
    tested.get('keys.add', {
      projectId,
      environmentIds: [environmentId],
      facts: { name },
      fields: [{ name: 'secret', value: bytesOf(secret), variable: `${name.toUpperCase()}_KEY` }],
    });

  it('keeps keys and values, still tells equal ones apart, and makes the old code worthless', async () => {
    const first = await add('one');
    await add('two', sample.anything());
    const steps: number[] = [];
    tested.agent.on('task.progress', ({ label, done, cancellable }) => {
      if (label.includes('vault key') && cancellable) steps.push(done);
    });
    const before = await tested.get('recovery.renew', { password: bytesOf(testPassword) });
    const { recoveryCode } = await tested.get('vault.replaceKey', { password: bytesOf(testPassword) });
    expect(steps.length).toBeGreaterThan(2);
    const matches = async (code: string): Promise<boolean> =>
      (await tested.get('recovery.verify', { code: bytesOf(code) })).matches;
    expect([await matches(recoveryCode), await matches(before.recoveryCode)]).toEqual([true, false]);
    expect((await tested.get('keys.reveal', { id: first.id, field: 'secret' })).value).toBe(value);
    const again = await add('three');
    expect(again.warnings.map(({ code }) => code)).toContain('same-value');
    const backups = await tested.get('backup.list', {});
    expect(JSON.stringify(backups)).toContain('before-key');
    expect(tested.bugs).toEqual([]);
  });

  it('can be stopped, and then nothing has changed', async () => {
    await add('one');
    const verify = await tested.get('recovery.renew', { password: bytesOf(testPassword) });
    tested.agent.on('task.progress', ({ taskId, label }) => {
      if (label.includes('vault key')) void tested.call('task.cancel', { taskId });
    });
    const stopped = await tested.call('vault.replaceKey', { password: bytesOf(testPassword) });
    expect(stopped).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect((await tested.get('recovery.verify', { code: bytesOf(verify.recoveryCode) })).matches).toBe(true);
    const wrong = await tested.call('vault.replaceKey', { password: bytesOf('not it') });
    expect(wrong).toMatchObject({ ok: false, error: { kind: 'wrong-password' } });
  });

  it('locks another window that has the vault open, in words', async () => {
    const other = await newAgent({ home: tested.home });
    await other.get('vault.unlock', { password: bytesOf(testPassword) });
    await tested.get('vault.replaceKey', { password: bytesOf(testPassword) });
    const refused = await other.call('overview.read', {});
    expect(refused).toMatchObject({ ok: false, error: { kind: 'locked' } });
    await expect
      .poll(async () => (await other.get('state.read', {})).vault, { timeout: 5_000 })
      .toBe('locked');
    await other.get('vault.unlock', { password: bytesOf(testPassword) });
    expect((await other.get('state.read', {})).problem).toBeNull();
    other.agent.close();
  });
});

describe('keyturn doctor --rescue', () => {
  it('saves all but the damaged value into a new vault, names it, and exits with 4', async () => {
    const home = newHome();
    try {
      await home.json(['init']);
      const values = new Map(['mail', 'pay', 'map'].map((name) => [name, sample.anything()]));
      for (const [name, value] of values)
        await home.json(['add', name, '--env', 'production', '--value-stdin'], { stdin: value });
      const file = join(home.folder, 'home', 'vault.keyturn');
      const editor = new DatabaseSync(file);
      editor.exec(
        'UPDATE secret SET sealed = zeroblob(200) WHERE id = (SELECT id FROM secret ORDER BY id LIMIT 1)',
      );
      editor.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      editor.close();
      const listed = await home.run(['list']);
      expect([listed.code, listed.err.includes('damaged')]).toEqual([4, true]);
      const before = readFileSync(file);
      type Rescued = { file: string; keys: number; lost: { what: string; reason: string }[] };
      const to = join(home.folder, 'rescued.keyturn');
      const rescued = await home.json<Rescued>(['doctor', '--rescue', to], { code: 4 });
      expect([rescued.file, rescued.keys, rescued.lost.length]).toEqual([to, 3, 1]);
      expect(readFileSync(file).equals(before)).toBe(true);
      const lost = [...values.keys()].find((name) => rescued.lost[0]?.what === `value of key ${name}`);
      expect(lost).toBeDefined();
      copyFileSync(to, file);
      for (const [name, value] of values) {
        const shown = await home.run(['reveal', name, '--yes']);
        expect([name, shown.code, shown.out.trim()]).toEqual(
          name === lost ? [name, shown.code, ''] : [name, 0, value],
        );
        if (name === lost) expect(shown.code).not.toBe(0);
      }
    } finally {
      home.remove();
    }
  }, 120_000);
});
