// Copying a key that moves money asks first: once per key until the vault is locked, and only where something could be lost.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallInput } from '../../../src/contract/contract.ts';
import { appStore, goTo, openOverlay } from '../../../src/renderer/app/app-store.ts';
import { clipboardStore } from '../../../src/renderer/app/clipboard-store.ts';
import {
  answerQuestion,
  asksBeforeCopy,
  copyQuestionStore,
  forgetCopies,
  isAsked,
  pressCopy,
  questionMs,
  startCopyQuestion,
  withdrawQuestion,
  type CopyKey,
} from '../../../src/renderer/features/keys/copy-question.ts';
import { keysStore } from '../../../src/renderer/features/keys/store.ts';

type Copied = CallInput<'keys.copy'>;

const secret = { name: 'secret', secret: true };
const teamId = { name: 'teamId', secret: false };
const payouts: CopyKey = { id: 'payouts', kind: 'live', movesMoney: true };
const treasury: CopyKey = { id: 'treasury', kind: 'live', movesMoney: true };
const copied: Copied[] = [];
let cleared = 0;

const asked = (): string | null => copyQuestionStore.getState().asked?.key.id ?? null;

startCopyQuestion();

beforeEach(() => {
  vi.useFakeTimers();
  copied.length = 0;
  cleared = 0;
  vi.stubGlobal('window', {
    keyturn: {
      'keys.copy': (input: Copied) => {
        copied.push(input);
        const value = { keyId: input.id, field: input.field, clearsAtMs: Date.now() + 20_000 };
        return Promise.resolve({ ok: true, value });
      },
      'clipboard.clear': () => {
        cleared += 1;
        clipboardStore.setState({ held: null });
        return Promise.resolve({ ok: true, value: {} });
      },
    },
  });
  appStore.setState({ place: 'keys', overlay: null });
  keysStore.setState({ keyId: payouts.id });
  clipboardStore.setState({ held: null, spoken: '' });
  forgetCopies();
});

afterEach(() => {
  forgetCopies();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('whether it asks', () => {
  test.each([
    ['a live key that moves money', 'live', true, true],
    ['a key of unknown kind that moves money: the worse is taken', 'unknown', true, true],
    ['a test key', 'test', true, false],
    ['a live key that moves none', 'live', false, false],
  ] as const)('%s', async (_what, kind, movesMoney, asks) => {
    const key: CopyKey = { id: 'payouts', kind, movesMoney };
    expect(asksBeforeCopy(key)).toBe(asks);
    await pressCopy(key, secret);
    expect(copied).toHaveLength(asks ? 0 : 1);
    expect(asked()).toBe(asks ? 'payouts' : null);
  });

  test('a part that is no secret is copied at once', async () => {
    await pressCopy(payouts, teamId);
    expect(copied).toEqual([{ id: 'payouts', field: 'teamId' }]);
    expect(asked()).toBeNull();
  });
});

describe('the yes', () => {
  test.each([
    ['a second press', () => pressCopy(payouts, secret)],
    ['an answer from elsewhere', answerQuestion],
  ])('%s copies it', async (_what, yes) => {
    await pressCopy(payouts, secret);
    expect(copied).toEqual([]);
    expect(clipboardStore.getState().spoken).toMatch(/moves money/);
    await yes();
    expect(copied).toEqual([{ id: 'payouts', field: 'secret' }]);
    expect(asked()).toBeNull();
  });

  test('counts for the key until the lock, and for no other key', async () => {
    await pressCopy(payouts, secret);
    await pressCopy(payouts, secret);
    await pressCopy(payouts, secret);
    expect(cleared, 'the press after it clears').toBe(1);
    await pressCopy(payouts, { name: 'password', secret: true });
    expect(copied).toHaveLength(2);
    keysStore.setState({ keyId: treasury.id });
    await pressCopy(treasury, secret);
    expect(copied).toHaveLength(2);
    expect(asked()).toBe('treasury');

    forgetCopies();
    expect(asked()).toBeNull();
    keysStore.setState({ keyId: payouts.id });
    await pressCopy(payouts, secret);
    expect(copied).toHaveLength(2);
    expect(asked()).toBe('payouts');
  });

  test('is not taken from a press on another field', async () => {
    await pressCopy(payouts, secret);
    await pressCopy(payouts, { name: 'password', secret: true });
    expect(copied).toEqual([]);
    expect(isAsked(copyQuestionStore.getState(), 'payouts', 'password')).toBe(true);
    expect(isAsked(copyQuestionStore.getState(), 'payouts', 'secret')).toBe(false);
  });

  test('clearing what lies on the clipboard is never asked about', async () => {
    clipboardStore.setState({ held: { keyId: 'payouts', field: 'secret', clearsAtMs: Date.now() + 5_000 } });
    await pressCopy(payouts, secret);
    expect([cleared, copied.length, asked()]).toEqual([1, 0, null]);
  });
});

describe('the question goes', () => {
  const leaves: readonly (readonly [string, () => void])[] = [
    ['by Escape', withdrawQuestion],
    ['by itself', () => vi.advanceTimersByTime(questionMs)],
    ['with another key in sight', () => keysStore.setState({ keyId: treasury.id })],
    ['with another place', () => goTo('settings')],
    ['behind a dialog', () => openOverlay({ type: 'cheat-sheet' })],
  ];
  test.each(leaves)('%s, and the next press asks again', async (_what, leave) => {
    await pressCopy(payouts, secret);
    expect(asked()).toBe('payouts');
    leave();
    expect(asked()).toBeNull();
    expect(clipboardStore.getState().spoken).toBe('Not copied');
    await answerQuestion();
    await pressCopy(payouts, secret);
    expect(copied).toEqual([]);
  });

  test('not before its time, which begins anew with each question', async () => {
    await pressCopy(payouts, secret);
    vi.advanceTimersByTime(questionMs - 1);
    expect(asked()).toBe('payouts');
    withdrawQuestion();
    await pressCopy(payouts, secret);
    vi.advanceTimersByTime(questionMs - 1);
    expect(asked()).toBe('payouts');
  });

  test('a question asked from another place brings the keys into sight, where it stands', async () => {
    appStore.setState({ place: 'settings' });
    await pressCopy(payouts, secret);
    expect(appStore.getState().place).toBe('keys');
    expect(asked()).toBe('payouts');
  });
});
