// What the agent and the shell tell without being asked. No event carries a secret; a key's name only
// the news of `leaks.changed`, which is told while the vault is unlocked.
import * as v from 'valibot';
import { appState, settingsShape } from './calls/vault-calls.ts';
import { scanView, watchView } from './leak-shapes.ts';
import * as s from './shapes.ts';

export const events = {
  'state.changed': appState,
  /** Records changed, here or by another process on the same vault: read again. */
  'vault.changed': v.strictObject({ counter: s.count }),
  'settings.changed': settingsShape,
  /** Null when cleared; `proven` says that the clipboard was read back and no longer held the value. */
  'clipboard.changed': v.strictObject({
    held: v.nullable(v.strictObject({ keyId: s.id, field: s.fieldName, clearsAtMs: s.timeMs })),
    proven: v.boolean(),
  }),
  'task.progress': v.strictObject({
    taskId: s.id,
    label: v.string(),
    done: s.count,
    total: v.nullable(s.count),
    cancellable: v.boolean(),
    /** A sentence when it has ended. */
    ended: v.nullable(v.string()),
  }),
  /** What wants somebody by the schedule outside the vault has changed, or something is to be said now. No names. */
  'reminders.due': v.strictObject({
    count: s.count,
    ids: v.array(s.id),
    /** To be shown by the system, once. */
    news: v.nullable(v.strictObject({ title: v.string(), body: v.string(), ids: v.array(s.id) })),
  }),
  /** A scan has come further, or ended. A few times a second at most. */
  'scan.progress': scanView,
  /** Findings, or what is watched, have changed: read again. Names the key, since it is told only while the vault is unlocked. */
  'leaks.changed': v.strictObject({
    /** Open and returned ones. */
    open: s.count,
    watch: watchView,
    /** To be shown by the system, once: what watching has just found. */
    news: v.nullable(v.strictObject({ title: v.string(), body: v.string(), ids: v.array(s.id) })),
  }),
  /** A menu item or global key asks the window to go somewhere. */
  'window.go': v.strictObject({
    to: v.picklist([
      'find',
      'add',
      'settings',
      'import',
      'export',
      'cheat-sheet',
      'palette',
      'activity',
      'due',
      'leaks',
    ]),
  }),
} as const;

export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<N extends EventName> = v.InferOutput<Events[N]>;
export const eventNames = Object.keys(events) as readonly EventName[];
