// What may be read: each folder with what reading it means, whether it is read, its history too, and watched, as a table of checkboxes;
// then the well-known places in which keys end up, one by one or all at once.
import { FolderPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { counted } from '../../lib/time-words.ts';
import type { PlaceKind, ScanRoot } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { placeKinds, rootWords } from './leak-words.ts';
import { Tick } from './tick.tsx';
import type { RootsWork } from './use-roots.ts';
import table from '../../ui/table.module.css';
import styles from './roots.module.css';

const Row = ({ root, work }: { readonly root: ScanRoot; readonly work: RootsWork }): ReactNode => {
  const { chosen, history, watched, path, reads, origin } = root;
  return (
    <tr data-off={!chosen || undefined}>
      <td className={styles.tick}>
        <Tick
          checked={chosen}
          label={`Read ${path}`}
          onChange={(on) => work.change([root], { chosen: on })}
        />
      </td>
      <th scope="row" className={styles.name}>
        <span className={styles.path}>{path}</span>
        {origin === 'proposed' ? <span className={styles.origin}>proposed</span> : null}
        <span className={styles.reads}>{reads}</span>
      </th>
      <td className={styles.tick}>
        <Tick
          checked={history}
          disabled={!chosen}
          label={`The git history of ${path} as well`}
          onChange={(on) => work.change([root], { history: on })}
        />
      </td>
      <td className={styles.tick}>
        <Tick
          checked={watched}
          disabled={!chosen}
          label={`Watch ${path}`}
          onChange={(on) => work.change([root], { watched: on })}
        />
      </td>
    </tr>
  );
};

const Folders = ({
  work,
  roots,
}: {
  readonly work: RootsWork;
  readonly roots: readonly ScanRoot[];
}): ReactNode => (
  <table className={table.table}>
    <caption className="visually-hidden">Folders that are looked through</caption>
    <thead>
      <tr>
        <th scope="col">Read</th>
        <th scope="col">Folder</th>
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
        <Row key={root.path} root={root} work={work} />
      ))}
    </tbody>
  </table>
);

/** Kinds with their places, in the order of the words. */
const byKind = (places: readonly ScanRoot[]): readonly (readonly [PlaceKind, readonly ScanRoot[]])[] =>
  placeKinds.flatMap((kind) => {
    const own = places.filter((place) => place.kind === kind);
    return own.length === 0 ? [] : [[kind, own] as const];
  });

const PlaceRow = ({ root, work }: { readonly root: ScanRoot; readonly work: RootsWork }): ReactNode => (
  <dd data-off={!root.chosen || undefined}>
    <Checkbox
      checked={root.chosen}
      label={<span className={styles.path}>{root.path}</span>}
      help={root.reads}
      onChange={(on) => work.change([root], { chosen: on })}
    />
  </dd>
);

const Places = ({
  places,
  work,
}: {
  readonly places: readonly ScanRoot[];
  readonly work: RootsWork;
}): ReactNode => {
  if (places.length === 0) return null;
  const chosen = places.filter((place) => place.chosen).length;
  const some = chosen > 0 && chosen < places.length;
  const count = some
    ? `${counted(chosen, 'place')} of ${String(places.length)} on this computer`
    : `${counted(places.length, 'place')} on this computer`;
  return (
    <div className={styles.places}>
      <Checkbox
        checked={chosen === places.length}
        some={some}
        label="Well-known places as well"
        help={`Where keys end up without anybody putting them there: ${count}.`}
        onChange={(on) => work.change(places, { chosen: on })}
      />
      <details className={styles.fold}>
        <summary>Which they are</summary>
        <dl className={styles.kinds}>
          {byKind(places).map(([kind, own]) => (
            <div key={kind} className={styles.kind}>
              <dt>{rootWords(kind)}</dt>
              {own.map((root) => (
                <PlaceRow key={root.path} root={root} work={work} />
              ))}
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
};

export const RootsTable = ({ work }: { readonly work: RootsWork }): ReactNode => {
  const { roots, error, busy, addFolder } = work;
  if (roots === null) return error === null ? <SkeletonRows rows={5} /> : <ErrorNote error={error} />;
  const folders = roots.filter(({ origin }) => origin !== 'place');
  return (
    <div className={styles.roots}>
      <ErrorNote error={error} />
      {folders.length === 0 ? (
        <p className={styles.quiet}>No folder is chosen. Add the one in which your code lies.</p>
      ) : (
        <Folders work={work} roots={folders} />
      )}
      <div>
        <Button icon={FolderPlus} busy={busy} onClick={addFolder}>
          Add a folder…
        </Button>
      </div>
      <Places places={roots.filter(({ origin }) => origin === 'place')} work={work} />
    </div>
  );
};
