// Every provider that is known, sought so that near names are never taken for one another; and the page of one.
import { FilePlus2, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import type { ProviderEntry } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { readKeysSoon } from '../keys/store.ts';
import { ProviderPlace } from './provider-place.tsx';
import { ProviderRow } from './provider-row.tsx';
import { findProviders } from './provider-find.ts';
import { providersStore, seekProviders } from './providers-store.ts';
import { useProviders } from './use-providers.ts';
import styles from './providers.module.css';

const addFile = async (): Promise<void> => {
  const result = await call('providers.addFile', {});
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  if (result.value === null) return;
  const { added, updated } = result.value;
  readKeysSoon();
  sayDone(`${counted(added.length, 'provider')} added, ${updated.length} updated.`);
};

const Group = (props: {
  readonly title: string;
  readonly help?: string;
  readonly children: readonly ReactNode[];
}): ReactNode =>
  props.children.length === 0 ? null : (
    <section aria-label={props.title}>
      <h2 className={styles.title}>
        {props.title} <span className={styles.count}>{props.children.length}</span>
      </h2>
      {props.help === undefined ? null : <p className={styles.help}>{props.help}</p>}
      <ul>{props.children}</ul>
    </section>
  );

const rows = (entries: readonly ProviderEntry[]): readonly ReactNode[] =>
  entries.map((entry) => <ProviderRow key={entry.id} entry={entry} />);

const Found = ({
  all,
  query,
}: {
  readonly all: readonly ProviderEntry[];
  readonly query: string;
}): ReactNode => {
  const { named, near, onlyNames } = findProviders(all, query);
  if (query.trim() === '') {
    return (
      <>
        <Group title="With keys of yours">{rows(named.filter(({ keys }) => keys > 0))}</Group>
        <Group title="Others">{rows(named.filter(({ keys }) => keys === 0))}</Group>
      </>
    );
  }
  return (
    <>
      <p className="visually-hidden" role="status">
        {counted(named.length, 'provider')} called so, {near.length} near
      </p>
      <Group title={`Called “${query.trim()}”`}>{rows(named)}</Group>
      <Group title="Not the same" help="Names that are near it. Look at the domain.">
        {[
          ...near.map(({ entry, difference }) => (
            <ProviderRow key={entry.id} entry={entry} difference={difference} />
          )),
          ...onlyNames.map(({ name, domain, difference }) => (
            <li key={domain} className={styles.only}>
              <span className={styles.name}>{name}</span> <span className={styles.domain}>{domain}</span>
              <p className={styles.difference}>{difference}. Keyturn knows no more of it.</p>
            </li>
          )),
        ]}
      </Group>
      {named.length + near.length + onlyNames.length === 0 ? (
        <p className={styles.nothing}>
          No provider is called so. Your own API can be added from a file: its format, its header, its check.
        </p>
      ) : null}
    </>
  );
};

export const ProvidersPlace = (): ReactNode => {
  const { providerId, query } = useStore(providersStore);
  const { value, error } = useProviders();
  if (providerId !== null) return <ProviderPlace key={providerId} id={providerId} />;
  return (
    <Page
      title="Providers"
      lead="What is known of each: what its keys look like, how they are asked and turned, and where that was read."
      actions={
        <Button icon={FilePlus2} onClick={() => void addFile()}>
          Add from a file…
        </Button>
      }
    >
      <div className={styles.content}>
        <div className={styles.search} role="search">
          <Search size={16} strokeWidth={1.75} aria-hidden="true" />
          <TextInput
            aria-label="Find a provider"
            placeholder="Find a provider by name or domain"
            value={query}
            onChange={(event) => seekProviders(event.currentTarget.value)}
          />
        </div>
        <ErrorNote error={error} />
        {value === null && error === null ? <SkeletonRows /> : null}
        {value === null ? null : <Found all={value} query={query} />}
      </div>
    </Page>
  );
};
