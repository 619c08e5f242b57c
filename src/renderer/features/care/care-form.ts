// The care dialog as text, and back: what is typed becomes what is kept, or says which field is wrong. Pure.
import type { KeyCare } from '../../lib/types.ts';
import { parseDays, parseLeadDays, showDays } from './days.ts';

export type OwnDate = KeyCare['ownDates'][number];

export type CareForm = {
  readonly leadDays: string;
  readonly rotateEveryDays: string;
  readonly ownDates: readonly OwnDate[];
  readonly ownerLeft: boolean;
  readonly lost: boolean;
  readonly waits: boolean;
  readonly who: string;
  readonly what: string;
};

export const formOf = (care: KeyCare): CareForm => ({
  leadDays: showDays(care.leadDays),
  rotateEveryDays: showDays(care.rotateEveryDays),
  ownDates: care.ownDates,
  ownerLeft: care.ownerLeft,
  lost: care.lost,
  waits: care.waiting !== null,
  who: care.waiting?.who ?? '',
  what: care.waiting?.what ?? '',
});

export type CareResult =
  | { readonly ok: true; readonly care: Omit<KeyCare, 'scheduled' | 'snoozedUntilMs'> }
  | { readonly ok: false; readonly field: keyof CareForm; readonly message: string };

/** @param before what was kept: a key that already waits has waited since then. */
export const careOf = (form: CareForm, before: KeyCare | null, nowMs: number): CareResult => {
  const leadDays = parseLeadDays(form.leadDays);
  if (!leadDays.ok) return { ok: false, field: 'leadDays', message: leadDays.message };
  const rotate = parseDays(form.rotateEveryDays);
  if (!rotate.ok) return { ok: false, field: 'rotateEveryDays', message: rotate.message };
  const waiting = form.waits
    ? { who: form.who.trim(), what: form.what.trim(), sinceMs: before?.waiting?.sinceMs ?? nowMs }
    : null;
  return {
    ok: true,
    care: {
      leadDays: leadDays.value === null ? null : [...leadDays.value],
      rotateEveryDays: rotate.value,
      ownDates: form.ownDates.map(({ label, day }) => ({ label: label.trim(), day })),
      ownerLeft: form.ownerLeft,
      lost: form.lost,
      waiting,
    },
  };
};
