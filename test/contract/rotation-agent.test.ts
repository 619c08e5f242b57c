// Turns by the real agent on a real vault, against providers on loopback: overlap, swap, by hand; files kept up to date; undone, given up, taken up
// again by the next process.
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleKey } from '../support/key-samples.ts';
import {
  bytesOf,
  newAgent,
  placeOf,
  testPassword,
  unlockedAgent,
  type TestAgent,
} from '../support/agents.ts';
import { gitlabServer, type GitLabServer } from '../support/turning/servers/gitlab.ts';
import { neonValue, smallNeon, type SmallNeon } from '../support/turning/small-neon.ts';

let tested: TestAgent;
let neon: SmallNeon;
let gitlab: GitLabServer;

beforeEach(async () => {
  [tested, neon, gitlab] = await Promise.all([unlockedAgent(), smallNeon(), gitlabServer()]);
  await tested.get('providers.configure', { id: 'neon', baseUrl: neon.url });
  await tested.get('providers.configure', { id: 'gitlab', baseUrl: gitlab.url });
});
afterEach(async () => {
  tested.remove();
  await Promise.all([neon.close(), gitlab.close()]);
});

const environment = async (): Promise<string> => (await placeOf(tested)).environments.get('production')!;

const add = async (name: string, provider: string, value: string, more: object = {}): Promise<string> => {
  const place = await placeOf(tested);
  const { id } = await tested.get('keys.add', {
    projectId: place.projectId,
    environmentIds: [place.environments.get('production')!],
    facts: { name, provider, kind: 'live', ...more },
    fields: [{ name: 'secret', value: bytesOf(value) }],
  });
  return id;
};

const reveal = async (id: string): Promise<string> =>
  (await tested.get('keys.reveal', { id, field: 'secret' })).value;

const followed = async (id: string) => tested.get('rotation.follow', { id });

/** Everything that left, and everything that is kept in clear: none of it may hold a value. */
const noSecretIn = (thing: unknown, ...values: readonly string[]): void => {
  for (const value of values) expect(JSON.stringify(thing)).not.toContain(value);
};

