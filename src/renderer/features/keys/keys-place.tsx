// Keys: the list and the key in sight. Below 1100 px the detail slides over the list.
import { ClipboardPaste, FileInput } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { goTo, openOverlay } from '../../app/app-store.ts';
import { narrowQuery, useMedia } from '../../lib/use-media.ts';
import { Button } from '../../ui/button.tsx';
import { chordWords } from '../../ui/kbd.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { KeysPicture, NothingFoundPicture } from '../../ui/pictures.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Splitter, usePaneWidth } from '../../ui/splitter.tsx';
import { Detail, detailElementId } from './detail.tsx';
import { FindBar, focusList } from './find-field.tsx';
import { KeyList } from './key-list.tsx';
import { currentProject, keysStore, refreshKeys, setQuery } from './store.ts';
import styles from './keys-place.module.css';

const NoKeys = (): ReactNode => (
  <EmptyState
    picture={<KeysPicture />}
    title="Put in your first key"
    action={
      <>
        <Button
          tone="primary"
          icon={ClipboardPaste}
          chord="Mod+V"
          onClick={() => openOverlay({ type: 'add', paste: true })}
        >
          Paste a key
        </Button>
        <Button icon={FileInput} chord="I" onClick={() => goTo('import')}>
          Import a .env file
        </Button>
      </>
    }
  >
    Copy a key in your provider&apos;s portal, come back and press {chordWords('Mod+V')}. It is recognised
    before your eyes.
  </EmptyState>
);

const NothingFound = ({ query }: { readonly query: string }): ReactNode => (
  <EmptyState
    picture={<NothingFoundPicture />}
    title={`Nothing called “${query}” here`}
    action={
      <>
        <Button onClick={() => setQuery('')}>Show all keys</Button>
        <Button onClick={() => openOverlay({ type: 'palette' })} chord="Mod+K">
          Look in every project
        </Button>
      </>
    }
  >
    Keys are found by name, provider, variable and tag.
  </EmptyState>
);

const EmptyPlace = (): ReactNode => {
  const query = useStore(keysStore, (store) => store.query);
  if (query !== '') return <NothingFound query={query} />;
  return (
    <EmptyState
      picture={<KeysPicture />}
      title="No key here yet"
      action={
        <Button icon={ClipboardPaste} chord="Mod+V" onClick={() => openOverlay({ type: 'add', paste: true })}>
          Paste a key
        </Button>
      }
    >
      Paste one, or import a .env file into this environment.
    </EmptyState>
  );
};

const ListPane = ({ onOpen }: { readonly onOpen: () => void }): ReactNode => {
  const loaded = useStore(keysStore, (store) => store.loaded);
  const error = useStore(keysStore, (store) => store.error);
  const empty = useStore(keysStore, (store) => store.rows.length === 0);
  const body = (): ReactNode => {
    if (!loaded) return <SkeletonRows />;
    if (error !== null) {
      return (
        <div className={styles.problem}>
          <ErrorNote error={error} action={<Button onClick={() => void refreshKeys()}>Try again</Button>} />
        </div>
      );
    }
    return empty ? <EmptyPlace /> : <KeyList onOpen={onOpen} />;
  };
  return (
    <div className={styles.list}>
      <FindBar />
      {body()}
    </div>
  );
};

export const KeysPlace = (): ReactNode => {
  const narrow = useMedia(narrowQuery);
  const pane = usePaneWidth('detail', 416, 340, 640);
  const keyId = useStore(keysStore, (store) => store.keyId);
  const project = useStore(keysStore, () => currentProject()?.name ?? '');
  const [open, setOpen] = useState(false);
  const over = narrow && open && keyId !== null;
  const openDetail = (): void => {
    setOpen(true);
    requestAnimationFrame(() => {
      if (narrow) document.getElementById(detailElementId)?.focus();
    });
  };
  const back = (): void => {
    setOpen(false);
    focusList();
  };
  const none = useStore(
    keysStore,
    (store) => store.loaded && store.error === null && store.keys.length === 0,
  );
  if (none) {
    return (
      <div className={styles.place}>
        <h1 className="visually-hidden">Keys</h1>
        <div className={styles.list}>
          <NoKeys />
        </div>
      </div>
    );
  }
  return (
    // Wherever the focus is: it comes into the detail a frame later, and Escape may be quicker.
    <div
      role="presentation"
      className={styles.place}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && over) back();
      }}
    >
      <h1 className="visually-hidden">Keys{project === '' ? '' : ` of ${project}`}</h1>
      <ListPane onOpen={openDetail} />
      {narrow ? null : <Splitter label="Width of the detail" pane={pane} side="after" />}
      {!narrow || over ? (
        <div
          className={classNames(styles.detail, narrow && styles.over)}
          style={narrow ? {} : { width: pane.width }}
        >
          <Detail onBack={narrow ? back : null} />
        </div>
      ) : null}
    </div>
  );
};
