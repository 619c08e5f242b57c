// The guides of the four systems, from the old key to the old key refused and everything updated: a person does what the tasks say, at servers that keep
// the providers' documents; nothing is done outside but in the portal. docs/rotation.md, docs/providers.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallInput, CallOutput } from '../../src/contract/contract.ts';
import { bytesOf, placeOf, unlockedAgent, type TestAgent } from '../support/agents.ts';
import { startAppcircle } from '../support/provider-servers/appcircle.ts';
import { startCirca } from '../support/provider-servers/circa.ts';
import { startCircleConsole } from '../support/provider-servers/circle-console.ts';
import { startCircle } from '../support/provider-servers/circle.ts';

type Values = Readonly<Record<string, string>>;
type Facts = Partial<CallInput<'keys.add'>['facts']>;

/** A provider's portal as a person uses it. */
type Portal = {
  readonly base: string;
  readonly old: Values;
  readonly facts: Facts;
  readonly create: () => Values;
  readonly revokeOld: () => void;
  readonly close: () => Promise<void>;
};

type System = {
  readonly name: string;
  readonly provider: string;
  readonly open: () => Promise<Portal>;
  readonly consumer?: string;
  /** What is asked of a person, in order of the steps. */
  readonly tasks: readonly string[];
  readonly order?: 'revoke-first';
};

const soon = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const circle = async (kind: 'standard' | 'read-only'): Promise<Portal> => {
  const server = await startCircle('production');
  server.enable('core');
  const make = () =>
    kind === 'standard' ? server.create('payouts') : server.issueRestricted('books', ['core'], 'read-only');
  const old = make();
  return {
    base: server.base,
    old: { secret: old.value },
    facts: { class: kind, kind: 'live' },
    create: () => ({ secret: make().value }),
    revokeOld: () => server.revoke(old.id, 'DELETE'),
    close: server.close,
  };
};

const console = async (): Promise<Portal> => {
  const server = await startCircleConsole();
  const old = server.create('live');
  return {
    base: server.base,
    old: { secret: old },
    facts: { kind: 'live' },
    create: () => ({ secret: server.create('live') }),
    revokeOld: () => server.remove(old),
    close: server.close,
  };
};

const appcircle = async (): Promise<Portal> => {
  const server = await startAppcircle();
  const make = (name: string): Values => {
    const { secret, organizationId } = server.create(name, soon(90), ['build']);
    return { name, secret, organizationId };
  };
  return {
    base: server.base,
    old: make('ci'),
    facts: { kind: 'live', expiresOn: soon(90), roles: ['build'], organisation: 'acme' },
    create: () => make('ci-2'),
    revokeOld: () => server.remove('ci'),
    close: server.close,
  };
};

const personal = async (): Promise<Portal> => {
  const server = await startAppcircle();
  const old = server.createPersonal();
  return {
    base: server.base,
    old: { secret: old },
    facts: { kind: 'live', expiresOn: soon(90) },
    create: () => ({ secret: server.createPersonal() }),
    revokeOld: () => server.removePersonal(old),
    close: server.close,
  };
};

const circa = async (): Promise<Portal> => {
  const server = await startCirca();
  const teamId = randomUUID();
  server.join('ada', teamId);
  const old = server.create('live', 'ada');
  const [{ prefix } = { prefix: '' }] = server.list();
  return {
    base: server.base,
    old: { secret: old, teamId },
    facts: { kind: 'live' },
    create: () => ({ secret: server.create('live', 'ada'), teamId }),
    revokeOld: () => server.revoke(prefix),
    close: server.close,
  };
};

const usual = ['portal', 'paste', 'consumer', 'revoke'];
const systems: readonly System[] = [
  { name: 'Circle', provider: 'circle-mint', open: () => circle('standard'), tasks: usual },
  {
    name: 'Circle read-only, handed to Integral',
    provider: 'circle-mint',
    open: () => circle('read-only'),
    consumer: 'Integral',
    tasks: ['ticket', ...usual],
  },
  { name: 'Circle Console', provider: 'circle-w3s', open: console, tasks: usual },
  { name: 'Appcircle', provider: 'appcircle', open: appcircle, tasks: usual },
  {
    name: 'Appcircle personal',
    provider: 'appcircle-pak',
    open: personal,
    tasks: usual,
    order: 'revoke-first',
  },
  { name: 'Circa', provider: 'circa', open: circa, tasks: usual },
];

