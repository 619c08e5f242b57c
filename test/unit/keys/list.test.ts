// The list: what it says, in which order, and that remembering never makes it say something old.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeKey } from '../../../src/core/keys/add-key.ts';
import { environmentsOf } from '../../../src/core/keys/book.ts';
import { editKey } from '../../../src/core/keys/edit-key.ts';
import { openBook } from '../../../src/core/keys/live-book.ts';
import { addProject, renameEnvironment } from '../../../src/core/keys/projects.ts';
import { emptyRemoved, removeKey, undoRemove } from '../../../src/core/keys/remove-key.ts';
import { statusOf } from '../../../src/core/keys/status.ts';
import { listKeys } from '../../../src/core/keys/summary.ts';
import { putVariable, removeVariable } from '../../../src/core/keys/variables.ts';
import { ok } from '../../../src/core/model/result.ts';
import { newDesk, noon, type Desk } from '../../support/key-book.ts';
import { sampleKey } from '../../support/key-samples.ts';

type Made = { readonly desk: Desk; readonly projectId: string; readonly environments: readonly string[] };

const start = (): Made => {
  const desk = newDesk();
  const { id } = desk.apply(addProject(desk.work(), 'default'));
  return { desk, projectId: id, environments: environmentsOf(desk.book(), id).map((each) => each.id) };
};

const add = (
  { desk, projectId, environments }: Made,
  name: string,
  value: string,
  place = 0,
): string | null => {
  const composed = composeKey(desk.work(), {
    projectId,
    environmentIds: [environments[place]!],
    facts: { name },
    values: { secret: value },
    variables: {},
  });
  if (!composed.ok) return null;
  desk.apply(ok(composed.value.edit));
  return composed.value.id;
};

const live = sampleKey('circa', 'live', 1);
const codes = (made: Made, id: string): string[] =>
  listKeys(made.desk.book(), {}, noon)
    .find((each) => each.id === id)!
    .warnings.map(({ code }) => code);

