// The window's door under attack, from the right sender and from every wrong one: sub-frame, navigated frame, frame that is gone,
// second window. Nothing reaches the agent or the shell's own handlers but a call that the contract allows the window.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callNames, specOf, type CallName } from '../../../src/contract/contract.ts';
import { shellCallNames } from '../../../src/contract/window-call-names.ts';
import { errorKinds } from '../../../src/core/model/app-error.ts';
import type { Result } from '../../../src/core/model/result.ts';
import { createRelay, type ShellHandlers } from '../../../src/main/relay.ts';
import { vaultOrigin } from '../../../src/main/security/protocol.ts';
import { callerOf, type Frame, type Sender } from '../../../src/main/security/sender.ts';
import { breakInput, hostile, inputFor } from '../../support/hostile.ts';

const effort = process.env['KEYTURN_LONG'] === '1' ? 25 : 1;
const windowId = 4;
const known = { ids: ['a'.repeat(32), 'b'.repeat(32)], paths: ['/nowhere/a'] };
const longestCpuMs = 1_000;

type Reached = { readonly name: string; readonly input: unknown };

const relayThatNotes = (unlocked: boolean, problem: Error | null = null) => {
  const reached: Reached[] = [];
  const logged: string[] = [];
  const note = (name: string, input: unknown): Promise<Result<unknown>> => {
    reached.push({ name, input });
    return problem === null ? Promise.resolve({ ok: true, value: undefined }) : Promise.reject(problem);
  };
  const handlers = Object.fromEntries(
    shellCallNames.map((name) => [name, (input: unknown) => note(name, input)]),
  ) as unknown as ShellHandlers;
  const relay = createRelay({
    handlers,
    callAgent: (_caller, name, input) => note(name, input),
    unlocked: () => unlocked,
    log: (_level, event, facts) => void logged.push(`${event} ${JSON.stringify(facts)}`),
    reportId: () => 'report',
  });
  return { relay, reached, logged };
};

const right: Sender = { frame: { parent: null, origin: vaultOrigin }, contentsId: windowId };
const origins = [
  'https://example.com',
  'null',
  '',
  'file://',
  'app://about',
  'app://vault.evil',
  'data:',
  `${vaultOrigin}/`,
  vaultOrigin.toUpperCase(),
];

/** Everybody who is not the vault's page in the vault's window now. */
const strangers: fc.Arbitrary<Sender> = fc.oneof(
  fc.record({ frame: fc.constant<Frame | null>(null), contentsId: fc.constant(windowId) }),
  fc.record({
    frame: fc.record({ parent: fc.constant<unknown>({}), origin: fc.constantFrom(vaultOrigin, ...origins) }),
    contentsId: fc.constant(windowId),
  }),
  fc.record({
    frame: fc.record({
      parent: fc.constant<unknown>(null),
      origin: fc.oneof(fc.constantFrom(...origins), fc.webUrl()),
    }),
    contentsId: fc.constant(windowId),
  }),
  fc.record({ frame: fc.constant(right.frame), contentsId: fc.nat(100).filter((id) => id !== windowId) }),
);

const expectClosed = (result: Result<unknown>): void => {
  if (result.ok) return;
  expect(errorKinds).toContain(result.error.kind);
  expect(result.error.message).toMatch(/\S/);
};

const anyName = fc.oneof(fc.constantFrom<unknown>(...callNames), hostile());
const inputOf = (name: CallName): fc.Arbitrary<unknown> =>
  fc.oneof(
    inputFor(specOf(name).input, known),
    fc
      .tuple(inputFor(specOf(name).input, known), hostile(), fc.array(fc.nat(50), { maxLength: 3 }))
      .map(([input, wrong, where]) => breakInput(input, wrong, where)),
  );
const anyCall = fc.constantFrom(...callNames).chain((name) => fc.tuple(fc.constant(name), inputOf(name)));

