// Every call of the contract against the real agent: valid, invalid, from the wrong sender, while locked. A call that is added
// without a valid example here does not compile.
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentCallName } from '../../src/agent/handler.ts';
import type { Caller } from '../../src/contract/call.ts';
import { calls, callNames, specOf, type CallInput, type CallName } from '../../src/contract/contract.ts';
import { admit } from '../../src/contract/door.ts';
import { shellCallNames, windowCallNames, windowEventNames } from '../../src/contract/window-call-names.ts';
import { events } from '../../src/contract/events.ts';
import { errorKinds } from '../../src/core/model/app-error.ts';
import type { Result } from '../../src/core/model/result.ts';
import { sampleKey } from '../support/key-samples.ts';
import {
  bytesOf,
  newAgent,
  placeOf,
  testPassword,
  unlockedAgent,
  type Place,
  type TestAgent,
} from '../support/agents.ts';

const agentNames = callNames.filter((name) => specOf(name).room === 'agent') as AgentCallName[];
const everyCaller: readonly Caller[] = ['window', 'command-line', 'shell'];

const secret = sampleKey('circa', 'live', 7);
const inHouse = resolve(import.meta.dirname, '../fixtures/providers/in-house-api.json');
const file = (home: string, name: string): string => join(home, name);

type Fixture = {
  readonly tested: TestAgent;
  readonly place: Place;
  readonly environmentId: string;
  readonly recoveryCode: string;
  /** A new key of its own name. */
  readonly key: () => Promise<string>;
  readonly draft: () => Promise<string>;
  readonly preview: () => Promise<string>;
};

const field = (): NonNullable<CallInput<'keys.add'>['fields']> => [
  { name: 'secret', value: bytesOf(secret) },
];

let count = 0;
const fresh = (): string => {
  count += 1;
  return `thing ${String(count)}`;
};

const makeFixture = async (tested: TestAgent, recoveryCode: string): Promise<Fixture> => {
  const place = await placeOf(tested);
  const environmentId = place.environments.get('production')!;
  const { get } = tested;
  return {
    tested,
    place,
    environmentId,
    recoveryCode,
    key: async () => {
      const facts = { name: fresh() };
      const environmentIds = [environmentId];
      return (await get('keys.add', { projectId: place.projectId, environmentIds, facts, fields: field() }))
        .id;
    },
    draft: async () => (await get('draft.begin', { text: secret })).draftId,
    preview: async () => {
      const path = file(tested.home, 'a.env');
      writeFileSync(path, `PORT=1\nCIRCA_API_KEY=${secret}\n`);
      const target = { projectId: place.projectId, environmentId };
      return (await get('import.previewPath', { path, ...target })).previewId;
    },
  };
};

/** A turn by hand that waits for its new value. */
const turnOf = async ({ tested, key }: Fixture): Promise<string> => {
  const { id } = await tested.get('rotation.start', { keyId: await key() });
  await tested.get('rotation.follow', { id });
  return id;
};

/** A folder beside the vault: the vault's own is never read. */
const scanFolder = ({ tested }: Fixture): string => {
  const folder = `${tested.home}-pasted`;
  mkdirSync(folder, { recursive: true });
  return folder;
};

const unknownSecret = (): string => {
  count += 1;
  return sampleKey('stripe', 'secret-live', 100 + count);
};

/** The finding of a value that was pasted into a file of its own: a key of the vault, unless one is given. */
const pasted = async (fixture: Fixture, value = secret): Promise<string> => {
  const { tested, key } = fixture;
  if (value === secret) await key();
  const folder = scanFolder(fixture);
  const path = join(folder, `${fresh().replace(' ', '-')}.py`);
  writeFileSync(path, `TOKEN = "${value}"\n`);
  await tested.get('scan.follow', {});
  await tested.get('scan.start', { paths: [folder], places: false });
  await tested.get('scan.follow', {});
  const { findings } = await tested.get('leaks.list', {});
  return findings.find(({ place }) => place.path === realpathSync(path))!.id;
};

type Example<N extends AgentCallName> = (fixture: Fixture) => CallInput<N> | Promise<CallInput<N>>;

