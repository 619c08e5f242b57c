// The door of the agent under attack: every call of the contract gets garbage, huge, deep, wrongly typed, replayed and out-of-order
// inputs, open and locked. Always a closed error or what was promised; never a throw, a bug, a long silence or a secret.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/contract/call.ts';
import { callNames, specOf, type CallName } from '../../../src/contract/contract.ts';
import { errorKinds } from '../../../src/core/model/app-error.ts';
import type { Result } from '../../../src/core/model/result.ts';
import { bytesOf, placeOf, testPassword, unlockedAgent, type TestAgent } from '../../support/agents.ts';
import { breakInput, hostile, inputFor, type Known } from '../../support/hostile.ts';
import { sampleKey } from '../../support/key-samples.ts';

const effort = process.env['KEYTURN_LONG'] === '1' ? 25 : 1;
const secret = sampleKey('circa', 'live', 11);
/** Of this process; other programs of the machine do not count. Generous: a call that hangs takes many times as long. */
const longestCpuMs = 1_000;

/** These derive a key from a password, which is meant to take long, and are few here. */
const deriving: ReadonlySet<string> = new Set([
  'vault.create',
  'vault.unlock',
  'vault.recover',
  'password.change',
  'recovery.renew',
  'recovery.verify',
  'restore.readPath',
  'demo.create',
]);
/** Not sent with an input that is right: they would end what the other calls are tried on. */
const ending: ReadonlySet<string> = new Set(['vault.lock', 'keys.emptyRemoved', 'keys.emptyVersions']);

const agentCalls = callNames.filter((name) => specOf(name).room === 'agent');
const ordinary = agentCalls.filter((name) => !deriving.has(name));

let tested: TestAgent;
let known: Known;

const makeVault = async (): Promise<void> => {
  tested = await unlockedAgent();
  const place = await placeOf(tested);
  const environments = [...place.environments.values()];
  const added = await tested.get('keys.add', {
    projectId: place.projectId,
    environmentIds: environments.slice(0, 1),
    facts: { name: 'the key of the tests' },
    fields: [{ name: 'secret', value: bytesOf(secret) }],
  });
  const { draftId } = await tested.get('draft.begin', { text: secret });
  known = {
    ids: [place.projectId, ...environments, added.id, draftId, 'f'.repeat(32)],
    paths: ['a', 'b', 'missing/c', '.'].map((name) => join(tested.home, name)),
  };
};

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    each instanceof Uint8Array
      ? Buffer.from(each).toString('utf8')
      : typeof each === 'bigint'
        ? String(each)
        : each,
  ) ?? '';

const expectClosed = (name: string, result: Result<unknown>): void => {
  if (!result.ok) {
    expect(errorKinds, name).toContain(result.error.kind);
    expect(result.error.message, name).toMatch(/\S/);
    expect(result.error.message.length, name).toBeLessThan(2_000);
  } else
    expect(v.is(specOf(name as CallName).output, result.value), `${name} answers as promised`).toBe(true);
  const isMeantTo =
    callNames.includes(name as CallName) && specOf(name as CallName).returnsSecret && result.ok;
  if (!isMeantTo)
    expect(textOf(result).includes(secret.slice(8, -4)), `${name} gives a secret away`).toBe(false);
  expect(textOf(result).includes(testPassword), `${name} gives the password away`).toBe(false);
  expect(tested.bugs, name).toEqual([]);
};

/** As it arrives at the agent; null where it could never have been sent. */
const carried = (input: unknown): { readonly value: unknown } | null => {
  try {
    return { value: structuredClone(input) };
  } catch {
    return null;
  }
};

const send = async (caller: Caller | null, name: unknown, input: unknown): Promise<void> => {
  const arrived = carried(input);
  if (arrived === null) return;
  const before = process.cpuUsage();
  const result = await tested.agent.call(caller, name, arrived.value);
  const { user, system } = process.cpuUsage(before);
  if (!deriving.has(String(name))) expect((user + system) / 1_000, String(name)).toBeLessThan(longestCpuMs);
  expectClosed(String(name), result);
};

const anyCaller = fc.constantFrom<Caller | null>('window', 'command-line', 'shell', null);
const callersOf = (name: CallName): fc.Arbitrary<Caller> => fc.constantFrom(...specOf(name).callers);
const turns = fc.array(fc.nat(50), { maxLength: 3 });

