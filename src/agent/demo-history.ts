// What the demo's keys have lived through: answers of the last three months in the words of their own provider files, what is watched
// about them, and ages. Nobody was asked: the demo asks nobody but this machine.
import { careForKey, type SomeCare } from '../core/keys/care.ts';
import type { Asked } from '../core/keys/checks/log.ts';
import { recordAnswers, useChanges } from '../core/keys/checks/record.ts';
import { currentVersion, type HeldKey } from '../core/keys/book.ts';
import type { Edit, Work } from '../core/keys/edit.ts';
import { dayOf } from '../core/keys/expiry.ts';
import { writePolicies } from '../core/keys/policies.ts';
import type { PolicyRule } from '../core/model/key-log.ts';
import { ok, type Result } from '../core/model/result.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Asked once a day from so many days ago until so many; `null` is no answer. */
type Stretch = {
  readonly from: number;
  readonly to: number;
  readonly status: number | null;
  readonly state?: 'expired' | 'not-activated';
};
type DemoLife = {
  readonly answers: readonly Stretch[];
  readonly told?: Asked['told'];
  readonly care?: Omit<SomeCare, 'ownDates' | 'waiting'>;
  readonly date?: { readonly label: string; readonly inDays: number };
  readonly waiting?: { readonly who: string; readonly what: string; readonly daysAgo: number };
  /** Not copied for so long that it counts as unused. */
  readonly unused?: boolean;
};

const lives: Readonly<Record<string, DemoLife>> = {
  'payouts-prod': {
    answers: [
      { from: 88, to: 34, status: 200 },
      { from: 33, to: 32, status: null },
      { from: 31, to: 0, status: 200 },
    ],
  },
  'treasury-readonly': {
    answers: [
      { from: 85, to: 4, status: 200 },
      { from: 3, to: 0, status: 401 },
    ],
    date: { label: 'Audit of read-only access', inDays: 17 },
  },
  'payouts-sandbox': { answers: [{ from: 89, to: 0, status: 200 }], unused: true },
  'wallets-test': {
    answers: [
      { from: 39, to: 3, status: 200 },
      { from: 2, to: 0, status: null },
    ],
  },
  'wallets-live': {
    answers: [{ from: 17, to: 0, status: 401, state: 'not-activated' }],
    waiting: {
      who: 'Circle Support',
      what: 'Switch on production access: the agreement is signed.',
      daysAgo: 17,
    },
  },
  builds: { answers: [{ from: 80, to: 0, status: 200 }] },
  'store-upload': {
    answers: [
      { from: 80, to: 4, status: 200 },
      { from: 2, to: 0, status: 401, state: 'expired' },
    ],
    care: { ownerLeft: true },
  },
  'datapoints-live': {
    answers: [
      { from: 60, to: 7, status: 200 },
      { from: 6, to: 0, status: 403 },
    ],
  },
  'datapoints-test': {
    answers: [{ from: 11, to: 0, status: 200 }],
    told: [{ fact: 'owner', value: 'Noor' }],
  },
};

const rules: readonly PolicyRule[] = [
  {
    projectId: null,
    environmentId: null,
    kind: 'live',
    leadDays: null,
    rotateEveryDays: 90,
    unusedAfterDays: null,
  },
];

const noAnswer = {
  reason: 'The provider did not answer within 10 s.',
  next: 'Your key is unchanged. Check again later.',
};

/** A provider's own words for a status; the first row that names it without asking more. */
const wordsOf = (
  work: Work,
  { body }: HeldKey,
  { status, state }: Stretch,
): Omit<Asked, 'keyId' | 'versionId' | 'atMs' | 'told'> => {
  const check = body.provider === null ? undefined : work.provider(body.provider)?.check;
  const row =
    check?.possible === true
      ? check.decisions.find(
          (each) =>
            each.status === status &&
            each.otherClaim === undefined &&
            (each.bodyHas === undefined || status === 200),
        )
      : undefined;
  if (status === null || row === undefined) return { state: 'unreachable', ...noAnswer, httpStatus: null };
  return { state: state ?? row.state, reason: row.reason, next: row.next, httpStatus: status };
};

const answersOf = (work: Work, held: HeldKey, life: DemoLife): readonly Asked[] =>
  life.answers.flatMap((stretch, order) => {
    const words = wordsOf(work, held, stretch);
    const days = Array.from({ length: stretch.from - stretch.to + 1 }, (_, index) => stretch.from - index);
    return days.map((day) => ({
      ...words,
      keyId: held.id,
      versionId: currentVersion(held.body).id,
      atMs: work.nowMs - day * dayMs - ((day * 37 + order * 11) % 180) * minuteMs,
      told: day === 0 ? (life.told ?? []) : [],
    }));
  });

const careOf = (work: Work, { care, date, waiting }: DemoLife): SomeCare => ({
  ...care,
  ...(date === undefined
    ? {}
    : { ownDates: [{ label: date.label, day: dayOf(work.nowMs + date.inDays * dayMs) }] }),
  ...(waiting === undefined
    ? {}
    : { waiting: { who: waiting.who, what: waiting.what, sinceMs: work.nowMs - waiting.daysAgo * dayMs } }),
});

/**
 * Writes the past of the demo's keys, one commit after the other.
 * @param work the work of now; made anew for each commit
 */
export const liveThrough = (
  work: () => Work,
  commit: (edit: Edit<undefined>) => Result<undefined>,
): Result<undefined> => {
  const held = [...work().book.keys.values()].flatMap((key) => {
    const life = lives[key.body.name];
    return life === undefined ? [] : [{ key, life }];
  });
  const answers = held.flatMap(({ key, life }) => answersOf(work(), key, life));
  const asked = commit({ ...recordAnswers(work(), answers), audit: [] });
  if (!asked.ok) return asked;
  for (const { key, life } of held) {
    const care = careOf(work(), life);
    if (Object.keys(care).length === 0) continue;
    const edit = careForKey(work(), key.id, care);
    const cared = edit.ok ? commit(edit.value) : edit;
    if (!cared.ok) return cared;
  }
  const used = held.filter(({ life }) => life.unused !== true).map(({ key }) => key.id);
  const noted = commit({
    value: undefined,
    changes: useChanges(work(), used, work().nowMs - dayMs),
    audit: [],
  });
  if (!noted.ok) return noted;
  const policies = writePolicies(work(), rules);
  const ruled = policies.ok ? commit(policies.value) : policies;
  return ruled.ok ? ok(undefined) : ruled;
};
