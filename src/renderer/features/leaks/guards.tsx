// Hooks that keep keys out of commits: per repository whether one is there, what was there before it, and the ways to put it in and take it out.
import { useState, type ReactNode } from 'react';
import { call } from '../../lib/call.ts';
import type { GuardView } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { StateWord } from '../../ui/state-mark.tsx';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { Tick } from './tick.tsx';
import { useLeakRead } from './use-leaks.ts';
import table from '../../ui/table.module.css';
import styles from './watching.module.css';

const ownerWords: Readonly<Record<string, string>> = {
  git: "git's own hooks",
  'core.hooksPath': 'the folder of core.hooksPath',
  husky: 'husky',
  lefthook: 'lefthook',
  global: 'hooks of all repositories',
};

type Put = (guard: GuardView) => void;

const useActs = (guard: GuardView, put: Put) => {
  const [busy, setBusy] = useState(false);
  const { repo } = guard;
  const act = async (send: () => ReturnType<typeof call<'guard.install'>>, said: string): Promise<void> => {
    setBusy(true);
    const result = await send();
    setBusy(false);
    if (!result.ok) {
      sayFailed(result.error);
      return;
    }
    put(result.value);
    if (result.value.problem === null) sayDone(said);
  };
  const install = (prePush: boolean): void =>
    void act(() => call('guard.install', { repo, prePush }), `Commits in ${repo} are looked at from now on.`);
  const remove = (): void =>
    void act(
      () => call('guard.remove', { repo }),
      `The hook is out of ${repo}, and what was there before is back.`,
    );
  return { busy, install, remove };
};

const Row = ({ guard, put }: { readonly guard: GuardView; readonly put: Put }): ReactNode => {
  const { repo, installed, prePush, chained, owner, problem } = guard;
  const { busy, install, remove } = useActs(guard, put);
  return (
    <tr>
      <th scope="row" className={styles.repo}>
        <span className={styles.path}>{repo}</span>
        <span className={styles.note}>
          {ownerWords[owner] ?? owner}
          {chained === null ? '' : `, runs ${chained} as before`}
        </span>
        {problem === null ? null : <span className={styles.problem}>{problem}</span>}
      </th>
      <td className={table.nowrap}>
        <StateWord
          name={installed ? (problem === null ? 'works' : 'blocked') : 'unasked'}
          word={installed ? 'guarded' : 'not guarded'}
        />
      </td>
      <td>
        <Tick
          checked={installed && prePush}
          disabled={!installed || busy}
          label={`Look before a push from ${repo} as well`}
          onChange={(on) => install(on)}
        />
      </td>
      <td className={table.end}>
        {installed ? (
          <Button tone="quiet" busy={busy} aria-label={`Take the hook out of ${repo}`} onClick={remove}>
            Take it out
          </Button>
        ) : (
          <Button busy={busy} aria-label={`Guard ${repo}`} onClick={() => install(false)}>
            Guard it
          </Button>
        )}
      </td>
    </tr>
  );
};

export const Guards = (): ReactNode => {
  const { value, error, put } = useLeakRead('guard.status', {});
  const replace: Put = (changed) =>
    put((value ?? []).map((guard) => (guard.repo === changed.repo ? changed : guard)));
  return (
    <section className={styles.guards} aria-label="Guarded repositories">
      <h2 className={styles.title}>Guarded repositories</h2>
      <p className={styles.lead}>
        A hook looks at each commit before it is made, also while the vault is locked, and stops one that
        holds a key. Hooks that are there go on being run; taking it out puts back what was there.
      </p>
      <ErrorNote error={error} />
      {value === null && error === null ? <SkeletonRows rows={3} /> : null}
      {value?.length === 0 ? (
        <p className={styles.note}>No repository in the places that are looked through.</p>
      ) : null}
      {value === null || value.length === 0 ? null : (
        <table className={table.table}>
          <caption className="visually-hidden">Repositories and their hooks</caption>
          <thead>
            <tr>
              <th scope="col">Repository</th>
              <th scope="col">State</th>
              <th scope="col">Before a push</th>
              <th scope="col">
                <span className="visually-hidden">Put in or take out</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {value.map((guard) => (
              <Row key={guard.repo} guard={guard} put={replace} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
