// The right pane: one key, calm. Value first, then what is wrong with it, then what is known about it.
import {
  ArrowLeft,
  BellRing,
  BookOpen,
  Ellipsis,
  PencilLine,
  RefreshCw,
  RotateCw,
  SlidersHorizontal,
  Flame,
  Trash2,
  UserRoundPlus,
} from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { openOverlay } from '../../app/app-store.ts';
import type { KeyDetail } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { KindBadge, Tag } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { OneKeyPicture } from '../../ui/pictures.tsx';
import { ProviderName, ProviderTile } from '../../ui/provider-tile.tsx';
import { Asking } from '../checks/asking.tsx';
import { StatusBlock } from '../checks/status-block.tsx';
import { Told } from '../checks/told.tsx';
import { useChecks } from '../checks/use-checks.ts';
import { LostNote, WaitingNote, Watched } from '../care/watched.tsx';
import { openProvider } from '../providers/providers-store.ts';
import { KeyPlaces, SeenNote } from '../leaks/key-places.tsx';
import { HowTurned, KeyTurns, TurningNote } from '../turns/key-turns.tsx';
import { turnKey } from '../turns/turns-store.ts';
import { primaryField } from './actions.ts';
import { DetailFacts } from './detail-facts.tsx';
import { DetailField } from './detail-field.tsx';
import { Consumers, History, Portals, Quotas, Section, Versions } from './detail-sections.tsx';
import { keysStore } from './store.ts';
import { useDetail } from './use-detail.ts';
import styles from './detail.module.css';

const KeyMenu = ({ keyId }: { readonly keyId: string }): ReactNode => (
  <Menu align="end" trigger={<IconButton icon={Ellipsis} label="More" />}>
    <MenuItem icon={PencilLine} chord="E" onSelect={() => openOverlay({ type: 'edit', keyId })}>
      Edit
    </MenuItem>
    <MenuItem icon={RotateCw} chord="R" onSelect={() => turnKey(keyId)}>
      Turn…
    </MenuItem>
    <MenuItem icon={Flame} onSelect={() => turnKey(keyId, true)}>
      It leaked: turn it now…
    </MenuItem>
    <MenuItem icon={RefreshCw} onSelect={() => openOverlay({ type: 'replace', keyId })}>
      Put in a new value…
    </MenuItem>
    <MenuItem icon={BellRing} chord="W" onSelect={() => openOverlay({ type: 'care', keyId })}>
      What to watch…
    </MenuItem>
    <MenuItem icon={SlidersHorizontal} onSelect={() => openOverlay({ type: 'turn-care', keyId })}>
      How it is turned…
    </MenuItem>
    <MenuItem icon={UserRoundPlus} onSelect={() => openOverlay({ type: 'hand-over', keyId })}>
      Note whom it was handed to…
    </MenuItem>
    <MenuLine />
    <MenuItem icon={Trash2} danger chord="Del" onSelect={() => openOverlay({ type: 'remove', keyId })}>
      Remove…
    </MenuItem>
  </Menu>
);

const Header = ({
  detail,
  onBack,
}: {
  readonly detail: KeyDetail;
  readonly onBack: (() => void) | null;
}): ReactNode => {
  const { summary, providerView } = detail;
  const overview = useStore(keysStore, (store) => store.overview);
  const environments = overview?.projects.flatMap((project) => project.environments) ?? [];
  const names = summary.environmentIds
    .map((id) => environments.find((environment) => environment.id === id)?.name)
    .filter((name) => name !== undefined);
  return (
    <header className={styles.header}>
      {onBack === null ? null : (
        <IconButton icon={ArrowLeft} label="Back to the list" chord="Esc" onClick={onBack} />
      )}
      <ProviderTile provider={providerView} size="large" />
      <div className={styles.headerText}>
        <div className={styles.titleRow}>
          <h2 className={styles.title}>{summary.name}</h2>
          <KindBadge kind={summary.kind} />
        </div>
        <p className={styles.subtitle}>
          <ProviderName provider={providerView} /> · {names.join(', ')}
        </p>
      </div>
      <div className={styles.headerActions}>
        <IconButton icon={RotateCw} label="Turn" chord="R" onClick={() => turnKey(summary.id)} />
        <IconButton
          icon={PencilLine}
          label="Edit"
          chord="E"
          onClick={() => openOverlay({ type: 'edit', keyId: summary.id })}
        />
        <KeyMenu keyId={summary.id} />
      </div>
    </header>
  );
};