describe('a key that makes its own successor', () => {
  it('is turned: planned, made, kept, tested, current, the old one revoked and seen dead', async () => {
    const old = neon.add('db');
    const id = await add('db', 'neon', old.value);
    const plan = await tested.get('rotation.plan', { keyId: id });
    expect(plan).toMatchObject({ way: 'personal', shape: 'overlap', overlap: true, blockers: [] });
    expect(plan.steps.map(({ step }) => step)).toEqual([
      'plan',
      'create',
      'keep',
      'test',
      'deliver',
      'promote',
      'revoke',
      'prove',
      'done',
    ]);
    expect(neon.alive()).toHaveLength(1);
    const started = await tested.get('rotation.start', { keyId: id });
    expect(started).toMatchObject({
      keyId: id,
      keyName: 'db',
      step: 'plan',
      state: 'running',
      outcome: null,
    });
    const done = await followed(started.id);
    expect(done).toMatchObject({ state: 'done', outcome: { kind: 'turned' }, way: 'personal' });
    expect(done.deadAtMs).not.toBeNull();
    expect(neon.alive()).toHaveLength(1);
    const [made] = neon.alive();
    expect(await reveal(id)).toBe(made!.value);
    expect(old.gone).toBe(true);
    const { versionList, summary, history } = await tested.get('keys.read', { id });
    expect(versionList.map(({ number, current }) => [number, current])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(summary.status.state).toBe('valid');
    expect(history.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['key-turn-begun', 'key-turn-kept', 'key-turned', 'key-turn-ended']),
    );
    noSecretIn([plan, started, done, history], old.value, made!.value);
    expect(tested.bugs).toEqual([]);
    // What it is called at the provider is remembered, so that the next turn knows which one is the old one.
    const again = await tested.get('rotation.start', { keyId: id });
    expect(await followed(again.id)).toMatchObject({ outcome: { kind: 'turned' } });
    expect(made!.gone).toBe(true);
    expect((await tested.get('rotation.list', { keyId: id })).map(({ id: each }) => each)).toEqual([
      again.id,
      started.id,
    ]);
  });

  it('brings the files up to date that were written from its environment, and no others', async () => {
    const old = neon.add('db');
    const id = await add('db', 'neon', old.value);
    const [kept, forgotten, byHand] = ['a.env', 'b.env', 'c.env'].map((name) => join(tested.home, name));
    for (const [path, track] of [
      [kept, true],
      [forgotten, false],
      [byHand, true],
    ] as const)
      await tested.get('export.writePath', {
        environmentId: await environment(),
        format: 'dotenv',
        path: path!,
        overwrite: false,
        allowGit: true,
        track,
      });
    const comment = '# mine\r\nOTHER="x" # stays\n';
    writeFileSync(kept!, comment + readFileSync(kept!, 'utf8'));
    chmodSync(kept!, 0o640);
    const [variable] = /^[A-Z_]+(?==)/m.exec(readFileSync(byHand!, 'utf8'))!;
    writeFileSync(byHand!, `${variable}=another\n`);
    const { id: turn } = await tested.get('rotation.start', { keyId: id });
    const waiting = await followed(turn);
    // The file that was changed by hand is a person's: until they say so the old key lives.
    expect(waiting).toMatchObject({ state: 'needs-you', step: 'revoke', outcome: null });
    const made = neon.alive().find(({ value }) => value !== old.value);
    expect(readFileSync(kept!, 'utf8')).toBe(`${comment}${variable}=${made!.value}\n`);
    expect(statSync(kept!).mode & 0o777).toBe(0o640);
    expect(readFileSync(byHand!, 'utf8')).toBe(`${variable}=another\n`);
    expect(readFileSync(forgotten!, 'utf8')).toContain(old.value);
    expect(old.gone).toBe(false);
    const task = waiting.tasks.find(({ kind }) => kind === 'file');
    expect(task!.title).toContain('c.env');
    await tested.get('rotation.task', { id: turn, taskId: task!.id, done: true });
    expect(await followed(turn)).toMatchObject({ outcome: { kind: 'turned' } });
    expect(old.gone).toBe(true);
  });

  it('waits for its grace over a new process, and is undone until the old key is revoked', async () => {
    const old = neon.add('db');
    const id = await add('db', 'neon', old.value);
    const { id: turn } = await tested.get('rotation.start', { keyId: id, graceMs: 3_600_000 });
    expect(await followed(turn)).toMatchObject({ state: 'waiting', step: 'grace', canUndo: true });
    expect(neon.alive()).toHaveLength(2);
    expect(await tested.call('keys.remove', { id, confirmName: 'db' })).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
    expect(await tested.get('keys.emptyVersions', { id })).toEqual({ emptied: 0 });
    expect(await tested.get('rotation.calendar', {})).toMatchObject([
      { keyId: id, why: 'grace-ends', rotationId: turn },
    ]);
    tested.agent.close();
    const next = await newAgent({ home: tested.home });
    await next.get('vault.unlock', { password: bytesOf(testPassword) });
    expect(await next.get('rotation.read', { id: turn })).toMatchObject({ state: 'waiting', step: 'grace' });
    await next.get('rotation.undo', { id: turn });
    expect(await next.get('rotation.follow', { id: turn })).toMatchObject({ outcome: { kind: 'undone' } });
    expect((await next.get('keys.reveal', { id, field: 'secret' })).value).toBe(old.value);
    expect(neon.alive()).toEqual([old]);
    expect(await next.call('rotation.undo', { id: turn })).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
    next.agent.close();
  });

  it('asks which key is the old one where its name is not known there, and takes the answer', async () => {
    const old = neon.add('something else');
    const other = neon.add('another');
    const id = await add('db', 'neon', old.value);
    const plan = await tested.get('rotation.plan', { keyId: id });
    expect(plan.choices.map(({ name }) => name)).toEqual(['something else', 'another']);
    expect(plan.blockers).toHaveLength(1);
    const { id: turn } = await tested.get('rotation.start', { keyId: id, oldRemoteId: String(old.id) });
    expect(await followed(turn)).toMatchObject({ outcome: { kind: 'turned' } });
    expect(old.gone).toBe(true);
    expect(other.gone).toBe(false);
  });

  it('does nothing while offline is on', async () => {
    const id = await add('db', 'neon', neon.add('db').value);
    await tested.get('settings.change', { offline: true });
    expect(await tested.call('rotation.start', { keyId: id })).toMatchObject({
      ok: false,
      error: { kind: 'refused', message: expect.stringContaining('Offline') as never },
    });
    expect(neon.seen).toEqual([]);
  });

  it('is turned once at a time, by one process at a time', async () => {
    const id = await add('db', 'neon', neon.add('db').value);
    const { id: turn } = await tested.get('rotation.start', { keyId: id, graceMs: 60_000_000 });
    expect(await tested.call('rotation.start', { keyId: id })).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
    await followed(turn);
    const other = await newAgent({ home: tested.home });
    await other.get('vault.unlock', { password: bytesOf(testPassword) });
    const both = await Promise.all([
      tested.call('rotation.undo', { id: turn }),
      other.call('rotation.undo', { id: turn }),
    ]);
    expect(both.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
    for (const result of both)
      if (!result.ok) expect(['busy', 'refused', 'conflict']).toContain(result.error.kind);
    await Promise.all([followed(turn), other.get('rotation.follow', { id: turn })]);
    await tested.get('rotation.resume', {});
    expect(neon.alive()).toHaveLength(1);
    expect(neon.seen.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
    other.agent.close();
  });
});

describe('a token that is replaced in place', () => {
  it('is kept before anything else, and is current at once', async () => {
    const old = gitlab.add();
    const id = await add('ci', 'gitlab', old.value, { expiresOn: old.expiresAt });
    const plan = await tested.get('rotation.plan', { keyId: id });
    expect(plan).toMatchObject({ shape: 'swap', overlap: false, blockers: [] });
    expect(plan.consequences.join(' ')).toContain('The way back then');
    const { id: turn } = await tested.get('rotation.start', { keyId: id });
    expect(await followed(turn)).toMatchObject({ outcome: { kind: 'turned' } });
    const value = await reveal(id);
    expect(value).not.toBe(old.value);
    expect(gitlab.isAlive(value)).toBe(true);
    expect(gitlab.familiesKilled()).toBe(0);
  });

  it('is lost where the answer never comes: said at once, with the way back, and the call is never repeated', async () => {
    const old = gitlab.add();
    const id = await add('ci', 'gitlab', old.value);
    gitlab.failNext('cut-after', ({ method }) => method === 'POST');
    const { id: turn } = await tested.get('rotation.start', { keyId: id });
    const done = await followed(turn);
    expect(done.outcome).toMatchObject({ kind: 'lost' });
    expect(done.outcome!.next).toContain('Create a new token');
    expect(gitlab.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(gitlab.familiesKilled()).toBe(0);
  }, 120_000);
});

describe('a key that is made by hand', () => {
  const circa = (seed: number): string => sampleKey('circa', 'live', seed);

  it('goes from the old key to the new one by tasks, and takes no wrong value', async () => {
    const id = await add('billing', 'circa', circa(1));
    await tested.get('keys.handOver', {
      id,
      consumer: { name: 'Ann', purpose: 'books', handedOn: '2026-01-01', exception: null },
    });
    const { id: turn } = await tested.get('rotation.start', { keyId: id });
    const waiting = await followed(turn);
    expect(waiting).toMatchObject({ shape: 'guided', state: 'needs-you', step: 'create', wantsValue: true });
    expect(waiting.tasks.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['portal', 'paste', 'consumer']),
    );
    const paste = (value: string) =>
      tested.call('rotation.paste', { id: turn, fields: [{ name: 'secret', value: bytesOf(value) }] });
    for (const wrong of [circa(1), circa(2).slice(0, 20), sampleKey('circa', 'test', 3)]) {
      const refused = await paste(wrong);
      expect(refused).toMatchObject({ ok: false, error: { kind: 'bad-input' } });
      noSecretIn(refused, wrong);
    }
    const { draftId } = await tested.get('draft.begin', { text: circa(2), provider: 'circa' });
    await tested.get('rotation.paste', { id: turn, draftId });
    const after = await followed(turn);
    expect(after).toMatchObject({ wantsValue: false, step: 'test' });
    await tested.get('rotation.giveUp', { id: turn, confirmName: 'billing' });
    const ended = await tested.get('rotation.read', { id: turn });
    expect(ended).toMatchObject({ state: 'done', outcome: { kind: 'stopped' } });
    // Nothing that was kept is lost: the new value stands among the versions, the old one is current.
    expect(await reveal(id)).toBe(circa(1));
    expect((await tested.get('keys.read', { id })).versionList).toHaveLength(2);
    noSecretIn([waiting, after, ended], circa(1), circa(2));
  });
});

describe('a pair of roles', () => {
  const url = (user: string): string => `postgres://${user}:${neonValue()}@127.0.0.1:5432/app`;
  const addRole = async (name: string, value: string): Promise<string> => {
    const place = await placeOf(tested);
    const { id } = await tested.get('keys.add', {
      projectId: place.projectId,
      environmentIds: [place.environments.get('production')!],
      facts: { name, provider: 'postgres', kind: 'live' },
      fields: [{ name: 'url', value: bytesOf(value) }],
    });
    return id;
  };
  const planned = (keyId: string, otherUser?: string) =>
    tested.get('rotation.plan', {
      keyId,
      way: 'two-roles',
      local: true,
      ...(otherUser === undefined ? {} : { inputs: { otherUser } }),
    });

  it('is told apart by what stands in connection strings: not the key’s own role, and after a turn the one before', async () => {
    const keyId = await addRole('program', url('app_a'));
    await addRole('manager', url('manager'));
    expect((await planned(keyId, 'app_a')).blockers.map(({ message }) => message)).toEqual([
      'The other role: app_a is the one of this key itself.',
    ]);
    const started = await tested.call('rotation.start', {
      keyId,
      way: 'two-roles',
      inputs: { otherUser: 'app_a' },
    });
    expect(started).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect((await planned(keyId, 'app_b')).blockers).toEqual([]);
    // As a turn leaves it: the key is of the other role, and that one is remembered as the other still.
    await tested.get('keys.replace', { id: keyId, fields: [{ name: 'url', value: bytesOf(url('app_b')) }] });
    const after = await planned(keyId, 'app_b');
    expect(after.blockers).toEqual([]);
    expect(after.ways.find(({ id }) => id === 'two-roles')?.inputs[0]?.value).toBe('app_a');
    noSecretIn(after, 'postgres://');
  });
});
