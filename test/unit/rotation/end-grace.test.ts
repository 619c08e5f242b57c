// A grace that a person cuts short, and nothing else that it would cut.
import { expect, test } from 'vitest';
import { beginRotation } from '../../../src/core/rotation/begin.ts';
import { graceEnded } from '../../../src/core/rotation/end-grace.ts';
import { waiting } from '../../../src/core/rotation/record.ts';
import type { Rotation } from '../../../src/core/model/rotation.ts';

const begun = beginRotation({
  keyId: 'b'.repeat(32),
  oldVersionId: 'c'.repeat(32),
  way: 'personal',
  shape: 'overlap',
  order: 'overlap',
  reason: 'asked',
  by: 'app',
  nowMs: 1_000,
  foundAtMs: null,
  graceMs: 5_000,
  managerKeyId: null,
  inputs: {},
  expiresOn: null,
  oldRemoteId: null,
  removeFirst: null,
  tasks: [],
});
const inGrace: Rotation = waiting(
  { ...begun, step: 'grace', graceUntilMs: 6_000 },
  1_000,
  'old and new both work until then',
  6_000,
);

test('the grace is over at that moment, and the journal says by whom', () => {
  const ended = graceEnded(inGrace, 2_000);
  expect(ended).toMatchObject({ step: 'grace', graceUntilMs: 2_000, againAtMs: 2_000 });
  expect(ended.journal.at(-1)).toEqual({
    step: 'grace',
    event: 'note',
    atMs: 2_000,
    what: 'a person ended the grace',
  });
});

test('a turn at another step, on its way back or over is left alone', () => {
  const over = { kind: 'stopped', sentence: '', next: '', atMs: 1_500 } as const;
  for (const other of [
    begun,
    { ...inGrace, phase: 'undoing' as const },
    { ...inGrace, outcome: over },
    { ...inGrace, step: 'revoke' as const },
  ])
    expect(graceEnded(other, 2_000)).toBe(other);
});