const consumer = { name: 'Integral', purpose: 'books', handedOn: '2026-01-02', exception: null };
const format = 'dotenv' as const;

/** Examples that the open vault answers. */
const examples: { readonly [N in AgentCallName]: Example<N> } = {
  'state.read': () => ({}),
  'state.touch': () => ({}),
  'settings.read': () => ({}),
  'settings.change': () => ({ theme: 'dark' }),
  'passage.key': () => ({}),
  'vault.create': () => ({ password: bytesOf(testPassword) }),
  'vault.unlock': () => ({ password: bytesOf(testPassword) }),
  'vault.recover': ({ recoveryCode }) => ({ code: bytesOf(recoveryCode), password: bytesOf(testPassword) }),
  'vault.lock': () => ({}),
  'password.strength': () => ({ password: bytesOf('horse') }),
  'password.change': () => ({ current: bytesOf(testPassword), next: bytesOf(testPassword) }),
  'recovery.renew': () => ({ password: bytesOf(testPassword) }),
  'recovery.verify': ({ recoveryCode }) => ({ code: bytesOf(recoveryCode) }),
  'audit.list': () => ({ limit: 10 }),
  'audit.verify': () => ({}),
  'doctor.run': () => ({}),
  'vault.replaceKey': () => ({ password: bytesOf(testPassword) }),
  'vault.acceptOlder': () => ({}),
  'vault.rescue': ({ tested }) => ({
    path: file(tested.home, `${fresh()}.rescued`),
    password: bytesOf(testPassword),
  }),
  'backup.writePath': ({ tested }) => ({ path: file(tested.home, `${fresh()}.backup`) }),
  'restore.readPath': async ({ tested }) => {
    const path = file(tested.home, `${fresh()}.backup`);
    await tested.get('backup.writePath', { path });
    return { path, password: bytesOf(testPassword), to: file(tested.home, `${fresh()}.keyturn`) };
  },
  'backup.list': () => ({}),
  'backup.now': () => ({}),
  'backup.bringPath': async ({ tested }) => {
    const path = file(tested.home, `${fresh()}.backup`);
    await tested.get('backup.writePath', { path });
    return { path };
  },
  'restore.preview': async ({ tested }) => ({ name: (await tested.get('backup.now', {})).name }),
  'restore.previewPath': async (fixture) => examples['backup.bringPath'](fixture),
  'restore.swap': async ({ tested }) => ({
    name: (await tested.get('backup.now', {})).name,
    password: bytesOf(testPassword),
    confirm: 'no',
  }),
  'keychain.makeSlot': () => ({ password: bytesOf(testPassword) }),
  'keychain.dropSlot': () => ({}),
  'vault.unlockWithKeychain': ({ tested }) => tested.get('keychain.makeSlot', {}, 'shell'),
  'demo.create': () => ({}),
  'task.cancel': () => ({ taskId: '0'.repeat(32) }),
  'overview.read': () => ({}),
  'project.add': () => ({ name: fresh() }),
  'project.rename': async ({ tested }) => ({
    ...(await tested.get('project.add', { name: fresh() })),
    name: fresh(),
  }),
  'project.remove': ({ tested }) => tested.get('project.add', { name: fresh() }),
  'environment.add': ({ place }) => ({ projectId: place.projectId, name: fresh() }),
  'environment.rename': async ({ tested, place }) => ({
    ...(await tested.get('environment.add', { projectId: place.projectId, name: fresh() })),
    name: fresh(),
  }),
  'environment.remove': ({ tested, place }) =>
    tested.get('environment.add', { projectId: place.projectId, name: fresh() }),
  'keys.list': () => ({}),
  'keys.read': async ({ key }) => ({ id: await key() }),
  'keys.add': ({ place, environmentId }) => ({
    projectId: place.projectId,
    environmentIds: [environmentId],
    facts: { name: fresh(), kind: 'live', tags: ['x'] },
    fields: field(),
  }),
  'keys.assess': ({ place, environmentId }) => ({
    projectId: place.projectId,
    environmentIds: [environmentId],
    facts: { name: fresh() },
    fields: field(),
  }),
  'keys.edit': async ({ key }) => ({ id: await key(), facts: { notes: 'changed' } }),
  'keys.replace': async ({ key }) => ({
    id: await key(),
    fields: [{ name: 'secret', value: bytesOf('another') }],
  }),
  'keys.remove': async ({ key, tested }) => {
    const id = await key();
    const { summary } = await tested.get('keys.read', { id });
    return { id, confirmName: summary.name };
  },
  'keys.undoRemove': async (fixture) => {
    const removed = await examples['keys.remove'](fixture);
    await fixture.tested.get('keys.remove', removed);
    return { id: removed.id };
  },
  'keys.emptyRemoved': () => ({ ids: [] }),
  'keys.emptyVersions': async ({ key }) => ({ id: await key() }),
  'keys.handOver': async ({ key }) => ({ id: await key(), consumer }),
  'keys.takeBack': async ({ key, tested }) => {
    const id = await key();
    await tested.get('keys.handOver', { id, consumer });
    return { id, name: consumer.name };
  },
  'keys.reveal': async ({ key }) => ({ id: await key(), field: 'secret' }),
  'keys.lend': async ({ key }) => ({ id: await key(), field: 'secret' }),
  'draft.begin': () => ({ text: secret, provider: 'circa' }),
  'draft.field': async ({ draft }) => ({ draftId: await draft(), field: 'secret', text: 'x' }),
  'draft.provider': async ({ draft }) => ({ draftId: await draft(), provider: null, kind: 'test' }),
  'draft.discard': async ({ draft }) => ({ draftId: await draft() }),
  'variables.list': ({ environmentId }) => ({ environmentId }),
  'variables.put': ({ environmentId }) => ({ environmentId, name: 'LOG_LEVEL', value: 'info' }),
  'variables.remove': async ({ tested, environmentId }) =>
    tested.get('variables.put', { environmentId, name: 'GOES', value: '1' }),
  'portal.resolve': async ({ key, tested }) => {
    const id = await key();
    const { portals } = await tested.get('keys.read', { id });
    return { id, portal: portals[0]!.id };
  },
  'import.previewPath': ({ tested, place, environmentId }) => {
    const path = file(tested.home, 'b.env');
    writeFileSync(path, 'A=1\n');
    return { path, projectId: place.projectId, environmentId };
  },
  'import.apply': async ({ preview, place, environmentId }) => ({
    previewId: await preview(),
    projectId: place.projectId,
    environmentId,
    choices: [{ index: 1, as: 'key', name: fresh() }],
  }),
  'import.discard': async ({ preview }) => ({ previewId: await preview() }),
  'export.preview': ({ environmentId }) => ({ environmentId, format }),
  'export.render': ({ place }) => ({ environmentId: place.environments.get('staging')!, format }),
  'export.writePath': ({ place, tested }) => ({
    environmentId: place.environments.get('staging')!,
    format,
    path: file(tested.home, `${fresh()}.env`),
    overwrite: false,
    allowGit: true,
  }),
  // Offline, nothing leaves this machine: what an answer does is in check-calls.test.ts.
  'keys.check': async ({ tested, key }) => {
    await tested.get('settings.change', { offline: true });
    return { ids: [await key()] };
  },
  'keys.checks': async ({ key }) => ({ id: await key() }),
  'keys.takeTold': async ({ key }) => ({ id: await key(), facts: ['expiresAt'] }),
  'providers.list': () => ({}),
  'providers.read': () => ({ id: 'circa' }),
  'providers.configure': () => ({ id: 'circa', baseUrl: 'http://127.0.0.1:9/circa', values: {} }),
  'providers.addPath': () => ({ path: inHouse }),
  'providers.remove': async ({ tested }) => {
    await tested.get('providers.addPath', { path: inHouse });
    return { id: 'acme-billing' };
  },
  'due.list': () => ({ withinDays: 365 }),
  'due.calendarPath': ({ tested }) => ({ path: file(tested.home, `${fresh()}.ics`), withNames: false }),
  'reminders.read': () => ({}),
  'reminders.snooze': async ({ tested, key }) => {
    const id = await key();
    await tested.get('keys.care', { id, care: { ownDates: [{ label: 'soon', day: '2026-01-01' }] } });
    const due = await tested.get('due.list', {});
    return {
      ids: due.filter(({ keyId }) => keyId === id).map((each) => each.id),
      untilMs: 4_000_000_000_000,
    };
  },
  'keys.readCare': async ({ key }) => ({ id: await key() }),
  'keys.care': async ({ key }) => ({
    id: await key(),
    care: { ownDates: [{ label: 'contract ends', day: '2028-02-29' }], leadDays: [30, 1] },
  }),
  'policies.read': () => ({}),
  'policies.write': ({ place, environmentId }) => ({
    rules: [
      {
        projectId: place.projectId,
        environmentId,
        kind: 'live',
        leadDays: [60, 7],
        rotateEveryDays: 90,
        unusedAfterDays: null,
      },
    ],
  }),
  'rotation.plan': async ({ key }) => ({ keyId: await key(), local: true }),
  'rotation.start': async ({ key }) => ({ keyId: await key(), graceMs: 0, reason: 'asked' }),
  'rotation.list': () => ({ open: true }),
  'rotation.read': async (fixture) => ({ id: await turnOf(fixture) }),
  'rotation.follow': async (fixture) => ({ id: await turnOf(fixture) }),
  'rotation.resume': async (fixture) => ({ id: await turnOf(fixture) }),
  'rotation.undo': async (fixture) => ({ id: await turnOf(fixture) }),
  'rotation.giveUp': async (fixture) => {
    const id = await turnOf(fixture);
    const { keyName } = await fixture.tested.get('rotation.read', { id });
    return { id, confirmName: keyName };
  },
  'rotation.task': async (fixture) => {
    const id = await turnOf(fixture);
    const { tasks } = await fixture.tested.get('rotation.read', { id });
    return { id, taskId: tasks[0]!.id, done: true };
  },
  'rotation.paste': async (fixture) => {
    const id = await turnOf(fixture);
    const next = sampleKey('circa', 'live', 8);
    return { id, fields: [{ name: 'secret', value: bytesOf(next) }] };
  },
  'rotation.care': async ({ key }) => ({ keyId: await key() }),
  'rotation.setCare': async ({ key }) => ({
    keyId: await key(),
    way: null,
    managerKeyId: null,
    inputs: { user: 'me' },
    graceMs: 60_000,
    unattended: false,
    beforeExpiryDays: 14,
    hours: { from: 9, to: 17 },
  }),
  'rotation.calendar': () => ({}),
  'rotation.damage': async ({ key }) => ({ ids: [await key(), await key()] }),
  'tracked.list': () => ({}),
  'tracked.forget': async (fixture) => {
    await fixture.tested.get('export.writePath', await examples['export.writePath'](fixture));
    const [file] = await fixture.tested.get('tracked.list', {});
    return { id: file!.id };
  },
  'leaks.list': () => ({ states: ['open'] }),
  'leaks.context': async (fixture) => ({ id: await pasted(fixture) }),
  'leaks.heat': () => ({}),
  'leaks.blast': () => ({ atMs: 4_000_000_000_000 }),
  'leaks.accept': async (fixture) => ({
    id: await pasted(fixture),
    reason: 'a test',
    untilMs: 4_000_000_000_000,
  }),
  'leaks.reopen': async (fixture) => {
    const accepted = await examples['leaks.accept'](fixture);
    await fixture.tested.get('leaks.accept', accepted);
    return { id: accepted.id };
  },
  'leaks.take': async (fixture) => ({ id: await pasted(fixture, unknownSecret()) }),
  'leaks.ask': async (fixture) => {
    await fixture.tested.get('settings.change', { offline: true });
    return { id: await pasted(fixture) };
  },
  'leaks.planScrub': async (fixture) => ({ id: await pasted(fixture) }),
  'leaks.scrub': async (fixture) => ({ id: await pasted(fixture) }),
  'leaks.undoScrub': async (fixture) => {
    const { scrubId } = await fixture.tested.get('leaks.scrub', { id: await pasted(fixture) });
    return { scrubId };
  },
  'leaks.where': async (fixture) => ({ id: await pasted(fixture) }),
  'leaks.clipboard': () => ({ text: bytesOf(secret) }),
  'scan.roots': () => ({}),
  // The window names no folder that it was not shown: what it may is in leak-calls.test.ts.
  'scan.setRoots': () => ({ roots: [] }),
  'scan.addPath': ({ tested }) => ({ path: tested.home }),
  'scan.start': async ({ tested }) => {
    await tested.get('scan.follow', {});
    return { places: false };
  },
  'scan.read': () => ({}),
  'scan.follow': () => ({}),
  'scan.pause': () => ({}),
  'scan.resume': () => ({}),
  'scan.cancel': () => ({}),
  'watch.read': () => ({}),
  'watch.set': () => ({ on: false }),
  'guard.status': () => ({}),
  'guard.install': ({ tested }) => ({ repo: tested.home, prePush: false }),
  'guard.remove': ({ tested }) => ({ repo: tested.home }),
  'guard.names': () => ({ generation: 'none', slots: [0, 7] }),
  'clipboard.mark': () => ({ value: bytesOf('x') }),
  'clipboard.recognise': async ({ tested }) => ({
    mark: await tested.get('clipboard.mark', { value: bytesOf('x') }, 'shell'),
    value: bytesOf('x'),
  }),
};

