// Takes the rows of an import in, some at a time: each portion is one transaction, so that what was reported as done is there
// whatever happens next, and other calls have their turn in between.
import { ok, type Result } from '../../core/model/result.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { KeyWarning } from '../../core/model/warning.ts';
import type { CallOutput } from '../../contract/contract.ts';
import { composeKey, type Composed } from '../../core/keys/add-key.ts';
import { note, sameName, type Edit } from '../../core/keys/edit.ts';
import { entryWarnings } from '../../core/keys/list-warnings.ts';
import { textOf } from '../../core/keys/secret-body.ts';
import { putVariables } from '../../core/keys/variables.ts';
import type { ImportedKey, ImportedVariable, ImportPlan } from '../../core/transfer/apply-choices.ts';
import { lockedMeanwhile } from '../locked-meanwhile.ts';
import type { SessionContext } from '../handler.ts';
import { wipeChanges } from '../session.ts';
import { breathe, type Task } from '../tasks.ts';

type Outcome = CallOutput<'import.apply'>;
type Place = { readonly projectId: RecordId; readonly environmentId: RecordId };
type Skipped = Outcome['skipped'][number];

const portion = 50;
const maxWarnings = 200;

const inPortions = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / portion) }, (_, index) =>
    all.slice(index * portion, (index + 1) * portion),
  );

const compose = (context: SessionContext, key: ImportedKey, place: Place): Result<Composed> => {
  const values = Object.fromEntries(key.fields.map(({ name, value }) => [name, value.use(textOf) ?? '']));
  const variables = Object.fromEntries(key.fields.map(({ name, variable }) => [name, variable]));
  const kind = key.kind === 'unknown' ? {} : { kind: key.kind };
  return composeKey(context.work(), {
    projectId: place.projectId,
    environmentIds: [place.environmentId],
    facts: { name: key.name, provider: key.provider, arrival: 'file', ...kind },
    values,
    variables,
  });
};

/** Said of each key, so that a person finds it. */
const named = (name: string, warnings: readonly KeyWarning[]): readonly KeyWarning[] =>
  warnings
    .filter(({ severity }) => severity !== 'info')
    .map((warning) => ({ ...warning, message: `${name}: ${warning.message}` }));

class Import {
  readonly #context: SessionContext;
  readonly #place: Place;
  keys = 0;
  variables = 0;
  readonly skipped: Skipped[] = [];
  readonly warnings: KeyWarning[] = [];

  constructor(context: SessionContext, place: Place) {
    this.#context = context;
    this.#place = place;
  }

  /** One transaction. A key that cannot be taken is left out with its reason; a vault that cannot be written to stops all. */
  takeKeys(keys: readonly ImportedKey[]): Result<undefined> {
    const { session, core } = this.#context;
    const taken: Composed[] = [];
    const warnings: KeyWarning[] = [];
    for (const key of keys) {
      if (taken.some((other) => sameName(other.key.name, key.name))) {
        this.skipped.push({ name: key.name, reason: 'Another row of this import has the same name.' });
        continue;
      }
      const composed = compose(this.#context, key, this.#place);
      if (!composed.ok) {
        this.skipped.push({ name: key.name, reason: composed.error.message });
        continue;
      }
      taken.push(composed.value);
      const values = Object.fromEntries(key.fields.map(({ name, value }) => [name, value.use(textOf) ?? '']));
      warnings.push(
        ...named(
          key.name,
          entryWarnings(session.book(), composed.value.key, undefined, values, core.nowMs()),
        ),
      );
    }
    const edit: Edit<undefined> = {
      value: undefined,
      changes: taken.flatMap((each) => each.edit.changes),
      audit: taken.flatMap((each) => each.edit.audit),
    };
    if (session.ended()) {
      wipeChanges(edit.changes);
      return lockedMeanwhile;
    }
    const committed = session.commit(edit);
    if (!committed.ok) return committed;
    this.keys += taken.length;
    this.warnings.push(...warnings);
    return ok(undefined);
  }

  /** One transaction. */
  takeVariables(variables: readonly ImportedVariable[]): Result<undefined> {
    const { session } = this.#context;
    if (session.ended()) return lockedMeanwhile;
    const given = variables.map(({ name, value }) => ({ name, value: value.use(textOf) ?? '' }));
    const edit = putVariables(this.#context.work(), this.#place.environmentId, given);
    const committed = edit.ok ? session.commit(edit.value) : edit;
    if (!committed.ok) return committed;
    this.variables += variables.length;
    return ok(undefined);
  }

  outcome(plan: ImportPlan): Outcome {
    return {
      imported: this.keys + this.variables,
      keys: this.keys,
      variables: this.variables,
      skipped: [...plan.skipped, ...this.skipped],
      warnings: this.warnings.slice(0, maxWarnings),
    };
  }
}

const stopped = (names: readonly string[]): readonly Skipped[] =>
  names.map((name) => ({ name, reason: 'You stopped the import before it was taken in.' }));

const takeAll = async (work: Import, plan: ImportPlan, task: Task): Promise<Result<undefined>> => {
  const portions = [
    ...inPortions(plan.keys).map((keys) => ({ names: keys, take: () => work.takeKeys(keys) })),
    ...inPortions(plan.variables).map((all) => ({ names: all, take: () => work.takeVariables(all) })),
  ];
  let done = 0;
  for (const { names, take } of portions) {
    if (task.cancelled()) {
      work.skipped.push(...stopped(names.map(({ name }) => name)));
      continue;
    }
    const taken = take();
    if (!taken.ok) return taken;
    done += names.length;
    task.step(done);
    await breathe();
  }
  return ok(undefined);
};

/** Creates what the plan lists. The plan's values are borrowed. */
export const runImport = async (
  context: SessionContext,
  plan: ImportPlan,
  projectId: RecordId,
  environmentId: RecordId,
): Promise<Result<Outcome>> => {
  const { session, core, by } = context;
  const work = new Import(context, { projectId, environmentId });
  const task = core.tasks.begin('Importing', plan.keys.length + plan.variables.length, true);
  const taken = await takeAll(work, plan, task);
  const outcome = work.outcome(plan);
  const sum = `${String(outcome.keys)} keys and ${String(outcome.variables)} variables`;
  task.end(taken.ok ? `Imported ${sum}.` : `Stopped after ${sum}: ${taken.error.message}`);
  if (!taken.ok) return taken;
  const noted = session.note(note('file-imported', by, sum));
  return noted.ok ? ok(outcome) : noted;
};
