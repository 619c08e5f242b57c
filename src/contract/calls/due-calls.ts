// Calls about time: what is due, what is watched, reminders. docs/checking.md §4 and §5.
import * as v from 'valibot';
import { agentCall, openCall, shellCall } from '../call.ts';
import * as c from '../check-shapes.ts';
import * as s from '../shapes.ts';

const oneKey = v.strictObject({ id: s.id });
const changed = v.strictObject({ id: s.id, revision: s.count, warnings: v.array(s.warning) });
const written = v.strictObject({ file: v.string(), entries: s.count });
const withNames = v.boolean();

export const dueCalls = {
  /** Soonest first. Without `withinDays` what is within its lead time, or past. */
  'due.list': agentCall(
    v.strictObject({
      withinDays: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3_650))),
      projectId: v.exactOptional(s.id),
    }),
    v.array(c.dueEntry),
  ),
  'keys.readCare': agentCall(oneKey, c.keyCare),
  'keys.care': agentCall(v.strictObject({ id: s.id, care: c.someCare }), changed),
  'policies.read': agentCall(s.empty, c.policyRules),
  'policies.write': agentCall(v.strictObject({ rules: c.policyRules }), s.nothing),
} as const;

export const reminderCalls = {
  /** An iCalendar file (RFC 5545) of the next twelve months. Replaces a calendar that Keyturn wrote, and nothing else. `keep`: up to date from then on. */
  'due.calendarPath': agentCall(
    v.strictObject({ path: s.path, withNames, keep: v.exactOptional(v.boolean()) }),
    written,
    {
      callers: ['shell', 'command-line'],
    },
  ),
  /** Asks for a file; it is kept up to date from then on where `keep`. */
  'due.calendarFile': shellCall(v.strictObject({ withNames, keep: v.boolean() }), v.nullable(written)),
  /** Puts entries of the schedule off, also while locked. */
  'reminders.snooze': openCall(
    v.strictObject({ ids: v.pipe(s.ids, v.minLength(1)), untilMs: s.timeMs }),
    s.nothing,
  ),
  /** What is due now by the schedule outside the vault: no names. */
  'reminders.read': openCall(
    s.empty,
    v.array(v.strictObject({ id: s.id, kind: c.dueWhy, day: s.day, atMs: s.timeMs })),
  ),
} as const;