describe('the list', () => {
  it('is in the order in which a person looks for names', () => {
    const made = start();
    for (const name of ['key 10', 'Key 9', 'álpha', 'beta', 'Alpha 2']) add(made, name, `value of ${name}`);
    expect(listKeys(made.desk.book(), {}, noon).map(({ name }) => name)).toEqual([
      'álpha',
      'Alpha 2',
      'beta',
      'Key 9',
      'key 10',
    ]);
  });

  it('shows what was asked for', () => {
    const made = start();
    const a = add(made, 'a', live, 3)!;
    add(made, 'b', 'other', 0);
    const removed = add(made, 'c', 'gone', 0)!;
    made.desk.apply(removeKey(made.desk.work(), removed, 'c'));
    const names = (filter: Parameters<typeof listKeys>[1]): string[] =>
      listKeys(made.desk.book(), filter, noon).map(({ name }) => name);
    expect(names({})).toEqual(['a', 'b']);
    expect(names({ environmentId: made.environments[3] })).toEqual(['a']);
    expect(names({ provider: 'circa' })).toEqual(['a']);
    expect(names({ removed: true })).toEqual(['c']);
    expect(names({ state: 'expired' })).toEqual([]);
    made.desk.apply(editKey(made.desk.work(), { id: a, facts: { expiresOn: '2026-11-01' } }));
    expect(names({ state: 'expired' })).toEqual(['a']);
    expect(names({ projectId: 'f'.repeat(32) })).toEqual([]);
  });

  it('gives the first ones alone where no more are wanted', () => {
    const made = start();
    for (const number of [3, 1, 2, 5, 4]) add(made, `key ${number}`, `value of ${number}`);
    const names = (limit: number): string[] =>
      listKeys(made.desk.book(), { limit }, noon).map(({ name }) => name);
    expect(names(2)).toEqual(['key 1', 'key 2']);
    expect(names(9)).toHaveLength(5);
    expect(listKeys(made.desk.book(), { limit: 2, state: 'expired' }, noon)).toEqual([]);
  });

  it('warns of the same value twice, in both, until one is gone', () => {
    const made = start();
    const first = add(made, 'one', live, 3)!;
    expect(codes(made, first)).not.toContain('same-value');
    const second = add(made, 'two', live, 0)!;
    expect(codes(made, first)).toEqual(expect.arrayContaining(['same-value', 'one-value-two-environments']));
    expect(codes(made, second)).toEqual(expect.arrayContaining(['same-value', 'live-outside-production']));
    made.desk.apply(removeKey(made.desk.work(), second, 'two'));
    expect(codes(made, first)).not.toContain('same-value');
  });

  it('warns of a variable that two of an environment claim', () => {
    const made = start();
    const first = add(made, 'one', live, 3)!;
    const variable = made.desk.apply(
      putVariable(made.desk.work(), made.environments[3]!, 'CIRCA_API_KEY', 'x'),
    );
    expect(codes(made, first)).toContain('variable-taken');
    made.desk.apply(removeVariable(made.desk.work(), variable.id));
    expect(codes(made, first)).not.toContain('variable-taken');
    add(made, 'two', sampleKey('circa', 'live', 2), 3);
    expect(codes(made, first)).toContain('variable-taken');
  });

  it('calls a key expired from the earliest hour of its last day anywhere', () => {
    const key = { expiresOn: '2026-11-23' } as never;
    const earliest = Date.UTC(2026, 10, 22, 10);
    expect(statusOf(key, earliest - 1).state).toBe('not-checked');
    expect(statusOf(key, earliest)).toMatchObject({
      state: 'expired',
      reason: 'It may have expired: 23 November 2026 has begun in the earliest time zone.',
      checkedAt: null,
      workedAtMs: null,
    });
    const made = start();
    const id = add(made, 'one', live, 3)!;
    made.desk.apply(editKey(made.desk.work(), { id, facts: { expiresOn: '2026-11-23' } }));
    const states = [earliest - 1, earliest, earliest - 1].map(
      (nowMs) => listKeys(made.desk.book(), {}, nowMs)[0]?.status.state,
    );
    expect(states).toEqual(['not-checked', 'expired', 'not-checked']);
  });

  it('says after any changes what a fresh look would say', () => {
    const values = [live, 'a', 'b', sampleKey('circle-mint', 'live', 1), sampleKey('circle-mint', 'live', 2)];
    const step = fc.record({ act: fc.nat(7), which: fc.nat(9), value: fc.nat(4), place: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const made = start();
        const { desk, environments } = made;
        const ids: string[] = [];
        const maybe = (result: Parameters<Desk['apply']>[0]): void => {
          if (result.ok) desk.apply(result);
        };
        for (const { act, which, value, place } of steps) {
          const id = ids[which % Math.max(1, ids.length)] ?? '';
          const held = desk.book().keys.get(id);
          if (act <= 2)
            ids.push(
              ...[add(made, `key ${String(which)}`, values[value]!, place)].flatMap((each) => each ?? []),
            );
          if (act === 3) maybe(editKey(desk.work(), { id, environmentIds: [environments[place]!] }));
          if (act === 4) maybe(removeKey(desk.work(), id, held?.body.name ?? ''));
          if (act === 5) maybe(undoRemove(desk.work(), id));
          if (act === 6) maybe(renameEnvironment(desk.work(), environments[place]!, `env ${String(which)}`));
          if (act === 7)
            maybe(
              which < 5
                ? putVariable(desk.work(), environments[place]!, 'CIRCA_API_KEY', 'x')
                : emptyRemoved(desk.work(), undefined),
            );
          const remembered = listKeys(desk.book(), {}, noon);
          const fresh = listKeys(openBook(structuredClone(desk.records)).book, {}, noon);
          expect(remembered).toEqual(fresh);
        }
      }),
      { numRuns: 100 },
    );
  });
});
