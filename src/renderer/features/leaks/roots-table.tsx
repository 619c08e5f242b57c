// What may be read: each place with what reading it means, whether it is read, its history too, and watched. A table of checkboxes.
import { FolderPlus } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { ScanRoot } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { placeWords } from './leak-words.ts';
import type { RootsWork } from './use-roots.ts';
import { Tick } from './tick.tsx';
import table from '../../ui/table.module.css';
import styles from './roots.module.css';

const titleOf = ({ kind, path }: ScanRoot): string => {
  if (kind === null) return path;
  const words = placeWords[kind];
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

const originWords: Readonly<Record<ScanRoot['origin'], string>> = {
  proposed: 'proposed',
  chosen: 'added by you',
  place: '',
};

const Row = ({ root, work }: { readonly root: ScanRoot; readonly work: RootsWork }): ReactNode => {
  const id = useId();
  const { chosen, history, watched, kind, path, reads, origin } = root;
  const title = titleOf(root);
  return (
    <tr data-off={!chosen || undefined}>
      <td className={styles.tick}>
        <Tick checked={chosen} label={`Read ${title}`} onChange={(on) => work.change(root, { chosen: on })} />
      </td>
      <th scope="row" id={id} className={styles.name}>
        <span className={kind === null ? styles.path : undefined}>{title}</span>
        {originWords[origin] === '' ? null : <span className={styles.origin}>{originWords[origin]}</span>}
        {kind === null ? null : <span className={styles.where}>{path}</span>}
        <span className={styles.reads}>{reads}</span>
      </th>
      <td className={styles.tick}>
        <Tick
          checked={history}
          disabled={!chosen}
          label={`The git history of ${title} as well`}
          onChange={(on) => work.change(root, { history: on })}
        />
      </td>
      <td className={styles.tick}>
        <Tick
          checked={watched}
          disabled={!chosen}
          label={`Watch ${title}`}
          onChange={(on) => work.change(root, { watched: on })}
        />
      </td>
    </tr>
  );
};

export const RootsTable = ({ work }: { readonly work: RootsWork }): ReactNode => {
  const { roots, error, busy, addFolder } = work;
  if (roots === null) return error === null ? <SkeletonRows rows={5} /> : <ErrorNote error={error} />;
  return (
    <div className={styles.roots}>
      <ErrorNote error={error} />
      <table className={table.table}>
        <caption className="visually-hidden">Places that are looked through</caption>
        <thead>
          <tr>
            <th scope="col">Read</th>
            <th scope="col">Place</th>
            <th scope="col" className={styles.tick}>
              History
            </th>
            <th scope="col" className={styles.tick}>
              Watch
            </th>
          </tr>
        </thead>
        <tbody>
          {roots.map((root) => (
            <Row key={`${root.kind ?? ''} ${root.path}`} root={root} work={work} />
          ))}
        </tbody>
      </table>
      <div>
        <Button icon={FolderPlus} busy={busy} onClick={addFolder}>
          Add a folder…
        </Button>
      </div>
    </div>
  );
};
