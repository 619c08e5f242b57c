// The order of the key list and where the arrow keys lead in it.
import { describe, expect, test } from 'vitest';
import { flatRows, groupKeys } from '../../../src/renderer/lib/group-keys.ts';
import type { EnvironmentView, KeySummary } from '../../../src/renderer/lib/types.ts';
import { nextKeyRow } from '../../../src/renderer/features/keys/list-moves.ts';
import { sampleSummary } from './sample-summary.ts';

const environment = (id: string, kind: EnvironmentView['kind'], variables = 0): EnvironmentView => ({
  id,
  projectId: 'p',
  name: id,
  kind,
  order: 0,
  keys: 0,
  variables,
});

const key = (name: string, ...environmentIds: string[]): KeySummary =>
  sampleSummary(name, { environmentIds });

const environments = [
  environment('dev', 'development'),
  environment('prod', 'production'),
  environment('empty', 'staging'),
  environment('plain', 'ci', 3),
];

const shown = (keys: readonly KeySummary[]): readonly string[] =>
  groupKeys(keys, environments).map((row) => (row.type === 'heading' ? `# ${row.id} ${row.keys}` : row.id));

describe('the list', () => {
  test('production comes first, a key of two environments stands under both, an empty environment has no heading', () => {
    expect(shown([key('a', 'dev', 'prod'), key('b', 'prod')])).toEqual([
      '# prod 2',
      'prod/a',
      'prod/b',
      '# plain 0',
      '# dev 1',
      'dev/a',
    ]);
  });

  test('found keys are one flat list in their own order', () => {
    expect(flatRows([key('z', 'dev'), key('a', 'prod')]).map((row) => row.id)).toEqual(['z', 'a']);
  });
});

describe('arrow keys', () => {
  const rows = groupKeys([key('a', 'prod'), key('b', 'prod'), key('c', 'dev')], environments);
  // # prod, a, b, # plain, # dev, c
  test.each([
    ['down enters the list at its first key', -1, 'ArrowDown', 1],
    ['down steps over headings', 2, 'ArrowDown', 5],
    ['up steps over headings', 5, 'ArrowUp', 2],
    ['up from nowhere goes to the last', -1, 'ArrowUp', 5],
    ['home', 5, 'Home', 1],
    ['end', 1, 'End', 5],
    ['a page down from near the end goes to the last', 2, 'PageDown', 5],
    ['a page up from near the start goes to the first', 2, 'PageUp', 1],
  ])('%s', (_what, from, pressed, to) => {
    expect(nextKeyRow(rows, from, pressed, 10)).toBe(to);
  });

  test('other keys do not move, nor does down at the end', () => {
    expect(nextKeyRow(rows, 1, 'x', 10)).toBeNull();
    expect(nextKeyRow(rows, 5, 'ArrowDown', 10)).toBeNull();
    expect(nextKeyRow([], -1, 'ArrowDown', 10)).toBeNull();
  });
});
