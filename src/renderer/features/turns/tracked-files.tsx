// Env files that were written from an environment and that turns keep up to date; each can be let go, the file itself stays.
import type { ReactNode } from 'react';
import { goTo } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { TrackedFile } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Moment } from '../../ui/moment.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { FilePicture } from '../../ui/pictures.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { readKeysSoon } from '../keys/store.ts';
import { useTrackedFiles } from './use-turns.ts';
import table from '../../ui/table.module.css';
import styles from './turns.module.css';

const forget = async ({ id, path }: TrackedFile): Promise<void> => {
  const result = await call('tracked.forget', { id });
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  readKeysSoon();
  sayDone(`${path} is no longer kept up to date. The file stays as it is.`);
};

export const TrackedFiles = (): ReactNode => {
  const { value, error } = useTrackedFiles();
  if (value === null) return error === null ? <SkeletonRows rows={3} /> : <ErrorNote error={error} />;
  if (value.length === 0) {
    return (
      <EmptyState
        picture={<FilePicture />}
        title="No env file is kept up to date"
        action={<Button onClick={() => goTo('export')}>Export an environment</Button>}
      >
        A file that you write from an environment can be kept up to date: a turn then puts the new value in by
        itself.
      </EmptyState>
    );
  }
  return (
    <div className={styles.files}>
      <ErrorNote error={error} />
      <table className={table.table}>
        <caption className="visually-hidden">Env files that turns keep up to date</caption>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Environment</th>
            <th scope="col">Written</th>
            <th scope="col">
              <span className="visually-hidden">Let go</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {value.map((file) => (
            <tr key={file.id}>
              <td className={styles.path}>{file.path}</td>
              <td>{file.environment}</td>
              <td className={table.nowrap}>
                <Moment atMs={file.writtenAtMs} />
              </td>
              <td className={table.end}>
                <Button
                  tone="quiet"
                  aria-label={`Stop keeping ${file.path} up to date`}
                  onClick={() => void forget(file)}
                >
                  Stop keeping it up to date
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
