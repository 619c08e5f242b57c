// One place where a key was pasted: what to do first, then where it is, why it is that bad, and what is known.
import { ArrowLeft, Copy, ExternalLink } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { FindingView, PlaceKind } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { KindBadge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Moment } from '../../ui/moment.tsx';
import { LeaksPicture } from '../../ui/pictures.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { StateWord } from '../../ui/state-mark.tsx';
import { Section } from '../keys/detail-sections.tsx';
import { keysStore } from '../keys/store.ts';
import { openKey } from '../overview/go.ts';
import { FindingActions } from './finding-actions.tsx';
import { LinesAround } from './lines-around.tsx';
import { encodingWords, liveMark, ownerName, placeWords, spotWords, stateSentence } from './leak-words.ts';
import { leaksStore } from './leaks-store.ts';
import { copyWords, openPlace } from './scan-acts.ts';
import { useFinding } from './use-leaks.ts';
import { SeverityWord } from './severity-mark.tsx';
import detail from '../keys/detail.module.css';
import styles from './finding-detail.module.css';

export const findingDetailId = 'finding-detail';

const subtitleOf = ({ providerName, projectName, keyId }: FindingView): string =>
  [keyId === null ? 'not in the vault' : '', providerName ?? '', projectName ?? '']
    .filter((each) => each !== '')
    .join(' · ');

const Header = (props: {
  readonly finding: FindingView;
  readonly onBack: (() => void) | null;
}): ReactNode => {
  const { finding, onBack } = props;
  const { keyId, kind, severity } = finding;
  const providers = useStore(keysStore, (store) => store.providers);
  const provider = finding.provider === null ? null : (providers.get(finding.provider) ?? null);
  return (
    <header className={detail.header}>
      {onBack === null ? null : (
        <IconButton icon={ArrowLeft} label="Back to the list" chord="Esc" onClick={onBack} />
      )}
      <ProviderTile provider={provider} size="large" />
      <div className={detail.headerText}>
        <div className={detail.titleRow}>
          <h2 className={detail.title}>
            {keyId === null ? (
              ownerName(finding)
            ) : (
              <button type="button" className={styles.name} onClick={() => openKey(keyId)}>
                {ownerName(finding)}
              </button>
            )}
          </h2>
          <KindBadge kind={kind} />
        </div>
        <p className={detail.subtitle}>{subtitleOf(finding)}</p>
      </div>
      <SeverityWord severity={severity} />
    </header>
  );
};

const noFiles: ReadonlySet<PlaceKind> = new Set(['commit', 'stash', 'unreachable', 'terminal', 'clipboard']);

/** Only a file that is there can be opened: not what lies in a history, in a terminal or on the clipboard. */
const canOpen = ({ place }: FindingView): boolean => !noFiles.has(place.kind);

const Where = ({ finding }: { readonly finding: FindingView }): ReactNode => {
  const { place } = finding;
  const spot = spotWords(place);
  return (
    <Section
      title={`Where: ${placeWords[place.kind]}`}
      action={
        <span className={styles.pair}>
          {canOpen(finding) ? (
            <IconButton
              icon={ExternalLink}
              label="Open the place"
              small
              onClick={() => void openPlace(finding)}
            />
          ) : null}
          <IconButton
            icon={Copy}
            label="Copy the path"
            small
            onClick={() => copyWords(place.path, 'The path')}
          />
        </span>
      }
    >
      <p className={`${styles.path ?? ''} selectable`}>{place.path}</p>
      {place.inside === '' ? null : (
        <p className={styles.inside}>
          inside: <span className={`${styles.path ?? ''} selectable`}>{place.inside}</span>
        </p>
      )}
      {spot === '' ? null : <p className={detail.quiet}>{spot}</p>}
      <LinesAround key={finding.id} finding={finding} />
    </Section>
  );
};

const Why = ({ finding }: { readonly finding: FindingView }): ReactNode =>
  finding.why.length === 0 ? null : (
    <Section title={`Why it is ${finding.severity}`}>
      <ul className={styles.why}>
        {finding.why.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </Section>
  );

const valueWords = ({ field, isCurrent, keyId, pattern }: FindingView): string => {
  if (keyId === null) return pattern === null ? 'looks like a key' : `looks like ${pattern}`;
  const which = isCurrent === false ? 'an earlier value' : 'the present value';
  return field === null ? which : `${which}, field ${field}`;
};

const Facts = ({ finding }: { readonly finding: FindingView }): ReactNode => {
  const { encoding, masked, liveState, firstSeenMs, lastSeenMs } = finding;
  const live = liveState === null ? null : liveMark(liveState);
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Value', valueWords(finding)],
    ['Looks like', <code key="mask">{masked}</code>],
    ['Stands there', encodingWords[encoding]],
    [
      'At the provider',
      live === null ? 'never asked' : <StateWord key="live" name={live.mark} word={live.word} />,
    ],
    ['First seen', <Moment key="first" atMs={firstSeenMs} />],
    ['Last seen', <Moment key="last" atMs={lastSeenMs} />],
  ];
  return (
    <Section title="What is known">
      <dl className={detail.facts}>
        {facts.map(([label, value]) => (
          <div key={label} className={detail.fact}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
};

const Commands = ({ commands }: { readonly commands: readonly string[] }): ReactNode =>
  commands.length === 0 ? null : (
    <Section
      title="Commands for the history"
      action={
        <Button tone="quiet" icon={Copy} onClick={() => copyWords(commands.join('\n'), 'The commands')}>
          Copy
        </Button>
      }
    >
      <p className={detail.quiet}>
        Keyturn never rewrites a git history. These commands do; everybody who has a copy must fetch anew.
      </p>
      <pre className={`${styles.commands ?? ''} selectable`}>{commands.join('\n')}</pre>
    </Section>
  );

const Body = ({ finding }: { readonly finding: FindingView }): ReactNode => {
  const now = useNow(60_000);
  return (
    <div className={detail.body}>
      <p className={styles.state} data-state={finding.state}>
        {stateSentence(finding, now)}
      </p>
      <FindingActions key={finding.id} finding={finding} />
      <Where finding={finding} />
      <Why finding={finding} />
      <Facts finding={finding} />
      <Commands commands={finding.commands} />
    </div>
  );
};

export const FindingDetail = ({ onBack }: { readonly onBack: (() => void) | null }): ReactNode => {
  const finding = useFinding(useStore(leaksStore, (store) => store.findingId));
  const pane = useRef<HTMLElement>(null);
  const shownId = finding?.id;
  useEffect(() => {
    // Another place is read from its top.
    if (shownId !== undefined) pane.current?.scrollTo({ top: 0 });
  }, [shownId]);
  return (
    <aside ref={pane} id={findingDetailId} className={detail.detail} aria-label="Place" tabIndex={-1}>
      {finding === undefined ? (
        <EmptyState picture={<LeaksPicture />} title="Choose a place to see it" />
      ) : (
        <>
          <Header finding={finding} onBack={onBack} />
          <Body finding={finding} />
        </>
      )}
    </aside>
  );
};
