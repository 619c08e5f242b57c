// Projects and their environments: made, renamed, removed. Nothing that holds a key or a variable is removed.
import { environmentKinds, initialEnvironments, type EnvironmentKind } from '../model/environment.ts';
import { fail } from '../model/app-error.ts';
import type { RecordId } from '../model/ids.ts';
import { ok, type Result } from '../model/result.ts';
import { environmentsOf, trackedOf, type Book } from './book.ts';
import { create, erase, find, note, overwrite, sameName, type Edit, type Work } from './edit.ts';

export const defaultProjectName = 'default';

const projectNamed = (book: Book, name: string): RecordId | undefined =>
  [...book.projects.values()].find(({ body }) => sameName(body.name, name))?.id;

const taken = (what: string, name: string): Result<never> =>
  fail('already-exists', `There is already ${what} called ${name}.`, 'Choose another name.');

/** A new project with the five environments of every project. `already-exists`. */
export const addProject = (work: Work, name: string): Result<Edit<{ readonly id: RecordId }>> => {
  if (projectNamed(work.book, name) !== undefined) return taken('a project', name);
  const id = work.newId();
  const environments = initialEnvironments.map((kind, order) =>
    create(work.newId(), { type: 'environment', projectId: id, name: kind, kind, order }),
  );
  return ok({
    value: { id },
    changes: [create(id, { type: 'project', name }), ...environments],
    audit: [note('project-added', work.by, `project ${name}`)],
  });
};

/** What a vault without any project gets at its first unlock; null where there is one. */
export const firstProject = (work: Work): Edit<{ readonly id: RecordId }> | null => {
  if (work.book.projects.size > 0) return null;
  const edit = addProject(work, defaultProjectName);
  return edit.ok ? edit.value : null;
};

/** `not-found`, `already-exists`. */
export const renameProject = (work: Work, id: RecordId, name: string): Result<Edit<undefined>> => {
  const held = find(work.book.projects, id, 'project');
  if (!held.ok) return held;
  const other = projectNamed(work.book, name);
  if (other !== undefined && other !== id) return taken('a project', name);
  return ok({
    value: undefined,
    changes: [overwrite(held.value, { ...held.value.body, name })],
    audit: [note('project-renamed', work.by, `${held.value.body.name} is now ${name}`)],
  });
};

const holdsSomething = (what: string, name: string, removedOnly: boolean): Result<never> =>
  removedOnly
    ? fail('refused', `The bin still holds a key of ${name}.`, 'Empty the bin, then remove it.')
    : fail('refused', `The ${what} ${name} still holds keys or variables.`, 'Move or remove them first.');

/** `not-found`; `refused` while it holds a key, a removed key or a variable. */
export const removeProject = (work: Work, id: RecordId): Result<Edit<undefined>> => {
  const held = find(work.book.projects, id, 'project');
  if (!held.ok) return held;
  const { name } = held.value.body;
  const environments = environmentsOf(work.book, id);
  const inside = new Set(environments.map((environment) => environment.id));
  const keys = [...work.book.keys.values()].filter(({ body }) => body.projectId === id);
  const variables = [...work.book.variables.values()].some(({ body }) => inside.has(body.environmentId));
  if (variables || keys.length > 0) {
    return holdsSomething('project', name, !variables && keys.every(({ body }) => body.removedAtMs !== null));
  }
  if (work.book.projects.size === 1) {
    return fail('refused', `${name} is the only project.`, 'Rename it, or add another one first.');
  }
  return ok({
    value: undefined,
    changes: [
      ...environments.flatMap((each) => [...trackedOf(work.book, each.id).map(erase), erase(each)]),
      erase(held.value),
    ],
    audit: [note('project-removed', work.by, `project ${name}`)],
  });
};

const environmentNamed = (book: Book, projectId: RecordId, name: string): RecordId | undefined =>
  environmentsOf(book, projectId).find(({ body }) => sameName(body.name, name))?.id;

const kindOf = (name: string): EnvironmentKind =>
  environmentKinds.find((kind) => kind !== 'own' && sameName(kind, name)) ?? 'own';

/** An environment of one's own, last in the order. `not-found`, `already-exists`. */
export const addEnvironment = (
  work: Work,
  projectId: RecordId,
  name: string,
): Result<Edit<{ readonly id: RecordId }>> => {
  const project = find(work.book.projects, projectId, 'project');
  if (!project.ok) return project;
  if (environmentNamed(work.book, projectId, name) !== undefined) return taken('an environment', name);
  const last = environmentsOf(work.book, projectId).at(-1)?.body.order ?? -1;
  const id = work.newId();
  return ok({
    value: { id },
    changes: [create(id, { type: 'environment', projectId, name, kind: kindOf(name), order: last + 1 })],
    audit: [note('environment-added', work.by, `${name} in ${project.value.body.name}`)],
  });
};

/** The kind stays: a renamed production goes on being warned about as production. */
export const renameEnvironment = (work: Work, id: RecordId, name: string): Result<Edit<undefined>> => {
  const held = find(work.book.environments, id, 'environment');
  if (!held.ok) return held;
  const other = environmentNamed(work.book, held.value.body.projectId, name);
  if (other !== undefined && other !== id) return taken('an environment', name);
  return ok({
    value: undefined,
    changes: [overwrite(held.value, { ...held.value.body, name })],
    audit: [note('environment-renamed', work.by, `${held.value.body.name} is now ${name}`)],
  });
};

/** `not-found`; `refused` while it holds a key, a removed key or a variable, or is the project's last. */
export const removeEnvironment = (work: Work, id: RecordId): Result<Edit<undefined>> => {
  const held = find(work.book.environments, id, 'environment');
  if (!held.ok) return held;
  const { name, projectId } = held.value.body;
  const keys = [...work.book.keys.values()].filter(({ body }) => body.environmentIds.includes(id));
  const variables = [...work.book.variables.values()].some(({ body }) => body.environmentId === id);
  if (variables || keys.length > 0) {
    return holdsSomething(
      'environment',
      name,
      !variables && keys.every(({ body }) => body.removedAtMs !== null),
    );
  }
  if (environmentsOf(work.book, projectId).length === 1) {
    return fail(
      'refused',
      `${name} is the project's only environment.`,
      'Rename it, or add another one first.',
    );
  }
  return ok({
    value: undefined,
    changes: [...trackedOf(work.book, id).map(erase), erase(held.value)],
    audit: [note('environment-removed', work.by, `environment ${name}`)],
  });
};
