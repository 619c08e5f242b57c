// The lower parts of a key's detail: whom it was handed to, its versions, its history, the provider's pages.
import { ExternalLink, Plus, Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { openOverlay } from '../../app/app-store.ts';
import { auditWords } from '../../lib/audit-words.ts';
import { counted, shortDay } from '../../lib/time-words.ts';
import type { KeyDetail, VersionView } from '../../lib/types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { emptyVersions, openPortal, takeBack } from './actions.ts';
import styles from './detail.module.css';

export const Section = (props: {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}): ReactNode => (
  <section className={styles.section} aria-label={props.title}>
    <div className={styles.sectionHead}>
      <h3 className={styles.sectionTitle}>{props.title}</h3>
      {props.action}
    </div>
    {props.children}
  </section>
);

export const Consumers = ({
  detail,
  now,
}: {
  readonly detail: KeyDetail;
  readonly now: number;
}): ReactNode => {
  const { id } = detail.summary;
  return (
    <Section
      title="Handed to"
      action={
        <IconButton
          icon={Plus}
          label="Note whom it was handed to"
          small
          onClick={() => openOverlay({ type: 'hand-over', keyId: id })}
        />
      }
    >
      {detail.consumers.length === 0 ? (
        <p className={styles.quiet}>Nobody that you noted.</p>
      ) : (
        <ul className={styles.lines}>
          {detail.consumers.map((consumer) => (
            <li key={consumer.name} className={styles.line}>
              <div className={styles.lineMain}>
                <span>{consumer.name}</span>
                {consumer.purpose === '' ? null : <span className={styles.quiet}> {consumer.purpose}</span>}
                {consumer.exception === null ? null : (
                  <p className={styles.quiet}>Exception: {consumer.exception}</p>
                )}
              </div>
              <span className={styles.when}>{shortDay(consumer.handedOn, now)}</span>
              <IconButton
                icon={Undo2}
                label={`${consumer.name} gave it back`}
                small
                onClick={() => void takeBack(id, consumer)}
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
};

const VersionLine = ({ version }: { readonly version: VersionView }): ReactNode => (
  <li className={styles.line}>
    <span className={styles.versionNumber}>v{version.number}</span>
    <code className={styles.versionMask}>{version.fields.find((field) => field.secret)?.masked ?? ''}</code>
    <span className={styles.lineMain}>
      {version.replacedAtMs === null ? (
        <>
          current, since <Moment atMs={version.addedAtMs} />
        </>
      ) : (
        <span className={styles.quiet}>
          replaced <Moment atMs={version.replacedAtMs} />
        </span>
      )}
    </span>
    <span className={styles.when}>{version.addedBy}</span>
  </li>
);

export const Versions = ({ detail }: { readonly detail: KeyDetail }): ReactNode => {
  const [asking, setAsking] = useState(false);
  const versions = detail.versionList.toSorted((left, right) => right.number - left.number);
  const older = versions.length - 1;
  return (
    <Section title="Versions">
      <ul className={styles.lines}>
        {versions.map((version) => (
          <VersionLine key={version.id} version={version} />
        ))}
      </ul>
      {older > 0 && !asking ? (
        <div>
          <Button tone="quiet" onClick={() => setAsking(true)}>
            Delete older values…
          </Button>
        </div>
      ) : null}
      {asking && older > 0 ? (
        <div className={styles.confirm}>
          <p>{counted(older, 'older value')} will be gone for good. The current one stays.</p>
          <div className={styles.confirmRow}>
            <Button onClick={() => setAsking(false)}>Keep them</Button>
            <Button
              tone="danger"
              onClick={() => {
                setAsking(false);
                void emptyVersions(detail.summary.id);
              }}
            >
              Delete for good
            </Button>
          </div>
        </div>
      ) : null}
    </Section>
  );
};

const fewEntries = 6;

export const History = ({ detail }: { readonly detail: KeyDetail }): ReactNode => {
  const [all, setAll] = useState(false);
  const entries = detail.history.toSorted((left, right) => right.seq - left.seq);
  const shown = all ? entries : entries.slice(0, fewEntries);
  if (entries.length === 0) return null;
  return (
    <Section title="History">
      <ol className={styles.lines}>
        {shown.map((entry) => (
          <li key={entry.seq} className={styles.line}>
            <span className={styles.lineMain}>
              {auditWords(entry.event)}
              {entry.detail === '' ? null : <span className={styles.quiet}> {entry.detail}</span>}
            </span>
            <span className={styles.when}>{entry.by}</span>
            <span className={styles.when}>
              <Moment atMs={entry.atMs} />
            </span>
          </li>
        ))}
      </ol>
      {shown.length < entries.length ? (
        <div>
          <Button tone="quiet" onClick={() => setAll(true)}>
            Show all {entries.length}
          </Button>
        </div>
      ) : null}
    </Section>
  );
};

/** How many of the provider's slots are taken, and a bar that says how near the end is. */
export const Quotas = ({ detail }: { readonly detail: KeyDetail }): ReactNode =>
  detail.quotas.length === 0 ? null : (
    <ul className={styles.lines} aria-label="Slots that are taken">
      {detail.quotas.map(({ used, max, approximate, rule }) => (
        <li key={rule} className={styles.quota} data-full={used >= max || undefined}>
          <span>
            <strong className="tabular">
              {used} of {approximate ? 'about ' : ''}
              {max}
            </strong>{' '}
            {rule}
          </span>
          <meter aria-label={rule} min={0} max={max} value={Math.min(used, max)} />
        </li>
      ))}
    </ul>
  );

export const Portals = ({ detail }: { readonly detail: KeyDetail }): ReactNode =>
  detail.portals.length === 0 ? null : (
    <Section title="At the provider">
      <ul className={styles.lines}>
        {detail.portals.map((portal) => (
          <li key={portal.id}>
            <button
              type="button"
              className={styles.link}
              onClick={() => void openPortal(detail.summary.id, portal.id)}
            >
              <ExternalLink size={14} strokeWidth={1.75} aria-hidden="true" />
              <span>{portal.label}</span>
              <span className={styles.address}>{portal.url.replace(/^https?:\/\//, '')}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