/** Valid examples that this vault answers with an error of the closed set: a vault exists, and it is no demo. */
const refusals: Partial<Record<AgentCallName, string>> = {
  'vault.create': 'already-exists',
  'restore.swap': 'needs-confirmation',
  'keys.takeTold': 'refused',
  'demo.create': 'refused',
  // A window names no repository that it was not shown.
  'guard.install': 'refused',
  'guard.remove': 'refused',
};

/** Changes the vault's door itself: run last, in this order. */
const last: readonly AgentCallName[] = ['recovery.renew', 'vault.recover', 'vault.unlock', 'vault.lock'];

const callerOf = (name: CallName): Caller => specOf(name).callers[0]!;

const expectClosedError = (result: Result<unknown>): void => {
  if (result.ok) throw new Error('an error was expected');
  const { kind, message, next } = result.error;
  expect(errorKinds).toContain(kind);
  expect(message).toMatch(/\S/);
  expect(next).toMatch(/\S/);
  expect(JSON.stringify(result.error)).not.toContain(secret);
  expect(JSON.stringify(result.error)).not.toContain(testPassword);
};

describe('the contract', () => {
  it('has an example for every call that the agent answers, and only for those', () => {
    expect(Object.keys(examples).sort()).toEqual([...agentNames].sort());
  });

  it('lists for the preload what the window may send, and for the shell what it answers', () => {
    const window = callNames.filter((name) => specOf(name).callers.includes('window'));
    expect([...windowCallNames].sort()).toEqual([...window].sort());
    const shell = callNames.filter((name) => specOf(name).room === 'shell');
    expect([...shellCallNames].sort()).toEqual([...shell].sort());
    expect(Object.keys(events)).toEqual(expect.arrayContaining([...windowEventNames]));
  });

  it('refuses in every input what it does not name', () => {
    for (const name of callNames) {
      const caller = callerOf(name);
      for (const input of [{ surprise: 1 }, 7, 'text', [], null]) {
        const admitted = admit(caller, name, input, true);
        // A call without arguments may come without them.
        if (input === null && admitted.ok) continue;
        expect(admitted, `${name} ${JSON.stringify(input)}`).toMatchObject({
          ok: false,
          error: { kind: 'bad-input' },
        });
      }
    }
  });

  it('bounds every string, byte array and list of an input', () => {
    const unbounded: string[] = [];
    type Piped = { type: string; pipe?: readonly Piped[] };
    const flatten = (pipe: readonly Piped[]): string[] =>
      pipe.flatMap(({ type, pipe: nested }) => [
        type,
        ...(nested === undefined || nested === pipe ? [] : flatten(nested.slice(1))),
      ]);
    const walk = (schema: v.GenericSchema, path: string, bounded: boolean): void => {
      const inner = schema as never as {
        type: string;
        entries?: Record<string, v.GenericSchema>;
        item?: v.GenericSchema;
        wrapped?: v.GenericSchema;
        value?: v.GenericSchema;
        options?: readonly v.GenericSchema[];
        pipe?: readonly Piped[];
      };
      const checks = flatten(inner.pipe ?? []);
      const has =
        bounded || checks.some((type) => ['max_length', 'regex', 'iso_date', 'check'].includes(type));
      if (['string', 'array', 'instance'].includes(inner.type) && !has) unbounded.push(path);
      for (const [name, entry] of Object.entries(inner.entries ?? {})) walk(entry, `${path}.${name}`, false);
      if (inner.item !== undefined) walk(inner.item, `${path}[]`, false);
      if (inner.wrapped !== undefined) walk(inner.wrapped, path, has);
      if (inner.type !== 'picklist') for (const option of inner.options ?? []) walk(option, path, has);
    };
    for (const name of callNames) walk(specOf(name).input, name, false);
    expect(unbounded).toEqual([]);
  });

  it('declares as returning a secret exactly the calls whose answers hold one', () => {
    const returning = callNames.filter((name) => calls[name].returnsSecret);
    expect(returning.sort()).toEqual(
      [
        'export.render',
        'keychain.makeSlot',
        'keys.lend',
        'keys.reveal',
        'recovery.renew',
        'vault.create',
        'vault.recover',
        'vault.replaceKey',
      ].sort(),
    );
    for (const name of returning.filter(
      (each) =>
        !['keys.reveal', 'recovery.renew', 'vault.create', 'vault.recover', 'vault.replaceKey'].includes(
          each,
        ),
    )) {
      expect(specOf(name).callers, name).not.toContain('window');
    }
  });
});

