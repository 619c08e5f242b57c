// The page of one provider: everything that its file says, in words, with where that was read; and how it is reached from here.
import { ArrowLeft, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { goTo } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import type { ProviderPage } from '../../lib/types.ts';
import { Tag } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { keysStore, readKeysSoon, showFound } from '../keys/store.ts';
import { ConfigureForm } from './configure-form.tsx';
import { PortalCompare } from './portal-compare.tsx';
import { Asked, Facts, Formats, Rules, Turned } from './provider-sections.tsx';
import { originWords } from './provider-row.tsx';
import { showProvider } from './providers-store.ts';
import { useProvider } from './use-providers.ts';
import styles from './provider-page.module.css';

const remove = async (page: ProviderPage): Promise<void> => {
  const { id, name, origin } = page.entry;
  const result = await call('providers.remove', { id });
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  readKeysSoon();
  if (origin === 'own') showProvider(null);
  sayDone(origin === 'own' ? `${name} is no longer known.` : `${name} is as it was built in.`);
};

const RemoveButton = ({ page }: { readonly page: ProviderPage }): ReactNode => {
  const [asking, setAsking] = useState(false);
  const { name, origin, keys } = page.entry;
  if (origin === 'built-in') return null;
  const own = origin === 'own';
  return (
    <>
      <Button icon={Trash2} onClick={() => setAsking(true)}>
        {own ? 'Remove…' : 'Take the update back…'}
      </Button>
      {asking ? (
        <Dialog
          title={own ? `Remove ${name}?` : `Take the update of ${name} back?`}
          size="small"
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>Keep it</Button>
              <Button
                tone="danger"
                onClick={() => {
                  setAsking(false);
                  void remove(page);
                }}
              >
                {own ? 'Remove' : 'Take it back'}
              </Button>
            </>
          }
        >
          <p>
            {own
              ? `Its ${counted(keys, 'key')} stay in the vault, and can no longer be asked. Adding the file again brings it back.`
              : 'What was built in counts again. Your keys and your settings stay as they are.'}
          </p>
        </Dialog>
      ) : null}
    </>
  );
};

const showKeys = (id: string): void => {
  const { keys, projectId } = keysStore.getState();
  const own = keys.filter((key) => key.provider === id);
  const inSight = own.find((key) => key.projectId === projectId) ?? own[0];
  if (inSight === undefined) return;
  showFound(inSight.projectId, null, `provider:${id}`);
  goTo('keys');
};

const Header = ({ page }: { readonly page: ProviderPage }): ReactNode => {
  const { entry } = page;
  const origin = originWords[entry.origin];
  return (
    <header className={styles.header}>
      <IconButton
        autoFocus
        icon={ArrowLeft}
        label="All providers"
        chord="Esc"
        onClick={() => showProvider(null)}
      />
      <ProviderTile provider={entry} size="large" />
      <div className={styles.names}>
        <h1 className={styles.name}>
          {entry.name} {origin === '' ? null : <Tag>{origin}</Tag>}
        </h1>
        <p className={styles.domain}>
          <strong>{entry.domain}</strong>
          {page.otherNames.length === 0 ? '' : ` · also ${page.otherNames.join(', ')}`}
        </p>
      </div>
      <div className={styles.actions}>
        {entry.keys > 0 ? (
          <Button onClick={() => showKeys(entry.id)}>Show {counted(entry.keys, 'key')}</Button>
        ) : null}
        <RemoveButton page={page} />
      </div>
    </header>
  );
};

const NearNames = ({ page }: { readonly page: ProviderPage }): ReactNode =>
  page.entry.nearNames.length === 0 ? null : (
    <section className={styles.near} aria-label="Not to be taken for">
      <h2 className={styles.title}>Not to be taken for</h2>
      <ul>
        {page.entry.nearNames.map(({ name, domain, difference }) => (
          <li key={`${name} ${domain}`}>
            <strong>{name}</strong> <span className={styles.quiet}>{domain}</span> {difference}
          </li>
        ))}
      </ul>
    </section>
  );

export const ProviderPlace = ({ id }: { readonly id: string }): ReactNode => {
  const { value: page, error } = useProvider(id);
  return (
    <div
      role="presentation"
      className={styles.page}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        event.preventDefault();
        showProvider(null);
      }}
    >
      {error === null ? null : (
        <div className={styles.body}>
          <ErrorNote
            error={error}
            action={<Button onClick={() => showProvider(null)}>All providers</Button>}
          />
        </div>
      )}
      {page === null && error === null ? <SkeletonRows /> : null}
      {page === null ? null : (
        <>
          <Header page={page} />
          <div className={styles.body}>
            <NearNames page={page} />
            <Formats page={page} />
            <Asked page={page} />
            <ConfigureForm page={page} />
            <Rules page={page} />
            <PortalCompare page={page} />
            <Turned page={page} />
            <Facts page={page} />
          </div>
        </>
      )}
    </div>
  );
};