type Turn = CallOutput<'rotation.read'>;

let tested: TestAgent;
beforeEach(async () => {
  tested = await unlockedAgent();
});
afterEach(() => {
  expect(tested.bugs).toEqual([]);
  tested.remove();
});

const fieldsOf = (values: Values) =>
  Object.entries(values).map(([name, value]) => ({ name, value: bytesOf(value) }));

const addKey = async ({ provider, consumer = 'Ann' }: System, portal: Portal): Promise<string> => {
  const place = await placeOf(tested);
  await tested.get('providers.configure', { id: provider, baseUrl: portal.base });
  const { id } = await tested.get('keys.add', {
    projectId: place.projectId,
    environmentIds: [place.environments.get('production')!],
    facts: { name: 'the key', provider, ...portal.facts },
    fields: fieldsOf(portal.old),
  });
  await tested.get('keys.handOver', {
    id,
    consumer: { name: consumer, purpose: 'books', handedOn: '2026-01-01', exception: null },
  });
  await tested.get('export.writePath', {
    environmentId: place.environments.get('production')!,
    format: 'dotenv',
    path: join(tested.home, '.env'),
    overwrite: false,
    allowGit: true,
    track: true,
  });
  return id;
};

/** A person: does what the turn waits for, and says so. Gives the new values once they are put in. */
const obey = async (portal: Portal, turn: Turn, made: { values: Values | null }): Promise<void> => {
  if (turn.wantsValue) {
    made.values ??= portal.create();
    const ready = turn.tasks.filter(({ kind, doneAtMs }) => kind === 'ticket' && doneAtMs === null);
    for (const { id: taskId } of ready)
      await tested.get('rotation.task', { id: turn.id, taskId, done: true });
    await tested.get('rotation.paste', { id: turn.id, fields: fieldsOf(made.values) });
    return;
  }
  const kind = turn.waitsFor.startsWith('revoke the old key') ? 'revoke' : 'consumer';
  const task = turn.tasks.find((each) => each.kind === kind && each.doneAtMs === null);
  if (task === undefined) throw new Error(`nothing to do: ${turn.step}, ${turn.waitsFor}`);
  if (kind === 'revoke') portal.revokeOld();
  await tested.get('rotation.task', { id: turn.id, taskId: task.id, done: true });
};

describe.each(systems)('$name', (system) => {
  it('is turned by its guide, and the old key is seen refused', async () => {
    const portal = await system.open();
    const keyId = await addKey(system, portal);
    const plan = await tested.get('rotation.plan', { keyId });
    expect(plan).toMatchObject({ shape: 'guided', order: system.order ?? 'overlap', blockers: [] });
    expect(plan.tasks.map(({ kind }) => kind)).toEqual(system.tasks);
    const { id } = await tested.get('rotation.start', { keyId });
    const made: { values: Values | null } = { values: null };
    const steps: string[] = [];
    let turn = await tested.get('rotation.follow', { id });
    for (let round = 0; round < 8 && turn.outcome === null; round += 1) {
      expect(turn.state, turn.waitsFor).toBe('needs-you');
      steps.push(turn.step);
      // Where to go is a page of the provider's own file, which the window opens.
      for (const { kind, portal: page } of turn.tasks)
        if (kind === 'portal' || kind === 'revoke') expect(page).not.toBeNull();
      await obey(portal, turn, made);
      turn = await tested.get('rotation.follow', { id });
    }
    expect(turn.outcome, JSON.stringify(turn.journal)).toMatchObject({ kind: 'turned' });
    expect(turn.deadAtMs).not.toBeNull();
    expect(steps[0]).toBe(system.order === undefined ? 'create' : 'revoke');
    for (const { doneAtMs, optional } of turn.tasks) if (!optional) expect(doneAtMs).not.toBeNull();
    expect((await tested.get('keys.reveal', { id: keyId, field: 'secret' })).value).toBe(
      made.values!['secret'],
    );
    const file = readFileSync(join(tested.home, '.env'), 'utf8');
    expect([file.includes(made.values!['secret']!), file.includes(portal.old['secret']!)]).toEqual([
      true,
      false,
    ]);
    const told = JSON.stringify([plan, turn]);
    for (const value of [portal.old['secret']!, made.values!['secret']!]) expect(told).not.toContain(value);
    await portal.close();
  }, 60_000);
});