describe('every call, with the vault open', () => {
  let tested: TestAgent;
  let fixture: Fixture;

  beforeAll(async () => {
    tested = await newAgent();
    const { recoveryCode } = await tested.get('vault.create', { password: bytesOf(testPassword) });
    fixture = await makeFixture(tested, recoveryCode);
  });
  afterAll(() => {
    rmSync(`${tested.home}-pasted`, { recursive: true, force: true });
    tested.remove();
  });

  const ordinary = agentNames.filter((name) => !last.includes(name));

  for (const name of ordinary) {
    it(`${name} answers a valid input as it promises`, async () => {
      const input = await Promise.resolve(examples[name](fixture));
      const result = await tested.agent.call(callerOf(name), name, structuredClone(input));
      const refusal = refusals[name];
      if (refusal === undefined) expect(result).toMatchObject({ ok: true });
      else expect(result).toMatchObject({ ok: false, error: { kind: refusal } });
      if (result.ok) expect(v.is(specOf(name).output, result.value)).toBe(true);
      else expectClosedError(result);
      expect(tested.bugs).toEqual([]);
    });
  }

  for (const name of agentNames) {
    it(`${name} refuses an invalid input and every wrong sender`, async () => {
      const odd = await tested.agent.call(callerOf(name), name, { surprise: secret });
      expect(odd).toMatchObject({ ok: false, error: { kind: 'bad-input' } });
      expectClosedError(odd);
      const wrong = [null, ...everyCaller.filter((caller) => !specOf(name).callers.includes(caller))];
      for (const caller of wrong) {
        const result = await tested.agent.call(caller, name, {});
        expect(result).toMatchObject({ ok: false, error: { kind: 'wrong-sender' } });
        expectClosedError(result);
      }
    });
  }

  it('answers no call of the shell and none that there is not', async () => {
    for (const name of [...shellCallNames, 'toString', '__proto__', 'keys', 7, null, undefined]) {
      const result = await tested.agent.call('window', name, {});
      expectClosedError(result);
      const kinds = ['unknown-call', 'bad-input'];
      expect(kinds).toContain(result.ok ? 'ok' : result.error.kind);
    }
  });

  it('says in the closed set what is not there', async () => {
    const id = 'f'.repeat(32);
    const missing: readonly [AgentCallName, unknown][] = [
      ['keys.read', { id }],
      ['keys.edit', { id, facts: {} }],
      ['keys.replace', { id, fields: field() }],
      ['keys.remove', { id, confirmName: 'x' }],
      ['keys.undoRemove', { id }],
      ['keys.reveal', { id, field: 'secret' }],
      ['keys.emptyVersions', { id }],
      ['keys.handOver', { id, consumer }],
      ['project.rename', { id, name: 'x' }],
      ['environment.remove', { id }],
      ['environment.add', { projectId: id, name: 'x' }],
      ['variables.list', { environmentId: id }],
      ['variables.put', { environmentId: id, name: 'A', value: '' }],
      ['variables.remove', { id }],
      ['draft.field', { draftId: id, field: 'secret', text: '' }],
      ['import.apply', { previewId: id, projectId: id, environmentId: id, choices: [] }],
      ['keys.readCare', { id }],
      ['keys.check', { ids: [id] }],
      ['keys.checks', { id }],
      ['keys.takeTold', { id, facts: ['owner'] }],
      ['leaks.context', { id }],
      ['leaks.accept', { id, reason: 'known', untilMs: 4_000_000_000_000 }],
      ['leaks.reopen', { id }],
      ['leaks.take', { id }],
      ['leaks.ask', { id }],
      ['leaks.planScrub', { id }],
      ['leaks.scrub', { id }],
      ['leaks.undoScrub', { scrubId: id }],
      ['leaks.where', { id }],
      ['providers.read', { id: 'nobody' }],
      ['providers.configure', { id: 'nobody', baseUrl: null }],
      ['providers.remove', { id: 'nobody' }],
      ['keys.care', { id, care: {} }],
      ['export.preview', { environmentId: id, format }],
      ['export.render', { environmentId: id, format }],
    ];
    for (const [name, input] of missing) {
      const result = await tested.agent.call(callerOf(name), name, structuredClone(input));
      expect(result, name).toMatchObject({ ok: false, error: { kind: 'not-found' } });
      expectClosedError(result);
    }
  });

  it('renews, recovers, unlocks and locks', async () => {
    const renewed = await tested.get('recovery.renew', { password: bytesOf(testPassword) });
    const recovered = await tested.get('vault.recover', {
      code: bytesOf(renewed.recoveryCode),
      password: bytesOf('another password'),
    });
    expect(recovered.recoveryCode).not.toBe(renewed.recoveryCode);
    await tested.get('vault.unlock', { password: bytesOf('another password') });
    await tested.get('vault.lock', {});
    expect(tested.agent.state()).toMatchObject({ vault: 'locked' });
    const old = await tested.call('vault.unlock', { password: bytesOf(testPassword) });
    expect(old).toMatchObject({ ok: false, error: { kind: 'wrong-password' } });
    expectClosedError(old);
  });
});

describe('every call, with the vault locked', () => {
  let tested: TestAgent;
  beforeAll(async () => {
    const open = await unlockedAgent();
    const fixture = await makeFixture(open, 'a code');
    for (const name of agentNames.filter((each) => specOf(each).needs === 'unlocked')) {
      inputs.set(name, await Promise.resolve(examples[name](fixture)));
    }
    await open.get('vault.lock', {});
    tested = open;
  });
  afterAll(() => {
    tested.remove();
  });
  const inputs = new Map<AgentCallName, unknown>();

  for (const name of agentNames.filter((each) => specOf(each).needs === 'unlocked')) {
    it(`${name} is refused`, async () => {
      const result = await tested.agent.call(callerOf(name), name, structuredClone(inputs.get(name)));
      expect(result).toMatchObject({ ok: false, error: { kind: 'locked' } });
      expectClosedError(result);
    });
  }

  it('still answers what needs no open vault', async () => {
    for (const name of ['state.read', 'settings.read', 'doctor.run'] as const) {
      expect(await tested.call(name, {})).toMatchObject({ ok: true });
    }
  });
});
