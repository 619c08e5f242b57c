// The count of slots that a key's provider gives: what a rotation without a gap depends on.
import { describe, expect, it } from 'vitest';
import { composeKey } from '../../../src/core/keys/add-key.ts';
import { environmentsOf } from '../../../src/core/keys/book.ts';
import { addProject } from '../../../src/core/keys/projects.ts';
import { quotasOf } from '../../../src/core/keys/quotas.ts';
import { removeKey } from '../../../src/core/keys/remove-key.ts';
import { ok } from '../../../src/core/model/result.ts';
import { newDesk } from '../../support/key-book.ts';
import { sampleKey } from '../../support/key-samples.ts';

const desk = newDesk();
const { id: projectId } = desk.apply(addProject(desk.work(), 'default'));
const [environment] = environmentsOf(desk.book(), projectId);

const add = (name: string, value: string, account = ''): string => {
  const composed = composeKey(desk.work(), {
    projectId,
    environmentIds: [environment!.id],
    facts: { name, account },
    values: { secret: value },
    variables: {},
  });
  if (!composed.ok) throw new Error(composed.error.message);
  desk.apply(ok(composed.value.edit));
  return composed.value.id;
};
const used = (id: string) => quotasOf(desk.book(), desk.book().keys.get(id)!).map((quota) => quota.used);

describe('slots of a provider', () => {
  it('are counted per environment of the provider, each value once, without removed keys and other accounts', () => {
    const first = add('one', sampleKey('circle-mint', 'live', 1));
    expect(quotasOf(desk.book(), desk.book().keys.get(first)!)).toEqual([
      { used: 1, max: 10, approximate: false, rule: 'At most 10 keys per environment.' },
    ]);
    const second = add('two', sampleKey('circle-mint', 'live', 2));
    add('two again', sampleKey('circle-mint', 'live', 2));
    add('sandbox', sampleKey('circle-mint', 'sandbox', 3));
    expect(used(first)).toEqual([2]);
    desk.apply(removeKey(desk.work(), second, 'two'));
    expect(used(first)).toEqual([2]);
    const other = add('other account', sampleKey('circle-mint', 'live', 4), 'another');
    expect(used(other)).toEqual([3]);
  });

  it('are not spoken of where a provider has no limit, or nobody knows the provider', () => {
    expect(used(add('circa', sampleKey('circa', 'live', 5)))).toEqual([]);
    expect(used(add('plain', 'some value of nobody'))).toEqual([]);
  });
});
