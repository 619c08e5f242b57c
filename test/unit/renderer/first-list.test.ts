// The first list of a large vault: its beginning at once, the rest of it after, and nothing of it once the vault is locked.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallInput } from '../../../src/contract/contract.ts';
import { appStore } from '../../../src/renderer/app/app-store.ts';
import {
  forgetKeys,
  keysStore,
  refreshKeys,
  startKeysStore,
} from '../../../src/renderer/features/keys/store.ts';
import type { AppState, KeySummary } from '../../../src/renderer/lib/types.ts';
import { sampleSummary } from './sample-summary.ts';

type Input = CallInput<'keys.list'>;

/** A vault of that many keys behind the bridge; `before` is called before each list is answered. */
const vaultOf = (count: number, before: (input: Input) => void = () => undefined): Input[] => {
  const asked: Input[] = [];
  const keys = Array.from({ length: count }, (_, at): KeySummary => sampleSummary(`key ${at}`, {}));
  vi.stubGlobal('window', {
    keyturn: {
      'overview.read': () => Promise.resolve({ ok: true, value: { projects: [], providers: [] } }),
      'keys.list': (input: Input) => {
        before(input);
        asked.push(input);
        return Promise.resolve({ ok: true, value: keys.slice(0, input.limit) });
      },
    },
  });
  return asked;
};

const shown = (): number => keysStore.getState().keys.length;

beforeEach(forgetKeys);
afterEach(() => vi.unstubAllGlobals());

test('a large vault shows its beginning before the rest is asked for', async () => {
  const seen: number[] = [];
  const asked = vaultOf(2_000, () => seen.push(shown()));
  await refreshKeys();
  expect(asked).toEqual([{ limit: 500 }, {}]);
  expect(seen).toEqual([0, 500]);
  expect(shown()).toBe(2_000);
});

test('later it is read at once, and never becomes shorter in between', async () => {
  const asked = vaultOf(2_000);
  await refreshKeys();
  asked.length = 0;
  const unsubscribe = keysStore.subscribe(() => expect(shown()).toBe(2_000));
  await refreshKeys();
  unsubscribe();
  expect(asked).toEqual([{}]);
});

test('a small vault is asked for once', async () => {
  const asked = vaultOf(499);
  await refreshKeys();
  expect(asked).toEqual([{ limit: 500 }]);
  expect(shown()).toBe(499);
});

test('what comes after the vault was locked is not shown', async () => {
  vaultOf(2_000, ({ limit }) => {
    if (limit === undefined) forgetKeys();
  });
  await refreshKeys();
  expect(keysStore.getState().loaded).toBe(false);
  expect(shown()).toBe(0);
});

test('a change that is told before the vault counts as open asks for nothing', async () => {
  vi.useFakeTimers();
  try {
    const asked = vaultOf(3);
    const heard = new Map<string, () => void>();
    Object.assign(window.keyturn, {
      on: (name: string, listener: () => void) => {
        heard.set(name, listener);
        return () => undefined;
      },
    });
    startKeysStore();
    heard.get('vault.changed')?.();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toEqual([]);
    appStore.setState({ state: { vault: 'unlocked' } as AppState });
    heard.get('vault.changed')?.();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveLength(1);
  } finally {
    appStore.setState({ state: null });
    vi.useRealTimers();
  }
});
