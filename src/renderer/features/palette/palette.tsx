// Anything by its name: keys of every project, and all that can be done. One field, one list, arrows and Enter.
import { Dialog as Base } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useStore } from 'zustand';
import { closeOverlay, goTo } from '../../app/app-store.ts';
import type { KeySummary } from '../../lib/types.ts';
import { KindBadge } from '../../ui/badge.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { focusList } from '../keys/find-field.tsx';
import { findEverywhere, keysStore, showKey } from '../keys/store.ts';
import type { Action } from './action.ts';
import { allActions, matchingActions } from './actions.ts';
import styles from './palette.module.css';

type Entry =
  | { readonly type: 'action'; readonly id: string; readonly action: Action }
  | { readonly type: 'key'; readonly id: string; readonly key: KeySummary };

const mostKeys = 8;

const entriesOf = (actions: readonly Action[], query: string): readonly Entry[] => {
  const keys = query.trim() === '' ? [] : findEverywhere(query).slice(0, mostKeys);
  return [
    ...keys.map((key): Entry => ({ type: 'key', id: `key ${key.id}`, key })),
    ...matchingActions(actions, query).map((action): Entry => ({ type: 'action', id: action.id, action })),
  ];
};

const KeyEntry = ({ data }: { readonly data: KeySummary }): ReactNode => {
  const { providers, overview } = useStore(keysStore);
  const project = overview?.projects.find(({ id }) => id === data.projectId);
  const environments = data.environmentIds
    .map((id) => project?.environments.find((environment) => environment.id === id)?.name)
    .filter((name) => name !== undefined);
  return (
    <>
      <ProviderTile provider={data.provider === null ? null : (providers.get(data.provider) ?? null)} />
      <span className={styles.words}>{data.name}</span>
      <span className={styles.where}>
        {project?.name} · {environments.join(', ')}
      </span>
      <KindBadge kind={data.kind} />
    </>
  );
};

const ActionEntry = ({ action }: { readonly action: Action }): ReactNode => {
  const Icon = action.icon;
  return (
    <>
      <span className={styles.icon}>
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <span className={styles.words}>{action.words}</span>
      {action.chord === undefined ? null : <Kbd chord={action.chord} />}
    </>
  );
};

const choose = (entry: Entry | undefined): void => {
  if (entry === undefined) return;
  closeOverlay();
  if (entry.type === 'action') {
    // After the palette has gone, so that a dialog of the action takes the focus and keeps it.
    setTimeout(entry.action.run, 0);
    return;
  }
  goTo('keys');
  showKey(entry.key.id);
  requestAnimationFrame(focusList);
};

const step = (key: string, at: number, last: number): number | null => {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: at === last ? 0 : at + 1,
    ArrowUp: at === 0 ? last : at - 1,
    PageDown: Math.min(last, at + 8),
    PageUp: Math.max(0, at - 8),
  };
  return moves[key] ?? null;
};

const optionId = (index: number): string => `palette-option-${index}`;

const Content = (): ReactNode => {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  // The dialog would give it the focus with the next frame, after the first letters of somebody who types on. Not at once: what had the
  // focus is to have it again.
  useLayoutEffect(() => queueMicrotask(() => field.current?.focus()), []);
  const actions = useMemo(() => allActions(), []);
  const entries = useMemo(() => entriesOf(actions, query), [actions, query]);
  useEffect(() => {
    // Braces matter: newer Chromium answers with a promise, which React would take for the effect's clean-up.
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(entries[at]);
      return;
    }
    const next = step(event.key, at, entries.length - 1);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
  };

  return (
    <>
      <div className={styles.field}>
        <Search size={18} strokeWidth={1.75} aria-hidden="true" />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Do anything"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={entries.length === 0 ? undefined : optionId(at)}
          className={styles.input}
          placeholder="A key, or what you want to do"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd chord="Esc" />
      </div>
      <div ref={list} id="palette-list" role="listbox" aria-label="What fits" className={styles.list}>
        {entries.map((entry, index) => (
          <div
            key={entry.id}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={styles.entry}
            onPointerMove={() => setAt(index)}
            onClick={() => choose(entry)}
            onKeyDown={onKeyDown}
          >
            {entry.type === 'key' ? <KeyEntry data={entry.key} /> : <ActionEntry action={entry.action} />}
          </div>
        ))}
      </div>
      {entries.length === 0 ? (
        <p className={styles.none} role="status">
          Nothing fits. Try a provider, a variable or a verb.
        </p>
      ) : null}
    </>
  );
};

export const Palette = (): ReactNode => (
  <Base.Root
    open
    onOpenChange={(open) => {
      if (!open) closeOverlay();
    }}
  >
    <Base.Portal>
      <Base.Backdrop className={styles.backdrop} />
      <Base.Popup className={styles.popup}>
        <Base.Title className="visually-hidden">Do anything</Base.Title>
        <Content />
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
);
