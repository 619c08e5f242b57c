// What is watched about the key in sight, in words, and what it waits for.
import { BellRing } from 'lucide-react';
import type { ReactNode } from 'react';
import { openOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { counted, dayWords, inDaysWords, daysUntil, shortDay } from '../../lib/time-words.ts';
import type { KeyCare, KeySummary } from '../../lib/types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { Section } from '../keys/detail-sections.tsx';
import { readKeysSoon } from '../keys/store.ts';
import detail from '../keys/detail.module.css';

type Line = readonly [label: string, value: string];

const rotation = (care: KeyCare, summary: KeySummary, now: number): string => {
  const { rotateBy } = summary;
  const age = Math.max(0, Math.floor((now - summary.valueSinceMs) / 86_400_000));
  const old = `it is ${counted(age, 'day')} old`;
  if (care.rotateEveryDays === 0) return `never by age; ${old}`;
  if (rotateBy === null) return `no age is set; ${old}`;
  const whose = care.rotateEveryDays === null ? 'by policy' : `every ${counted(care.rotateEveryDays, 'day')}`;
  return `${whose}: due ${shortDay(rotateBy, now)}, ${inDaysWords(daysUntil(rotateBy, now))}; ${old}`;
};

const linesOf = (care: KeyCare, summary: KeySummary, now: number): readonly Line[] => [
  ['Turn it', rotation(care, summary, now)],
  [
    'Reminders',
    care.leadDays === null
      ? 'as the policy has it'
      : care.leadDays.length === 0
        ? 'none'
        : `${care.leadDays.join(', ')} days before`,
  ],
  ...care.ownDates.map(({ label, day }): Line => [
    label,
    `${shortDay(day, now)}, ${inDaysWords(daysUntil(day, now))}`,
  ]),
  ['Owner', care.ownerLeft ? 'left; somebody else must take it over' : ''],
];

export const Watched = (props: {
  readonly care: KeyCare;
  readonly summary: KeySummary;
  readonly now: number;
}): ReactNode => {
  const { care, summary, now } = props;
  const lines = linesOf(care, summary, now).filter(([, value]) => value !== '');
  return (
    <Section
      title="Watched"
      action={
        <IconButton
          icon={BellRing}
          label="Change what is watched"
          chord="W"
          small
          onClick={() => openOverlay({ type: 'care', keyId: summary.id })}
        />
      }
    >
      <dl className={detail.facts}>
        {lines.map(([label, value]) => (
          <div key={`${label} ${value}`} className={detail.fact}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
};

const activated = async (summary: KeySummary, waiting: NonNullable<KeyCare['waiting']>): Promise<void> => {
  const { id, name } = summary;
  const result = await call('keys.care', { id, care: { waiting: null } });
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  readKeysSoon();
  sayDone(`${name} no longer waits.`, () => {
    void call('keys.care', { id, care: { waiting } }).then((again) => {
      if (again.ok) readKeysSoon();
      else sayFailed(again.error);
    });
  });
};

/** Who must do what before the key works. */
export const WaitingNote = (props: {
  readonly care: KeyCare;
  readonly summary: KeySummary;
  readonly now: number;
}): ReactNode => {
  const { waiting } = props.care;
  if (waiting === null) return null;
  const who = waiting.who === '' ? 'somebody' : waiting.who;
  return (
    <Note
      severity="info"
      next={waiting.what}
      action={<Button onClick={() => void activated(props.summary, waiting)}>It is active now</Button>}
    >
      Waiting for {who} since {dayWords(waiting.sinceMs, props.now)}.
    </Note>
  );
};
