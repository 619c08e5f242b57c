// The vault's policies: lead times and ages by project, environment and kind. One record; the first rule that fits a key counts.
import { fail } from '../model/app-error.ts';
import type { PolicyRule } from '../model/key-log.ts';
import { ok, type Result } from '../model/result.ts';
import type { Book } from './book.ts';
import { create, find, note, overwrite, type Edit, type Work } from './edit.ts';

const stands = (book: Book, { projectId, environmentId }: PolicyRule): boolean =>
  (projectId === null || book.projects.has(projectId)) &&
  (environmentId === null || book.environments.has(environmentId));

/** The rules in their order; those about a project or environment that is gone are left out. */
export const readPolicies = (book: Book): readonly PolicyRule[] =>
  (book.policies()?.body.rules ?? []).filter((rule) => stands(book, rule));

const check = (book: Book, { projectId, environmentId }: PolicyRule): Result<undefined> => {
  const project = projectId === null ? ok(undefined) : find(book.projects, projectId, 'project');
  if (!project.ok) return project;
  const environment =
    environmentId === null ? ok(undefined) : find(book.environments, environmentId, 'environment');
  if (!environment.ok) return environment;
  const of = environment.value?.body.projectId;
  return projectId === null || of === undefined || of === projectId
    ? ok(undefined)
    : fail('bad-input', 'The environment belongs to another project.', 'Choose one of this project.', {
        field: 'environmentId',
      });
};

/** Derived, so that two processes that write the first ones at once collide instead of making two. */
const firstId = ({ fingerprint }: Work): string => fingerprint(new TextEncoder().encode('policies'));

/** Writes all rules. `not-found`, `bad-input`. */
export const writePolicies = (work: Work, rules: readonly PolicyRule[]): Result<Edit<undefined>> => {
  for (const rule of rules) {
    const checked = check(work.book, rule);
    if (!checked.ok) return checked;
  }
  const held = work.book.policies();
  const body = { type: 'policies' as const, rules: rules.map((rule) => ({ ...rule })) };
  const count = `${String(rules.length)} ${rules.length === 1 ? 'rule' : 'rules'}`;
  return ok({
    value: undefined,
    changes: [held === null ? create(firstId(work), body) : overwrite(held, body)],
    audit: [note('policies-changed', work.by, count)],
  });
};