describe('the agent’s door, with the vault open', () => {
  beforeAll(makeVault);
  afterAll(() => tested.remove());

  for (const name of agentCalls) {
    it(`${name} closes on what no schema expects`, async () => {
      const broken = fc
        .tuple(inputFor(specOf(name).input, known), hostile(), turns)
        .map(([input, wrong, where]) => breakInput(input, wrong, where));
      const input = fc.oneof({ weight: 1, arbitrary: hostile() }, { weight: 2, arbitrary: broken });
      const runs = deriving.has(name) ? 8 : 25;
      await fc.assert(
        fc.asyncProperty(callersOf(name), input, (caller, given) => send(caller, name, given)),
        { numRuns: runs * effort },
      );
    });
  }

  it('answers calls of the right form, in any order, again and at once', async () => {
    const one = fc
      .constantFrom(...ordinary.filter((name) => !ending.has(name)))
      .chain((name) => fc.tuple(callersOf(name), fc.constant(name), inputFor(specOf(name).input, known)));
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 12 }), async (calls) => {
        await Promise.all(calls.map((call) => send(...call)));
        for (const call of calls.slice(0, 3)) await send(...call);
      }),
      { numRuns: 15 * effort },
    );
  });

  it('knows no call by a name that is none, from nobody and from everybody', async () => {
    const name = fc.oneof(
      hostile(),
      fc.constantFrom('keys', 'keys.', '.read', 'KEYS.LIST', 'keys.list ', 'on', 'constructor'),
    );
    await fc.assert(
      fc.asyncProperty(anyCaller, name, hostile(), async (caller, given, input) => {
        const result = await tested.agent.call(caller, given, carried(input)?.value);
        expect(result.ok).toBe(false);
        expectClosed('none', result);
      }),
      { numRuns: 60 * effort },
    );
  });

  it('is not kept busy by a list of millions', async () => {
    const millions = Array.from({ length: 3_000_000 }, () => 'f'.repeat(32));
    for (const [name, input] of [
      ['keys.emptyRemoved', { ids: millions }],
      ['keys.edit', { id: known.ids[0], environmentIds: millions }],
      [
        'import.apply',
        { previewId: known.ids[0], projectId: known.ids[0], environmentId: known.ids[0], choices: millions },
      ],
    ] as const) {
      const before = process.cpuUsage();
      const result = await tested.agent.call('command-line', name, input);
      const { user, system } = process.cpuUsage(before);
      expect(result, name).toMatchObject({ ok: false, error: { kind: 'bad-input' } });
      expect((user + system) / 1_000, name).toBeLessThan(longestCpuMs);
    }
  });

  it('is not kept busy by a table of a hundred thousand', async () => {
    const table = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`f${String(index)}`, null]),
    );
    await send('window', 'keys.edit', { id: known.ids[0], variables: table });
    expect(tested.bugs).toEqual([]);
  });

  it('does not grow over thousands of refused calls', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const storm = async (count: number): Promise<number> => {
      for (let index = 0; index < count; index += 1) {
        const name = ordinary[index % ordinary.length] as CallName;
        await tested.agent.call('window', name, { surprise: 'x'.repeat(500), index });
        await tested.agent.call('window', 'draft.begin', { text: `KEY_${String(index)}=${'y'.repeat(400)}` });
      }
      collect();
      return process.memoryUsage().heapUsed;
    };
    await storm(500);
    const before = await storm(200);
    const after = await storm(3_000);
    expect((after - before) / 1024 / 1024, 'megabytes kept').toBeLessThan(3);
  });
});

describe('the agent’s door, with the vault locked', () => {
  beforeAll(async () => {
    await makeVault();
    await tested.get('vault.lock', {});
  });
  afterAll(() => tested.remove());

  it('closes on every call that needs an open vault, whatever comes with it', async () => {
    const locked = ordinary.filter((name) => specOf(name).needs === 'unlocked');
    const one = fc
      .constantFrom(...locked)
      .chain((name) =>
        fc.tuple(
          callersOf(name),
          fc.constant(name),
          fc.oneof(inputFor(specOf(name).input, known), hostile()),
        ),
      );
    await fc.assert(
      fc.asyncProperty(one, async ([caller, name, input]) => {
        const arrived = carried(input);
        if (arrived === null) return;
        const result = await tested.agent.call(caller, name, arrived.value);
        expect(['locked', 'bad-input'], name).toContain(result.ok ? 'ok' : result.error.kind);
        expectClosed(name, result);
      }),
      { numRuns: 300 * effort },
    );
  });

  it('answers in the closed set once the agent is closed', async () => {
    tested.agent.close();
    for (const name of agentCalls) {
      const result = await tested.agent.call('window', name, {});
      expect(result, name).toMatchObject({ ok: false, error: { kind: 'locked' } });
    }
  });
});
