// How a key is turned, as a form and back; and as lines to be read. Pure.
import type { TurnCare } from '../../lib/types.ts';
import { graceWords } from './turn-words.ts';

export type TurnCareForm = {
  readonly way: string | null;
  readonly managerKeyId: string | null;
  readonly inputs: Readonly<Record<string, string>>;
  readonly graceMs: number | null;
  readonly unattended: boolean;
  /** As typed; empty for never. */
  readonly beforeExpiry: string;
  readonly anyHour: boolean;
  readonly from: string;
  readonly to: string;
};

export const careFormOf = (care: TurnCare): TurnCareForm => ({
  way: care.way,
  managerKeyId: care.managerKeyId,
  inputs: care.inputs,
  graceMs: care.graceMs,
  unattended: care.unattended,
  beforeExpiry: care.beforeExpiryDays === null ? '' : String(care.beforeExpiryDays),
  anyHour: care.hours === null,
  from: String(care.hours?.from ?? 2),
  to: String(care.hours?.to ?? 5),
});

export type ReadCare =
  | { readonly ok: true; readonly care: TurnCare }
  | { readonly ok: false; readonly field: 'beforeExpiry' | 'hours'; readonly message: string };

const mostDays = 366;

export const readCare = (keyId: string, form: TurnCareForm): ReadCare => {
  const days = form.beforeExpiry.trim();
  if (days !== '' && (!/^\d{1,3}$/.test(days) || Number(days) > mostDays))
    return {
      ok: false,
      field: 'beforeExpiry',
      message: `Write whole days, from 0 to ${mostDays}, or nothing.`,
    };
  const [from, to] = [Number(form.from), Number(form.to)];
  if (!form.anyHour && from === to)
    return { ok: false, field: 'hours', message: 'Between these there is no hour.' };
  return {
    ok: true,
    care: {
      keyId,
      way: form.way,
      managerKeyId: form.managerKeyId,
      inputs: Object.fromEntries(
        Object.entries(form.inputs)
          .map(([name, value]) => [name, value.trim()] as const)
          .filter(([, value]) => value !== ''),
      ),
      graceMs: form.graceMs,
      unattended: form.unattended,
      beforeExpiryDays: days === '' ? null : Number(days),
      hours: form.anyHour ? null : { from, to },
    },
  };
};

const hour = (at: number): string => `${String(at).padStart(2, '0')}:00`;

export const hourChoices = (first: number): readonly { readonly value: string; readonly label: string }[] =>
  Array.from({ length: 24 }, (_, index) => ({ value: String(index + first), label: hour(index + first) }));

export const careLines = (
  care: TurnCare,
  managerName: string,
): readonly (readonly [label: string, value: string])[] => [
  ...(managerName === '' ? [] : [['Done with', managerName] as const]),
  ...(care.graceMs === null ? [] : [['Grace', graceWords(care.graceMs)] as const]),
  [
    'By itself',
    care.unattended ? 'yes: a due turn begins when nobody is there' : 'no: a due turn waits for you',
  ],
  ...(care.beforeExpiryDays === null ? [] : [['Before its end', `${care.beforeExpiryDays} days`] as const]),
  ...(care.hours === null
    ? []
    : [['In these hours', `${hour(care.hours.from)} to ${hour(care.hours.to)}`] as const]),
];
