// What only a person can do in a turn, known before it starts: the portal, whoever was handed the key, the provider's own people. docs/rotation.md §2.2.
import type { RotationTask } from '../../model/rotation.ts';
import { addDays } from '../../keys/calendar.ts';
import { portalsOf } from '../../keys/detail.ts';
import { dayOf } from '../../keys/expiry.ts';
import { consumerWords } from '../../providers/consumers.ts';
import type { KeyClass } from '../../providers/provider.ts';
import type { RotationStep } from '../../providers/rotating.ts';
import { taskOf } from '../tasks.ts';
import type { Choice } from './choose.ts';
import { isRevokedByHand } from './words.ts';

const longestDetail = 2_000;
const cut = (text: string): string => text.slice(0, longestDetail);

/** Working days are counted as days of the week that are no weekend. */
const afterWorkingDays = (nowMs: number, days: number): string => {
  let day = dayOf(nowMs);
  for (let left = days; left > 0;) {
    day = addDays(day, 1) ?? day;
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return day;
};

const stepText = ({ definition }: Choice, ...ids: readonly RotationStep['id'][]): string =>
  (definition?.rotation.steps ?? [])
    .filter(({ id }) => ids.includes(id))
    .map(({ text }) => text)
    .join(' ');

const portalOf = ({ definition, held }: Choice): string | null =>
  portalsOf(definition, held.body)[0]?.id ?? null;

type NewId = () => string;

const ticket = (choice: Choice, newId: NewId, nowMs: number): readonly RotationTask[] => {
  const { turn, held } = choice;
  const assistance = turn?.assistance;
  if (choice.shape !== 'guided' || assistance?.classes.includes(held.body.class) !== true) return [];
  return [
    taskOf(newId(), 'ticket', 'create', {
      title: `Ask ${assistance.who} for the new key`.slice(0, 300),
      detail: cut(`${assistance.text} It usually takes ${String(assistance.days)} working days.`),
      who: assistance.who,
      dueOn: afterWorkingDays(nowMs, assistance.days),
    }),
  ];
};

const making = (choice: Choice, newId: NewId): readonly RotationTask[] => {
  if (choice.shape !== 'guided') return [];
  const { definition, held } = choice;
  const where = definition === undefined ? 'where it was made' : `in the portal of ${definition.name}`;
  const text = stepText(choice, 'prepare', 'create') || 'Make a key with the same rights as the old one.';
  return [
    taskOf(newId(), 'portal', 'create', {
      title: `Make a new key ${where}`,
      detail: cut(
        definition?.managedBy.create === undefined
          ? text
          : `${text} Who may: ${definition.managedBy.create}.`,
      ),
      portal: portalOf(choice),
    }),
    taskOf(newId(), 'paste', 'create', {
      title: `Put the new value of ${held.body.name} in here`.slice(0, 300),
      detail: 'It is looked at, kept and tested before anything else happens.',
    }),
  ];
};

/** What the new key will be allowed to do, as far as it is like the old one. */
const accessOf = ({ definition, held }: Choice): KeyClass['access'] => {
  const known = definition?.classes.find(({ id }) => id === held.body.class)?.access;
  if (known !== undefined) return known;
  return held.body.class === 'read-only' ? 'read-only' : 'unknown';
};

const consumers = (choice: Choice, newId: NewId): readonly RotationTask[] =>
  choice.held.body.consumers.map(({ name, purpose }) => {
    const successor = { provider: choice.held.body.provider ?? '', access: accessOf(choice) };
    const { title, detail, problem } = consumerWords(name, purpose, successor);
    return taskOf(newId(), 'consumer', 'deliver', {
      title,
      detail: cut(problem === null ? detail : `${problem}\n${detail}`),
      who: name.slice(0, 300),
    });
  });

const revoking = (choice: Choice, newId: NewId): readonly RotationTask[] => {
  if (choice.shape !== 'guided' || !isRevokedByHand(choice)) return [];
  const typed = choice.definition?.rotation.typedConfirmation;
  const text =
    stepText(choice, 'confirm', 'revoke') || 'Revoke the old key where it was made, then say so here.';
  return [
    taskOf(newId(), 'revoke', 'revoke', {
      title: 'Revoke the old key in the portal',
      detail: cut(typed === undefined ? text : `${text} The portal asks you to type: ${typed}`),
      portal: portalOf(choice),
    }),
  ];
};

/** Tasks of a turn at its start. @param newId gives 32 hexadecimal digits */
export const tasksFor = (choice: Choice, newId: NewId, nowMs: number): readonly RotationTask[] => [
  ...ticket(choice, newId, nowMs),
  ...making(choice, newId),
  ...consumers(choice, newId),
  ...revoking(choice, newId),
];