const Remarks = ({ detail }: { readonly detail: KeyDetail }): ReactNode =>
  detail.summary.warnings.length === 0 ? null : (
    <ul className={styles.remarks} aria-label="Remarks">
      {detail.summary.warnings.map((warning) => (
        <li key={`${warning.code} ${warning.message}`}>
          <Note severity={warning.severity} next={warning.next}>
            {warning.message}
          </Note>
        </li>
      ))}
    </ul>
  );

const ProviderLink = ({ provider }: { readonly provider: KeyDetail['providerView'] }): ReactNode =>
  provider === null ? null : (
    <IconButton
      icon={BookOpen}
      label={`All about ${provider.name}`}
      small
      onClick={() => openProvider(provider.id)}
    />
  );

const Body = ({ detail }: { readonly detail: KeyDetail }): ReactNode => {
  const now = useNow(60_000);
  const { summary, facts } = detail;
  const primary = primaryField(detail.fields);
  const { checks, care } = useChecks(summary.id);
  return (
    <div className={styles.body}>
      <div className={styles.fields}>
        {detail.fields.map((field) => (
          <DetailField
            key={`${summary.id} ${field.name}`}
            summary={summary}
            field={field}
            primary={field === primary}
          />
        ))}
        <StatusBlock detail={detail} checks={checks} now={now} />
      </div>
      {care === null ? null : <LostNote care={care} detail={detail} />}
      <SeenNote keyId={summary.id} name={summary.name} />
      <TurningNote keyId={summary.id} now={now} />
      {care === null ? null : <WaitingNote care={care} summary={summary} now={now} />}
      <Remarks detail={detail} />
      {checks === null ? null : <Told keyId={summary.id} checks={checks} />}
      <DetailFacts facts={facts} now={now} />
      <Quotas detail={detail} />
      {facts.tags.length === 0 ? null : (
        <div className={styles.tags}>
          {facts.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </div>
      )}
      {facts.notes === '' ? null : (
        <Section title="Notes">
          <p className={`${styles.notes ?? ''} selectable`}>{facts.notes}</p>
        </Section>
      )}
      {checks === null ? null : <Asking keyId={summary.id} checks={checks} now={now} />}
      {care === null ? null : <Watched care={care} summary={summary} now={now} />}
      <KeyPlaces keyId={summary.id} name={summary.name} now={now} />
      <KeyTurns keyId={summary.id} now={now} />
      <HowTurned data={detail} />
      <Consumers detail={detail} now={now} />
      <Versions detail={detail} />
      <Portals detail={detail} />
      {detail.hints.length === 0 ? null : (
        <Section
          title={`Good to know about ${detail.providerView?.name ?? 'this key'}`}
          action={<ProviderLink provider={detail.providerView} />}
        >
          <ul className={styles.hints}>
            {detail.hints.map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
        </Section>
      )}
      <History detail={detail} />
    </div>
  );
};

const Nothing = (): ReactNode => (
  <EmptyState picture={<OneKeyPicture />} title="Choose a key to see it">
    <span className={styles.teach}>
      <Kbd chord="↑" /> <Kbd chord="↓" /> move · <Kbd chord="C" /> copy · hold <Kbd chord="Space" /> reveal ·{' '}
      <Kbd chord="?" /> all keys
    </span>
  </EmptyState>
);

export const detailElementId = 'key-detail';

export const Detail = ({ onBack }: { readonly onBack: (() => void) | null }): ReactNode => {
  const keyId = useStore(keysStore, (store) => store.keyId);
  const { detail, error } = useDetail(keyId);
  const pane = useRef<HTMLElement>(null);
  const shownId = detail?.summary.id;
  useEffect(() => {
    // Another key is read from its top.
    if (shownId !== undefined) pane.current?.scrollTo({ top: 0 });
  }, [shownId]);
  return (
    <aside ref={pane} id={detailElementId} className={styles.detail} aria-label="Key" tabIndex={-1}>
      {error === null ? null : (
        <div className={styles.body}>
          <ErrorNote error={error} />
        </div>
      )}
      {keyId === null && error === null ? <Nothing /> : null}
      {detail === null || keyId === null ? null : (
        <>
          <Header detail={detail} onBack={onBack} />
          <Body key={detail.summary.id} detail={detail} />
        </>
      )}
    </aside>
  );
};
