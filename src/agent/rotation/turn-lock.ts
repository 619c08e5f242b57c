// Whoever drives a turn is the only one who does, among all processes that have this vault: two of them would ask a provider twice. Held by the
// operating system on a file beside the vault, so that the death of a process frees it at once, and no clock has a say.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { StoreFailure, type Files, type Sql, type Store } from '../../core/ports.ts';

export type TurnLock = {
  /** Takes it, once more where this process has it already; gives the way to let it go again. `busy` where another process has it. */
  readonly take: () => Result<() => void>;
};

const taken = fail(
  'busy',
  'Another Keyturn on this machine is turning a key right now.',
  'Wait until it is done, or close it.',
);

type Ports = { readonly store: Store; readonly files: Files };

const open = ({ store, files }: Ports, path: string): Result<Sql> => {
  if (files.exists(path)) return store.open(path, 'rollback');
  const made = store.create(path);
  return made.ok || made.error.kind !== 'already-exists' ? made : store.open(path, 'rollback');
};

const begin = (sql: Sql): Result<undefined> => {
  try {
    sql.all('PRAGMA busy_timeout = 0');
    sql.run('BEGIN EXCLUSIVE');
    return ok(undefined);
  } catch (problem) {
    if (!(problem instanceof StoreFailure)) throw problem;
    return problem.error.kind === 'busy' ? taken : { ok: false, error: problem.error };
  }
};

/** @param path of the file that is locked; made where it is missing, nothing is ever written into it */
export const createTurnLock = (ports: Ports, path: string): TurnLock => {
  let sql: Sql | null = null;
  let holders = 0;

  const letGo = (): void => {
    holders -= 1;
    if (holders > 0) return;
    sql?.close();
    sql = null;
  };

  return {
    take: () => {
      if (holders === 0) {
        const opened = open(ports, path);
        if (!opened.ok) return opened;
        const begun = begin(opened.value);
        if (!begun.ok) {
          opened.value.close();
          return begun;
        }
        sql = opened.value;
      }
      holders += 1;
      let held = true;
      return ok(() => {
        if (held) letGo();
        held = false;
      });
    },
  };
};
