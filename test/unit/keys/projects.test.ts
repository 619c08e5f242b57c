// Projects, environments and plain variables.
import { describe, expect, it } from 'vitest';
import { composeKey } from '../../../src/core/keys/add-key.ts';
import { environmentsOf, variablesOf } from '../../../src/core/keys/book.ts';
import {
  addEnvironment,
  addProject,
  firstProject,
  removeEnvironment,
  removeProject,
  renameEnvironment,
  renameProject,
} from '../../../src/core/keys/projects.ts';
import { emptyRemoved, removeKey } from '../../../src/core/keys/remove-key.ts';
import { putVariable, removeVariable } from '../../../src/core/keys/variables.ts';
import { ok } from '../../../src/core/model/result.ts';
import { newDesk, type Desk } from '../../support/key-book.ts';

const withDefault = (): { desk: Desk; id: string } => {
  const desk = newDesk();
  const first = firstProject(desk.work());
  if (first === null) throw new Error('a fresh vault gets a project');
  return { desk, id: desk.apply(ok(first)).id };
};

describe('a fresh vault', () => {
  it('gets the project default with five environments, once', () => {
    const { desk, id } = withDefault();
    expect(desk.book().projects.get(id)?.body.name).toBe('default');
    const environments = environmentsOf(desk.book(), id).map(({ body }) => [
      body.name,
      body.kind,
      body.order,
    ]);
    expect(environments).toEqual([
      ['development', 'development', 0],
      ['test', 'test', 1],
      ['staging', 'staging', 2],
      ['production', 'production', 3],
      ['ci', 'ci', 4],
    ]);
    expect(firstProject(desk.work())).toBeNull();
  });
});

describe('names', () => {
  it('are unique whatever their case', () => {
    const { desk, id } = withDefault();
    expect(addProject(desk.work(), 'Default')).toMatchObject({ error: { kind: 'already-exists' } });
    expect(addEnvironment(desk.work(), id, 'PRODUCTION')).toMatchObject({
      error: { kind: 'already-exists' },
    });
    const other = desk.apply(addProject(desk.work(), 'other'));
    expect(renameProject(desk.work(), other.id, 'default')).toMatchObject({
      error: { kind: 'already-exists' },
    });
    desk.apply(renameProject(desk.work(), other.id, 'Other'));
    expect(desk.book().projects.get(other.id)?.body.name).toBe('Other');
  });

  it('of an own environment decide its kind only at its making', () => {
    const { desk, id } = withDefault();
    const own = desk.apply(addEnvironment(desk.work(), id, 'prod-eu'));
    expect(desk.book().environments.get(own.id)?.body).toMatchObject({ kind: 'own', order: 5 });
    const production = environmentsOf(desk.book(), id)[3]!.id;
    desk.apply(renameEnvironment(desk.work(), production, 'main'));
    expect(desk.book().environments.get(production)?.body).toMatchObject({
      name: 'main',
      kind: 'production',
    });
    const again = desk.apply(addEnvironment(desk.work(), id, 'Production'));
    expect(desk.book().environments.get(again.id)?.body.kind).toBe('production');
  });
});

describe('removing', () => {
  it('is refused while anything is inside, even in the bin, and for the last one', () => {
    const { desk, id } = withDefault();
    const environmentId = environmentsOf(desk.book(), id)[0]!.id;
    const composed = composeKey(desk.work(), {
      projectId: id,
      environmentIds: [environmentId],
      facts: { name: 'k' },
      values: { secret: 'x' },
      variables: {},
    });
    if (!composed.ok) throw new Error('key');
    desk.apply(ok(composed.value.edit));
    expect(removeEnvironment(desk.work(), environmentId)).toMatchObject({ error: { kind: 'refused' } });
    desk.apply(removeKey(desk.work(), composed.value.id, 'k'));
    const inBin = removeEnvironment(desk.work(), environmentId);
    expect(inBin).toMatchObject({ error: { kind: 'refused', message: expect.stringContaining('bin') } });
    expect(removeProject(desk.work(), id)).toMatchObject({ error: { kind: 'refused' } });
    desk.apply(emptyRemoved(desk.work(), undefined));
    desk.apply(removeEnvironment(desk.work(), environmentId));
    expect(removeProject(desk.work(), id)).toMatchObject({ error: { kind: 'refused' } });
    desk.apply(addProject(desk.work(), 'other'));
    desk.apply(removeProject(desk.work(), id));
    expect([...desk.book().environments.values()].every(({ body }) => body.projectId !== id)).toBe(true);
  });

  it('of the last environment is refused', () => {
    const { desk, id } = withDefault();
    const all = environmentsOf(desk.book(), id);
    for (const { id: environmentId } of all.slice(1))
      desk.apply(removeEnvironment(desk.work(), environmentId));
    expect(removeEnvironment(desk.work(), all[0]!.id)).toMatchObject({ error: { kind: 'refused' } });
  });
});

describe('plain variables', () => {
  it('keep the order of their coming, and are replaced by name', () => {
    const { desk, id } = withDefault();
    const environmentId = environmentsOf(desk.book(), id)[0]!.id;
    const put = (name: string, value: string): string =>
      desk.apply(putVariable(desk.work(), environmentId, name, value)).id;
    put('B', '1');
    const a = put('A', '2');
    put('B', '3');
    expect(variablesOf(desk.book(), environmentId).map(({ body }) => `${body.name}=${body.value}`)).toEqual([
      'B=3',
      'A=2',
    ]);
    desk.apply(removeVariable(desk.work(), a));
    expect(variablesOf(desk.book(), environmentId)).toHaveLength(1);
    expect(removeVariable(desk.work(), a)).toMatchObject({ error: { kind: 'not-found' } });
  });
});
