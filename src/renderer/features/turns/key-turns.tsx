// What a key's detail says of turns: that one is open, the history of all, and how the key is turned.
import { RotateCw, SlidersHorizontal } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { openOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { ago, exactTime } from '../../lib/time-words.ts';
import type { KeyDetail, TurnCare, TurnView } from '../../lib/types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { Section } from '../keys/detail-sections.tsx';
import { keysStore } from '../keys/store.ts';
import { careLines } from './turn-care-form.ts';
import { TurnMark } from './turn-mark.tsx';
import { outcomeWords, reasonWords, sentence, spanWords, stateLine, untilLine } from './turn-words.ts';
import { openTurn, turnKey, turnsStore } from './turns-store.ts';
import { useTurnsOf } from './use-turns.ts';
import detail from '../keys/detail.module.css';
import styles from './key-turns.module.css';

/** While a turn of this key is open: what it is at, and the way there. */
export const TurningNote = (props: { readonly keyId: string; readonly now: number }): ReactNode => {
  const { keyId, now } = props;
  const turn = useStore(turnsStore, ({ open }) => open.find((each) => each.keyId === keyId));
  if (turn === undefined) return null;
  const until = turn.step === 'grace' ? '' : untilLine(turn, now);
  return (
    <Note
      severity={turn.state === 'needs-you' ? 'warning' : 'info'}
      next={sentence(until)}
      action={<Button onClick={() => openTurn(turn.id)}>Open the turn</Button>}
    >
      {sentence(`turning: ${stateLine(turn, now)}`)}
    </Note>
  );
};

const Line = ({ turn, now }: { readonly turn: TurnView; readonly now: number }): ReactNode => {
  const atMs = turn.outcome?.atMs ?? turn.startedAtMs;
  const dead =
    turn.foundAtMs !== null && turn.deadAtMs !== null
      ? `, dead ${spanWords(turn.deadAtMs - turn.foundAtMs)} after it was found`
      : '';
  return (
    <li className={styles.line}>
      <TurnMark turn={turn} size={16} />
      <button type="button" className={styles.open} onClick={() => openTurn(turn.id)}>
        {turn.outcome === null ? `${stateLine(turn, now)},` : outcomeWords[turn.outcome.kind]}
        <span className={styles.quiet}>
          {' '}
          {reasonWords[turn.reason]}
          {dead}
        </span>
      </button>
      <Tooltip label={exactTime(atMs)}>
        <time dateTime={new Date(atMs).toISOString()} className={styles.when}>
          {ago(atMs, now)}
          <span className="visually-hidden"> ({exactTime(atMs)})</span>
        </time>
      </Tooltip>
    </li>
  );
};

const few = 5;

export const KeyTurns = (props: { readonly keyId: string; readonly now: number }): ReactNode => {
  const { keyId, now } = props;
  const { value } = useTurnsOf(keyId);
  const [all, setAll] = useState(false);
  const turns = (value ?? []).toSorted((left, right) => right.startedAtMs - left.startedAtMs);
  const shown = all ? turns : turns.slice(0, few);
  return (
    <Section
      title="Turns"
      action={
        <IconButton icon={RotateCw} label="Turn this key" chord="R" small onClick={() => turnKey(keyId)} />
      }
    >
      {turns.length === 0 ? (
        <p className={detail.quiet}>{value === null ? '' : 'Not turned yet.'}</p>
      ) : (
        <ol className={styles.lines}>
          {shown.map((turn) => (
            <Line key={turn.id} turn={turn} now={now} />
          ))}
        </ol>
      )}
      {shown.length < turns.length ? (
        <div>
          <Button tone="quiet" onClick={() => setAll(true)}>
            Show all {turns.length}
          </Button>
        </div>
      ) : null}
    </Section>
  );
};

const useTurnCare = (keyId: string): TurnCare | null => {
  const generation = useStore(keysStore, (store) => store.generation);
  const [care, setCare] = useState<TurnCare | null>(null);
  useEffect(() => {
    let live = true;
    void call('rotation.care', { keyId }).then((result) => {
      // The pane itself says why a key cannot be read.
      if (live) setCare(result.ok ? result.value : null);
    });
    return () => {
      live = false;
    };
  }, [keyId, generation]);
  return care;
};

/** What was set about the way this key is turned, in lines; where nothing was, how to. */
export const HowTurned = ({ data }: { readonly data: KeyDetail }): ReactNode => {
  const { id } = data.summary;
  const care = useTurnCare(id);
  const keys = useStore(keysStore, (store) => store.keys);
  if (care === null) return null;
  const manager = keys.find((key) => key.id === care.managerKeyId)?.name ?? '';
  return (
    <Section
      title="How it is turned"
      action={
        <IconButton
          icon={SlidersHorizontal}
          label="Change how it is turned"
          small
          onClick={() => openOverlay({ type: 'turn-care', keyId: id })}
        />
      }
    >
      <dl className={detail.facts}>
        {careLines(care, manager).map(([label, value]) => (
          <div key={label} className={detail.fact}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
};
