// The portal's list against the vault's: a person pastes the names that the portal shows and sees which key is missing where. The
// provider is not asked, since none of the four systems has a list to ask for; nothing that is typed here is kept.
import { useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { goTo } from '../../app/app-store.ts';
import { counted } from '../../lib/time-words.ts';
import type { KeySummary, ProviderPage } from '../../lib/types.ts';
import { Field } from '../../ui/field.tsx';
import table from '../../ui/table.module.css';
import { TextArea } from '../../ui/text-input.tsx';
import { keysStore, showFound } from '../keys/store.ts';
import { compareWithPortal, namesIn, portalNameOf, type PortalComparison } from './portal-list.ts';
import styles from './provider-page.module.css';

const openKey = (keys: readonly KeySummary[], id: string): void => {
  const key = keys.find((each) => each.id === id);
  if (key === undefined) return;
  showFound(key.projectId, null, key.name);
  goTo('keys');
};

const sentence = ({ both, onlyThere, onlyHere }: PortalComparison): string =>
  onlyThere.length === 0 && onlyHere.length === 0
    ? `The portal and the vault agree about ${counted(both.length, 'key')}.`
    : [
        `${counted(both.length, 'key')} in both`,
        ...(onlyThere.length === 0 ? [] : [`${onlyThere.length} only in the portal`]),
        ...(onlyHere.length === 0 ? [] : [`${onlyHere.length} only here`]),
      ].join(', ') + '.';

const Rows = (props: {
  readonly found: PortalComparison;
  readonly keys: readonly KeySummary[];
}): ReactNode => {
  const { both, onlyThere, onlyHere } = props.found;
  const link = (id: string, name: string): ReactNode => (
    <button type="button" className={styles.keyLink} onClick={() => openKey(props.keys, id)}>
      {name}
    </button>
  );
  return (
    <table className={table.table} aria-label="The portal’s list and the vault’s">
      <thead>
        <tr>
          <th scope="col">In the portal</th>
          <th scope="col">Here</th>
          <th scope="col">What to do</th>
        </tr>
      </thead>
      <tbody>
        {onlyThere.map((name) => (
          <tr key={`there ${name}`}>
            <td>{name}</td>
            <td>missing</td>
            <td>Add it while its value can still be had, or revoke it: nobody here knows who uses it.</td>
          </tr>
        ))}
        {onlyHere.map((key) => (
          <tr key={`here ${key.id}`}>
            <td>missing</td>
            <td>{link(key.id, portalNameOf(key))}</td>
            <td>Check it: it may be revoked, or another name stands in the portal.</td>
          </tr>
        ))}
        {both.map(({ portal, key }) => (
          <tr key={`both ${portal} ${key.id}`}>
            <td>{portal}</td>
            <td>{link(key.id, key.name)}</td>
            <td className={table.quiet}>Nothing to do.</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export const PortalCompare = ({ page }: { readonly page: ProviderPage }): ReactNode => {
  const [text, setText] = useState('');
  const all = useStore(keysStore, (store) => store.keys);
  const { id } = page.entry;
  const keys = useMemo(() => all.filter((key) => key.provider === id), [all, id]);
  const names = useMemo(() => namesIn(text), [text]);
  const found = useMemo(() => compareWithPortal(names, keys), [names, keys]);
  if (keys.length === 0 || page.portals.length === 0) return null;
  return (
    <section aria-label="Compare with the portal" className={styles.part}>
      <h2 className={styles.title}>Compare with the portal</h2>
      <Field
        label="Names in the portal"
        help="Copy the list of keys from the portal, one name a line. It is compared with the names here and not kept."
      >
        {(ids) => (
          <TextArea
            {...ids}
            value={text}
            maxLength={20_000}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      {names.length === 0 ? null : (
        <>
          <p role="status">{sentence(found)}</p>
          <Rows found={found} keys={keys} />
        </>
      )}
    </section>
  );
};
