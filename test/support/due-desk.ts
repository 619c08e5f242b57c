// A vault's records with one project and keys that have dates, for tests of what is due.
import { composeKey } from '../../src/core/keys/add-key.ts';
import { environmentsOf, type HeldKey } from '../../src/core/keys/book.ts';
import { careForKey, type SomeCare } from '../../src/core/keys/care.ts';
import type { DueWork } from '../../src/core/keys/due/due-list.ts';
import { create } from '../../src/core/keys/edit.ts';
import type { GivenFacts } from '../../src/core/keys/facts.ts';
import { addProject } from '../../src/core/keys/projects.ts';
import type { CheckRun, ToldEntry } from '../../src/core/model/key-log.ts';
import { ok } from '../../src/core/model/result.ts';
import { newDesk, type Desk } from './key-book.ts';
import { blake2bHex } from './tiny-hash.ts';

export type DueDesk = {
  readonly desk: Desk;
  readonly projectId: string;
  /** By name. */
  readonly environments: ReadonlyMap<string, string>;
  /** Adds a key of an invented value; gives its id. */
  readonly key: (
    facts: GivenFacts & { readonly name: string },
    addedAtMs?: number,
    environment?: string,
  ) => string;
  readonly held: (id: string) => HeldKey;
  readonly care: (id: string, care: SomeCare, nowMs?: number) => void;
  /** What asking has shown. */
  readonly log: (id: string, runs: readonly Partial<CheckRun>[], told?: readonly ToldEntry[]) => void;
  readonly work: (nowMs: number) => DueWork;
};

/** 32 hex digits that differ with the bytes, as the vault's keyed hash does. */
const fingerprint = (bytes: Uint8Array): string => blake2bHex(bytes).padStart(32, '0').slice(0, 32);

export const dueDesk = (): DueDesk => {
  const desk = newDesk();
  const { id: projectId } = desk.apply(addProject(desk.work(), 'default'));
  const environments = new Map(environmentsOf(desk.book(), projectId).map(({ id, body }) => [body.name, id]));
  const held = (id: string): HeldKey => {
    const found = desk.book().keys.get(id);
    if (found === undefined) throw new Error('no such key');
    return found;
  };
  return {
    desk,
    projectId,
    environments,
    held,
    key: (facts, addedAtMs, environment = 'production') => {
      const composed = composeKey(desk.work(addedAtMs === undefined ? {} : { nowMs: addedAtMs }), {
        projectId,
        environmentIds: [environments.get(environment) ?? ''],
        facts,
        values: { secret: `value of ${facts.name}` },
        variables: {},
      });
      if (!composed.ok) throw new Error(composed.error.message);
      desk.apply(ok(composed.value.edit));
      return composed.value.id;
    },
    care: (id, care, nowMs) => {
      desk.apply(careForKey(desk.work(nowMs === undefined ? {} : { nowMs }), id, care));
    },
    log: (id, runs, told = []) => {
      const versionId = held(id).body.versions.at(-1)?.id ?? '';
      const whole = runs.map((run) => ({
        state: 'valid' as const,
        reason: 'It works.',
        next: '',
        httpStatus: 200,
        versionId,
        fromMs: 0,
        toMs: 0,
        count: 1,
        timesMs: [],
        ...run,
      }));
      const record = { type: 'key-log' as const, keyId: id, runs: whole, told, usedAtMs: null };
      const recordId = desk.work().newId();
      desk.apply(ok({ value: undefined, changes: [create(recordId, record)], audit: [] }));
    },
    work: (nowMs) => ({ book: desk.book(), nowMs, fingerprint }),
  };
};
