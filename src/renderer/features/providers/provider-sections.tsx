// The parts of a provider's page: what keys look like, how they are asked, what the provider allows, how they are turned, and
// where each of these was read and when.
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { stateMarks, stateWords } from '../../lib/key-state.ts';
import { shortDay } from '../../lib/time-words.ts';
import type { ProviderPage } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { KindBadge } from '../../ui/badge.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import table from '../../ui/table.module.css';
import { rotateWords } from './provider-row.tsx';
import styles from './provider-page.module.css';

type Props = { readonly page: ProviderPage };

const Part = (props: { readonly title: string; readonly children: ReactNode }): ReactNode => (
  <section aria-label={props.title} className={styles.part}>
    <h2 className={styles.title}>{props.title}</h2>
    {props.children}
  </section>
);

const Lines = ({ lines }: { readonly lines: readonly (readonly [string, ReactNode])[] }): ReactNode => (
  <dl className={styles.lines}>
    {lines
      .filter(([, value]) => value !== '' && value !== null)
      .map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="selectable">{value}</dd>
        </div>
      ))}
  </dl>
);

const list = (items: readonly string[]): ReactNode =>
  items.length === 0 ? (
    ''
  ) : items.length === 1 ? (
    items[0]
  ) : (
    <ul className={styles.list}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );

const codes = (items: readonly string[]): ReactNode =>
  items.length === 0 ? (
    ''
  ) : (
    <ul className={styles.list}>
      {items.map((item) => (
        <li key={item}>
          <code>{item}</code>
        </li>
      ))}
    </ul>
  );

/** To try by hand: the key stands in it as the name of its variable. */
const commands = (items: readonly string[]): ReactNode =>
  items.length === 0
    ? ''
    : items.map((item) => (
        <pre key={item} className={styles.command}>
          {item}
        </pre>
      ));

export const Formats = ({ page }: Props): ReactNode => (
  <Part title="What its keys look like">
    <ul className={styles.formats}>
      {page.formats.map(({ label, kind, looks, sure }) => (
        <li key={`${label} ${looks}`}>
          <span className={styles.formatLabel}>
            {label} <KindBadge kind={kind} />
          </span>
          <span>
            {looks}
            {sure ? '' : '. Others look like that too: it is never recognised by this alone.'}
          </span>
        </li>
      ))}
    </ul>
    <Lines
      lines={page.fields.map(({ label, variable, secret, help }) => [
        label,
        <>
          <code>{variable}</code>
          {secret ? '' : ', no secret'}
          {help === '' ? '' : `. ${help}`}
        </>,
      ])}
    />
  </Part>
);

const Decisions = ({ page }: Props): ReactNode => (
  <table className={table.table} aria-label="What an answer means">
    <thead>
      <tr>
        <th scope="col">When it answers</th>
        <th scope="col">The key</th>
        <th scope="col">Why, and what to do</th>
      </tr>
    </thead>
    <tbody>
      {page.check.decisions.map(({ when, state, reason, next }) => (
        <tr key={`${when} ${state} ${reason}`}>
          <td>{when}</td>
          <td className={styles.state}>
            <StateMark name={stateMarks[state]} />
            <span>{stateWords[state]}</span>
          </td>
          <td>
            {reason}
            {next === '' ? null : <span className={table.quiet}> {next}</span>}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

export const Asked = ({ page }: Props): ReactNode => {
  const { possible, why, asks, shell, never, tells } = page.check;
  return (
    <Part title="How it is asked">
      {possible ? null : (
        <p>
          <strong>It cannot be asked.</strong> {why}
        </p>
      )}
      <Lines
        lines={[
          ['Asks', codes(asks)],
          ['In a shell', commands(shell)],
          ['Never calls', codes(never)],
          ['Tells', tells.join(', ')],
        ]}
      />
      {page.check.decisions.length === 0 ? null : <Decisions page={page} />}
    </Part>
  );
};

const lifeWords: Readonly<Record<string, string>> = {
  'issued-not-activated': 'Not activated',
  revoked: 'Revoked',
  deleted: 'Deleted',
  'owner-left': 'Owner left',
  blocked: 'Blocked',
};

/** One line per label, however many things are said under it. */
const gather = (pairs: readonly (readonly [string, string])[]): readonly (readonly [string, ReactNode])[] => {
  const labels = [...new Set(pairs.map(([label]) => label))];
  return labels.map((label) => [
    label,
    list(pairs.filter(([each]) => each === label).map(([, text]) => text)),
  ]);
};

export const Rules = ({ page }: Props): ReactNode => (
  <Part title="What the provider allows">
    <Lines
      lines={[
        ['Create', page.create],
        ['Revoke', page.revoke],
        ['Limits', list(page.limits)],
        ['Shown', list(page.reveal)],
        ['Can be changed', list(page.editable)],
        ['Expiry', page.expiry],
        ['Money', page.money.moves ? `Moves money. ${page.money.why}` : page.money.why],
        ...gather(
          page.lifecycle.map(({ state, text, who }) => [
            lifeWords[state] ?? state,
            who === '' ? text : `${text} Who: ${who}`,
          ]),
        ),
        ...gather(
          page.portals.map(({ environment, url, path }) => [
            `Portal, ${environment}`,
            `${url.replace(/^https:\/\//, '')}${path === '' ? '' : `, ${path}`}`,
          ]),
        ),
      ]}
    />
  </Part>
);

export const Turned = ({ page }: Props): ReactNode => {
  const { mode, overlap, needs, steps } = page.rotation;
  return (
    <Part title="How it is turned">
      <Lines
        lines={[
          ['Way', rotateWords[mode]],
          [
            'Overlap',
            overlap ? 'The old and the new one can work side by side.' : 'The old one stops at once.',
          ],
          ['Needs', needs],
        ]}
      />
      {steps.length === 0 ? null : (
        <ol className={styles.steps}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
    </Part>
  );
};

export const Facts = ({ page }: Props): ReactNode => {
  const now = useNow(3_600_000);
  return (
    <Part title="Where this was read">
      <table className={table.table} aria-label="Facts and their sources">
        <thead>
          <tr>
            <th scope="col">Fact</th>
            <th scope="col">Source</th>
            <th scope="col">Looked at</th>
          </tr>
        </thead>
        <tbody>
          {page.facts.map(({ text, source, verifiedOn, uncertain, old }) => (
            <tr key={`${text} ${source}`}>
              <td>
                {text}
                {uncertain ? (
                  <span className={table.quiet}> Not sure: sources differ, or none is official.</span>
                ) : null}
              </td>
              <td className={table.quiet}>{source}</td>
              <td className={table.nowrap}>
                {old ? (
                  <span className={styles.old}>
                    <TriangleAlert size={14} strokeWidth={2} aria-hidden="true" />
                    {shortDay(verifiedOn, now)}, old
                  </span>
                ) : (
                  shortDay(verifiedOn, now)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
};
