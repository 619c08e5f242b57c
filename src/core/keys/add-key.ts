// A new key: its facts, its first version and the places it stands in.
import { fail } from '../model/app-error.ts';
import type { RecordId } from '../model/ids.ts';
import type { KeyFacts, StoredKey } from '../model/key.ts';
import { ok, type Result } from '../model/result.ts';
import { arrangeValues } from './arrange-values.ts';
import { completeFacts } from './defaults.ts';
import type { GivenFacts } from './facts.ts';
import { create, find, foldName, note, type Edit, type Work } from './edit.ts';
import { makeVersion, type GivenValues } from './fields.ts';
import { recogniseValues } from './recognise-values.ts';

export type NewKey = GivenValues & {
  readonly projectId: RecordId;
  readonly environmentIds: readonly RecordId[];
  readonly facts: GivenFacts & { readonly name: string };
};

/** Checks that every environment is there and belongs to the project; gives them without repeats. */
export const checkPlaces = (
  work: Work,
  projectId: RecordId,
  environmentIds: readonly RecordId[],
): Result<readonly RecordId[]> => {
  const project = find(work.book.projects, projectId, 'project');
  if (!project.ok) return project;
  for (const id of environmentIds) {
    const environment = find(work.book.environments, id, 'environment');
    if (!environment.ok) return environment;
    if (environment.value.body.projectId !== projectId) {
      return fail(
        'bad-input',
        `${environment.value.body.name} belongs to another project.`,
        'Choose one of this project.',
      );
    }
  }
  return ok([...new Set(environmentIds)]);
};

/** A name stands for one key in each environment, or `--env` could not choose. */
export const checkName = (
  work: Work,
  name: string,
  environmentIds: readonly RecordId[],
  except?: RecordId,
): Result<undefined> => {
  const wanted = foldName(name);
  for (const environmentId of environmentIds) {
    for (const id of work.book.namedIn(environmentId, wanted)) {
      const held = work.book.keys.get(id);
      if (held === undefined || id === except) continue;
      const where = work.book.environments.get(environmentId)?.body.name ?? 'this environment';
      return fail(
        'already-exists',
        `There is already a key called ${held.body.name} in ${where}.`,
        'Choose another name, or give that key a new value.',
      );
    }
  }
  return ok(undefined);
};

/** An unknown provider id is refused: nothing would ever be known about such a key. */
export const checkProvider = (work: Work, id: string | null | undefined): Result<undefined> =>
  id === undefined || id === null || work.provider(id) !== undefined
    ? ok(undefined)
    : fail('bad-input', `No provider is called ${id}.`, 'Choose one of the list, or none.', {
        field: 'provider',
      });

const checkNew = (work: Work, input: NewKey): Result<readonly RecordId[]> => {
  const provider = checkProvider(work, input.facts.provider);
  if (!provider.ok) return provider;
  if (Object.keys(input.values).length === 0) {
    return fail('bad-input', 'The key has no value.', 'Paste it, or fill in a field.', { field: 'secret' });
  }
  const places = checkPlaces(work, input.projectId, input.environmentIds);
  if (!places.ok) return places;
  const name = checkName(work, input.facts.name, places.value);
  return name.ok ? places : name;
};

export type Composed = {
  readonly id: RecordId;
  readonly key: StoredKey;
  readonly edit: Edit<undefined>;
  /** The values in the fields where they are kept; secret. */
  readonly values: GivenValues['values'];
};

/**
 * Computes the key as it would be saved, for saving and for saying beforehand what would be warned of.
 * `not-found`, `bad-input`, `already-exists`.
 */
export const composeKey = (work: Work, input: NewKey): Result<Composed> => {
  const places = checkNew(work, input);
  if (!places.ok) return places;
  const given = input.facts.provider;
  const chosen = typeof given === 'string' ? work.provider(given) : undefined;
  const recognised = recogniseValues(chosen, input.values, work.book.catalogue());
  const provider = given === null ? undefined : recognised.provider;
  const facts: KeyFacts = completeFacts(input.facts, provider, recognised);
  const arranged = arrangeValues(provider, input);
  const made = makeVersion(work, { provider, keyName: facts.name, ...arranged, number: 1 });
  const id = work.newId();
  const key: StoredKey = {
    ...facts,
    type: 'key',
    projectId: input.projectId,
    environmentIds: places.value,
    consumers: [],
    versions: [made.version],
    removedAtMs: null,
    addedAtMs: work.nowMs,
    changedAtMs: work.nowMs,
  };
  const where = places.value.map((each) => work.book.environments.get(each)?.body.name ?? '').join(', ');
  const audit = [note('key-added', work.by, `in ${where}`, { id, name: facts.name })];
  return ok({
    id,
    key,
    values: arranged.values,
    edit: { value: undefined, changes: [...made.changes, create(id, key)], audit },
  });
};
