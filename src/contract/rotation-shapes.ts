// What is said about turning keys across a process border. Never a secret: values are pasted into drafts, as everywhere.
import * as v from 'valibot';
import * as s from './shapes.ts';

const words = v.pipe(v.string(), v.maxLength(2_000));
const shortText = v.pipe(v.string(), v.maxLength(300));
export const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'is no day (YYYY-MM-DD)'));

/** Lists as in core/model/rotation.ts, whose values stay there: what the agent shows is held to them by type. */
export const step = v.picklist([
  'plan',
  'create',
  'keep',
  'test',
  'deliver',
  'promote',
  'grace',
  'revoke',
  'prove',
  'done',
]);
export const shape = v.picklist(['overlap', 'two-slot', 'swap', 'chain', 'guided']);
export const order = v.picklist(['overlap', 'revoke-first']);
export const reason = v.picklist(['asked', 'policy', 'expiry', 'leak']);
const journalEvent = v.picklist(['begun', 'done', 'failed', 'waiting', 'skipped', 'note']);
const taskKind = v.picklist(['ticket', 'portal', 'paste', 'file', 'consumer', 'confirm', 'revoke', 'orphan']);
const outcomeKind = v.picklist(['turned', 'old-lives', 'undone', 'unchanged', 'lost', 'stopped']);
export const remoteId = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
export const wayId = v.pipe(v.string(), v.minLength(1), v.maxLength(60));
export const inputs = v.pipe(
  v.custom<object>(
    (value) => typeof value === 'object' && value !== null && Object.keys(value).length <= 20,
    'is no table of at most 20 lines',
  ),
  v.record(v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/)), v.pipe(v.string(), v.maxLength(500))),
);
/** At most a year. */
export const graceMs = v.pipe(s.count, v.maxValue(366 * 86_400_000));

export const stepState = v.picklist(['todo', 'now', 'done', 'skipped', 'failed']);

export const taskView = v.strictObject({
  id: s.id,
  kind: taskKind,
  step,
  title: shortText,
  detail: words,
  who: shortText,
  /** Id for `portal.open`; null where there is no page. */
  portal: v.nullable(v.pipe(v.string(), v.maxLength(60))),
  dueOn: v.nullable(day),
  optional: v.boolean(),
  doneAtMs: v.nullable(s.timeMs),
});

export const rotationView = v.strictObject({
  id: s.id,
  keyId: s.id,
  keyName: shortText,
  projectId: s.id,
  provider: v.nullable(shortText),
  providerName: shortText,
  way: wayId,
  shape,
  order,
  reason,
  by: shortText,
  /** `running`: something is being asked now. `waiting`: for a time. `needs-you`: for a person. */
  state: v.picklist(['running', 'waiting', 'needs-you', 'done']),
  waitsFor: words,
  againAtMs: v.nullable(s.timeMs),
  step,
  steps: v.array(
    v.strictObject({
      step,
      state: stepState,
      atMs: v.nullable(s.timeMs),
      detail: words,
    }),
  ),
  tasks: v.array(taskView),
  journal: v.array(v.strictObject({ step, event: journalEvent, atMs: s.timeMs, what: words })),
  canUndo: v.boolean(),
  canGiveUp: v.boolean(),
  /** A new value is wanted from the person (`rotation.paste`). */
  wantsValue: v.boolean(),
  startedAtMs: s.timeMs,
  graceUntilMs: v.nullable(s.timeMs),
  foundAtMs: v.nullable(s.timeMs),
  deadAtMs: v.nullable(s.timeMs),
  outcome: v.nullable(
    v.strictObject({
      kind: outcomeKind,
      sentence: words,
      next: words,
      atMs: s.timeMs,
    }),
  ),
});

export const wayView = v.strictObject({
  id: wayId,
  label: shortText,
  shape,
  permission: words,
  /** Null: the key proves its own turn. */
  manager: v.nullable(
    v.strictObject({
      needs: words,
      /** Keys of the vault that can do it. */
      keys: v.array(v.strictObject({ id: s.id, name: shortText, provider: shortText })),
    }),
  ),
  inputs: v.array(
    v.strictObject({
      name: shortText,
      label: shortText,
      help: words,
      required: v.boolean(),
      value: v.pipe(v.string(), v.maxLength(500)),
    }),
  ),
});

/** What a turn would do, before anything happens. */
export const planView = v.strictObject({
  keyId: s.id,
  keyName: shortText,
  provider: v.nullable(shortText),
  providerName: shortText,
  way: wayId,
  ways: v.array(wayView),
  shape,
  order,
  /** The key by which it is done; null where the key turns itself, or nobody can. */
  managerKeyId: v.nullable(s.id),
  /** Whether old and new work side by side. */
  overlap: v.boolean(),
  /** The promise for this key, in a sentence. */
  promise: words,
  /** What happens, what stops working, what stays: a sentence each. */
  consequences: v.array(words),
  /** Why it cannot start. Empty where it can. */
  blockers: v.array(v.strictObject({ message: words, next: words })),
  steps: v.array(v.strictObject({ step, who: v.picklist(['keyturn', 'you', 'provider']), text: words })),
  quota: v.nullable(
    v.strictObject({
      used: s.count,
      max: s.count,
      /** Where from: the provider's list, or the keys of this vault. */
      from: v.picklist(['provider', 'vault']),
      /** Keys that look unused, to be removed first at the limit. */
      unused: v.array(v.strictObject({ id: remoteId, name: shortText, lastUsedAt: shortText })),
    }),
  ),
  /** Which key at the provider is the old one, where the person must say it. Empty where it is known. */
  choices: v.array(v.strictObject({ id: remoteId, name: shortText, createdAt: shortText })),
  expiresOn: v.nullable(day),
  consumers: v.array(v.strictObject({ name: shortText, purpose: words })),
  files: v.array(v.strictObject({ path: v.pipe(v.string(), v.maxLength(4_096)), environment: shortText })),
  graceMs,
  tasks: v.array(v.strictObject({ kind: taskKind, title: shortText, detail: words, who: shortText })),
});

export const turnCare = v.strictObject({
  keyId: s.id,
  way: v.nullable(wayId),
  managerKeyId: v.nullable(s.id),
  inputs,
  graceMs: v.nullable(graceMs),
  unattended: v.boolean(),
  beforeExpiryDays: v.nullable(v.pipe(s.count, v.maxValue(366))),
  hours: v.nullable(
    v.strictObject({
      from: v.pipe(s.count, v.maxValue(23)),
      to: v.pipe(s.count, v.minValue(1), v.maxValue(24)),
    }),
  ),
});

export const calendarEntry = v.strictObject({
  keyId: s.id,
  keyName: shortText,
  projectId: s.id,
  day,
  /** Why then: age, end, grace over, a task that is due. */
  why: v.picklist(['age', 'before-expiry', 'grace-ends', 'task-due']),
  text: words,
  unattended: v.boolean(),
  rotationId: v.nullable(s.id),
});

export const trackedFile = v.strictObject({
  id: s.id,
  environmentId: s.id,
  environment: shortText,
  path: v.pipe(v.string(), v.maxLength(4_096)),
  format: shortText,
  writtenAtMs: s.timeMs,
});
