// What is watched about the key in sight, in words, what it waits for, and that its value is lost.
import { BellRing } from 'lucide-react';
import type { ReactNode } from 'react';
import { openOverlay } from '../../app/app-store.ts';
import type { CallInput } from '../../../contract/contract.ts';
import { call } from '../../lib/call.ts';
import { counted, dayWords, inDaysWords, daysUntil, shortDay } from '../../lib/time-words.ts';
import type { KeyCare, KeyDetail, KeySummary } from '../../lib/types.ts';
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
  ['Value', care.lost ? 'lost; nobody has it any more' : ''],
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

type Said = CallInput<'keys.care'>['care'];

/** Notes one thing and offers the way back. */
const note = async (id: string, care: Said, before: Said, words: string): Promise<void> => {
  const result = await call('keys.care', { id, care });
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  readKeysSoon();
  sayDone(words, () => {
    void call('keys.care', { id, care: before }).then((again) => {
      if (again.ok) readKeysSoon();
      else sayFailed(again.error);
    });
  });
};

const activated = ({ id, name }: KeySummary, waiting: KeyCare['waiting']): Promise<void> =>
  note(id, { waiting: null }, { waiting }, `${name} no longer waits.`);

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

const lostNext = (revealable: KeyDetail['facts']['revealable']): string =>
  revealable === 'again'
    ? 'Its portal shows it again: copy it from there and put it in here.'
    : 'Turn it: make a new one at its provider, put it in here, then revoke the lost one.';

/** That nobody has the value any more, and the way out of it. */
export const LostNote = (props: { readonly care: KeyCare; readonly detail: KeyDetail }): ReactNode => {
  const { summary, facts } = props.detail;
  const { id, name } = summary;
  if (!props.care.lost) return null;
  const found = (): void => void note(id, { lost: false }, { lost: true }, `${name} is not lost.`);
  return (
    <Note
      severity="warning"
      next={lostNext(facts.revealable)}
      action={<Button onClick={found}>I have it again</Button>}
    >
      The value of this key is lost.
    </Note>
  );
};
