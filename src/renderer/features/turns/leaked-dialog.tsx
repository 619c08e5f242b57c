// Several leaked keys at once: which ones, in the order of the damage they can do, and what comes first. They are begun one after another.
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { closeOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import type { Damage, KeySummary } from '../../lib/types.ts';
import { KindBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { sayFailed } from '../../ui/toast-store.ts';
import { findEverywhere, keysInSight, keysStore, readKeysSoon } from '../keys/store.ts';
import { FoundAt, orderWords } from './leak-choices.tsx';
import { RadioList } from './radio-list.tsx';
import type { TurnOrder } from './plan-form.ts';
import { openTurnOf, openTurns, turnsStore } from './turns-store.ts';
import styles from './plan.module.css';

const mostShown = 60;
/** As many as the agent orders at once. */
const mostChosen = 200;

/** Keys in the order of their damage; the last order stays while another is asked for. */
const useDamage = (ids: readonly string[]): readonly Damage[] => {
  const [ranked, setRanked] = useState<readonly Damage[]>([]);
  const about = ids.join(' ');
  useEffect(() => {
    if (about === '') {
      setRanked([]);
      return undefined;
    }
    let live = true;
    void call('rotation.damage', { ids: about.split(' ') }).then((result) => {
      if (!live) return;
      if (result.ok) setRanked(result.value.toSorted((left, right) => left.rank - right.rank));
      else sayFailed(result.error);
    });
    return () => {
      live = false;
    };
  }, [about]);
  return ranked;
};

const KeyChoice = (props: {
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (keyId: string, on: boolean) => void;
}): ReactNode => {
  const { chosen, onToggle } = props;
  const [query, setQuery] = useState('');
  const providers = useStore(keysStore, (store) => store.providers);
  const open = useStore(turnsStore, (store) => store.open);
  const found: readonly KeySummary[] = query.trim() === '' ? keysInSight() : findEverywhere(query);
  const shown = found.slice(0, mostShown);
  return (
    <>
      <div className={styles.find}>
        <Field label="Which keys leaked">
          {(ids) => (
            <TextInput
              {...ids}
              placeholder="Find by name, provider, variable"
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <ul className={styles.keys} aria-label="Keys">
        {shown.map((key) => {
          const turning = open.some(({ keyId }) => keyId === key.id);
          const provider = key.provider === null ? undefined : providers.get(key.provider)?.name;
          return (
            <li key={key.id} className={styles.key}>
              <Checkbox
                checked={chosen.has(key.id)}
                disabled={turning || (chosen.size >= mostChosen && !chosen.has(key.id))}
                onChange={(on) => onToggle(key.id, on)}
                label={
                  <span className={styles.keyName}>
                    {key.name} <KindBadge kind={key.kind} />
                    <span className={styles.quiet}>
                      {turning ? 'is being turned already' : (provider ?? 'no provider')}
                    </span>
                  </span>
                }
              />
            </li>
          );
        })}
      </ul>
      {shown.length < found.length ? (
        <p className={styles.quiet}>{counted(found.length - shown.length, 'more key')}: find by name.</p>
      ) : null}
    </>
  );
};

const Ranked = (props: {
  readonly ranked: readonly Damage[];
  readonly said: ReadonlyMap<string, string>;
}): ReactNode =>
  props.ranked.length === 0 ? null : (
    <section aria-label="In this order">
      <h3 className={styles.partTitle}>In this order, by the damage they can do</h3>
      <ol className={styles.ranked}>
        {props.ranked.map(({ keyId, keyName, why }, index) => (
          <li key={keyId} className={styles.rank}>
            <span className={styles.rankNumber}>{index + 1}</span>
            <span>
              <span className={styles.rankName}>{keyName}</span>
              <span className={styles.quiet}> {why}</span>
            </span>
            <span className={styles.barred} role="status">
              {props.said.get(keyId) ?? ''}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );

/** Those that may be begun now, as many as are ordered at once. */
const atFirst = (keyIds: readonly string[]): ReadonlySet<string> =>
  new Set(keyIds.filter((keyId) => openTurnOf(keyId) === undefined).slice(0, mostChosen));

export const LeakedDialog = (props: {
  readonly keyIds: readonly string[];
  readonly foundAtMs: number | null;
}): ReactNode => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => atFirst(props.keyIds));
  const [order, setOrder] = useState<TurnOrder>('overlap');
  const [foundAtMs, setFoundAtMs] = useState(() => props.foundAtMs ?? Date.now());
  const [said, setSaid] = useState<ReadonlyMap<string, string>>(() => new Map());
  const [busy, setBusy] = useState(false);
  const ranked = useDamage([...chosen]);
  const ready = ranked.length > 0 && ranked.length === chosen.size && !busy;
  const start = async (): Promise<void> => {
    if (!ready) return;
    setBusy(true);
    const refused = new Map<string, string>();
    const begun: string[] = [];
    for (const { keyId } of ranked) {
      const result = await call('rotation.start', {
        keyId,
        order,
        graceMs: 0,
        reason: 'leak',
        foundAtMs,
      });
      if (result.ok) begun.push(keyId);
      else refused.set(keyId, `${result.error.message} ${result.error.next}`);
    }
    setBusy(false);
    readKeysSoon();
    if (refused.size === 0) {
      closeOverlay();
      openTurns();
      return;
    }
    setSaid(refused);
    setChosen(new Set(ranked.map(({ keyId }) => keyId).filter((keyId) => !begun.includes(keyId))));
  };
  return (
    <Dialog
      title="Leaked keys"
      description="Turned one after another, those that can do the most damage first."
      size="large"
      onClose={closeOverlay}
      onSubmit={() => void start()}
      footer={
        <>
          <Button onClick={closeOverlay}>{said.size > 0 ? 'Close' : 'Cancel'}</Button>
          <Button tone="primary" type="submit" busy={busy} disabled={!ready}>
            {ranked.length > 1 ? `Turn ${ranked.length} keys now` : 'Turn it now'}
          </Button>
        </>
      }
    >
      <KeyChoice
        chosen={chosen}
        onToggle={(keyId, on) =>
          setChosen((before) => {
            const next = new Set(before);
            if (on) next.add(keyId);
            else next.delete(keyId);
            return next;
          })
        }
      />
      <Ranked ranked={ranked} said={said} />
      <RadioList
        legend="What comes first"
        value={order}
        choices={[
          { value: 'overlap', label: `New key first. ${orderWords.overlap}`, note: '' },
          { value: 'revoke-first', label: `Revoke first. ${orderWords['revoke-first']}`, note: '' },
        ]}
        onChange={(next) => setOrder(next === 'overlap' ? 'overlap' : 'revoke-first')}
      />
      <div className={styles.found}>
        <FoundAt foundAtMs={foundAtMs} onFound={setFoundAtMs} />
      </div>
    </Dialog>
  );
};
