// One provider in the list: the domain stands beside the name, because names are near one another.
import type { ReactNode } from 'react';
import { counted } from '../../lib/time-words.ts';
import type { ProviderEntry } from '../../lib/types.ts';
import { Tag } from '../../ui/badge.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { showProvider } from './providers-store.ts';
import styles from './providers.module.css';

export const rotateWords: Readonly<Record<ProviderEntry['rotate'], string>> = {
  api: 'turned by Keyturn',
  self: 'can turn itself',
  guided: 'turned by hand',
};

export const originWords: Readonly<Record<ProviderEntry['origin'], string>> = {
  'built-in': '',
  own: 'your own',
  update: 'updated',
};

export const ProviderRow = (props: {
  readonly entry: ProviderEntry;
  readonly difference?: string;
}): ReactNode => {
  const { entry, difference = '' } = props;
  const origin = originWords[entry.origin];
  return (
    <li>
      <button type="button" className={styles.row} onClick={() => showProvider(entry.id)}>
        <ProviderTile provider={entry} />
        <span className={styles.names}>
          <span className={styles.nameLine}>
            <span className={styles.name}>{entry.name}</span>
            <span className={styles.domain}>{entry.domain}</span>
            {origin === '' ? null : <Tag>{origin}</Tag>}
            {entry.configured ? <Tag>set up</Tag> : null}
          </span>
          {difference === '' ? null : <span className={styles.difference}>{difference}</span>}
        </span>
        <span className={styles.can}>{entry.check ? 'can be asked' : 'cannot be asked'}</span>
        <span className={styles.can}>{rotateWords[entry.rotate]}</span>
        <span className={styles.keys}>{entry.keys === 0 ? '' : counted(entry.keys, 'key')}</span>
      </button>
    </li>
  );
};