describe('the relay', () => {
  it('lets nobody in but the vault’s own page, whatever is asked', async () => {
    const { relay, reached } = relayThatNotes(true);
    await fc.assert(
      fc.asyncProperty(strangers, anyName, hostile(), async (sender, name, input) => {
        const result = await relay(callerOf(sender, windowId, vaultOrigin), name, input);
        expect(result).toMatchObject({ ok: false, error: { kind: 'wrong-sender' } });
      }),
      { numRuns: 200 * effort },
    );
    expect(reached).toEqual([]);
  });

  it('passes on from its own page only what the contract allows a window, in the form it asks for', async () => {
    const { relay, reached } = relayThatNotes(true);
    await fc.assert(
      fc.asyncProperty(anyCall, async ([name, input]) => {
        const before = process.cpuUsage();
        const count = reached.length;
        const result = await relay(callerOf(right, windowId, vaultOrigin), name, input);
        const { user, system } = process.cpuUsage(before);
        expect((user + system) / 1_000, name).toBeLessThan(longestCpuMs);
        expectClosed(result);
        if (!specOf(name).callers.includes('window')) expect(result.ok, name).toBe(false);
        // One call in, at most that one call out.
        expect(reached.slice(count).map((each) => each.name)).toEqual(result.ok ? [name] : []);
      }),
      { numRuns: 400 * effort },
    );
    expect(reached.length).toBeGreaterThan(20);
  });

  it('passes on nothing that needs an open vault while it is locked', async () => {
    const { relay, reached } = relayThatNotes(false);
    await fc.assert(
      fc.asyncProperty(anyCall, async ([name, input]) => {
        expectClosed(await relay('window', name, input));
      }),
      { numRuns: 300 * effort },
    );
    expect(reached.filter(({ name }) => specOf(name as CallName).needs === 'unlocked')).toEqual([]);
  });

  it('turns what breaks behind it into words that quote nothing, and wipes the bytes that came', async () => {
    const words = `a value: ${'s'.repeat(30)}`;
    const { relay, logged } = relayThatNotes(true, new Error(words));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 100 }), async (password) => {
        const result = await relay('window', 'vault.unlock', { password });
        expect(result).toMatchObject({ ok: false, error: { kind: 'internal', reportId: 'report' } });
        expect(JSON.stringify(result)).not.toContain('sss');
        expect(password.every((byte) => byte === 0)).toBe(true);
      }),
      { numRuns: 20 },
    );
    expect(logged.join('\n')).not.toContain('sss');
  });

  it('keeps nothing of thousands of calls, from strangers and from its own page', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const relay = createRelay({
      handlers: {} as ShellHandlers,
      callAgent: () => Promise.resolve({ ok: true, value: undefined }),
      unlocked: () => true,
      log: () => undefined,
      reportId: () => 'report',
    });
    const storm = async (count: number): Promise<number> => {
      for (let index = 0; index < count; index += 1) {
        const name = callNames[index % callNames.length];
        const wide = { surprise: 'x'.repeat(2_000), index };
        await relay(callerOf({ frame: null, contentsId: windowId }, windowId, vaultOrigin), name, wide);
        await relay('window', name, wide);
        await relay('window', `unknown ${String(index)}`, wide);
        await relay('window', 'overview.read', {});
      }
      collect();
      return process.memoryUsage().heapUsed;
    };
    await storm(500);
    const before = await storm(500);
    const after = await storm(5_000);
    expect((after - before) / 1024 / 1024, 'megabytes kept').toBeLessThan(2);
  });

  it('says when too much comes at once, and is free again afterwards', async () => {
    const gates: (() => void)[] = [];
    const relay = createRelay({
      handlers: {} as ShellHandlers,
      callAgent: () => new Promise((resolve) => gates.push(() => resolve({ ok: true, value: undefined }))),
      unlocked: () => true,
      log: () => undefined,
      reportId: () => 'report',
    });
    const flood = Array.from({ length: 500 }, () => relay('window', 'overview.read', {}));
    await Promise.resolve();
    expect(gates.length).toBeLessThan(100);
    for (const open of gates) open();
    const kinds = (await Promise.all(flood)).map((result) => (result.ok ? 'ok' : result.error.kind));
    expect(new Set(kinds)).toEqual(new Set(['ok', 'busy']));
    const again = relay('window', 'overview.read', {});
    await Promise.resolve();
    gates.at(-1)?.();
    expect((await again).ok).toBe(true);
  });
});
