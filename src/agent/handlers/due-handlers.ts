// What is due, what a person wants watched, and the policies. docs/checking.md §4.
import { ok } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import { openTurn, type Book } from '../../core/keys/book.ts';
import { careForKey, readCare } from '../../core/keys/care.ts';
import { allDue, dueList, type Due } from '../../core/keys/due/due-list.ts';
import { readPolicies, writePolicies } from '../../core/keys/policies.ts';
import { turnFor } from '../../core/providers/turning/turn-catalogue.ts';
import { byHand } from '../../core/rotation/plan/choose.ts';
import { writeCalendar } from '../due/calendar-file.ts';
import type { OpenHandlers, SessionHandlers } from '../handler.ts';
import { commitEdit, commitKey } from './commit-edit.ts';
import { requireAbsolute } from './paths.ts';

type Entry = CallOutput<'due.list'>[number];

/** By hand where the provider has no way of its own: everything can be turned. */
const turnOf = (book: Book, { held, why }: Due): Pick<Entry, 'turn'> => {
  if (why !== 'rotate' && why !== 'expires') return {};
  const { provider } = held.body;
  const open = openTurn(book, held.id);
  const ways = provider === null || book.ownProviders.has(provider) ? [] : (turnFor(provider)?.ways ?? []);
  const kept = open?.body.way ?? book.turnCares.get(held.id)?.body.way;
  const way = ways.find(({ id }) => id === kept) ?? (kept === byHand ? undefined : ways[0]);
  return {
    turn: {
      way: way?.id ?? byHand,
      label: way?.label ?? 'By hand, in the portal',
      rotationId: open?.id ?? null,
    },
  };
};

const viewDue = (book: Book, due: Due): Entry => {
  const { id: keyId, body } = due.held;
  return {
    ...turnOf(book, due),
    id: due.id,
    keyId,
    name: body.name,
    provider: body.provider,
    kind: body.kind,
    environmentIds: [...body.environmentIds],
    why: due.why,
    what: due.what,
    due: due.day,
    dueMs: Math.max(0, due.atMs),
    inDays: due.inDays,
    now: due.now,
    snoozedUntilMs: due.snoozedUntilMs,
  };
};

type Names =
  'due.calendarPath' | 'due.list' | 'keys.readCare' | 'keys.care' | 'policies.read' | 'policies.write';

export const dueHandlers: SessionHandlers<Names> = {
  'due.list': ({ session }, filter) =>
    ok(dueList(session.dueWork(), filter).map((due) => viewDue(session.book(), due))),
  'due.calendarPath': ({ session, core }, { path, withNames, keep }) => {
    const to = requireAbsolute(path);
    if (!to.ok) return to;
    const wanted = { path: to.value, withNames };
    const written = writeCalendar(core.ports.files, wanted, allDue(session.dueWork()), core.nowMs());
    if (!written.ok || keep !== true) return written;
    const kept = core.changeSettings({ calendarFile: wanted });
    return kept.ok ? written : kept;
  },
  'keys.readCare': ({ session }, { id }) => {
    const care = readCare(session.book(), id);
    if (!care.ok) return care;
    const { type: _type, keyId: _keyId, leadDays, ownDates, waiting, ...rest } = care.value;
    return ok({
      ...rest,
      leadDays: leadDays === null ? null : [...leadDays],
      ownDates: ownDates.map((date) => ({ ...date })),
      waiting: waiting === null ? null : { ...waiting },
    });
  },
  'keys.care': (context, { id, care }) => commitKey(context, id, careForKey(context.work(), id, care)),
  'policies.read': ({ session }) =>
    ok(
      readPolicies(session.book()).map((rule) => ({
        ...rule,
        leadDays: rule.leadDays === null ? null : [...rule.leadDays],
      })),
    ),
  'policies.write': (context, { rules }) => commitEdit(context, writePolicies(context.work(), rules)),
};

export const reminderHandlers: OpenHandlers<'reminders.read' | 'reminders.snooze'> = {
  'reminders.read': ({ core }) => {
    const nowMs = core.nowMs();
    return ok(
      core.due.reminders.read().map(({ id, kind, day, atMs }) => ({
        id,
        kind,
        day,
        atMs: atMs.findLast((time) => time <= nowMs) ?? 0,
      })),
    );
  },
  'reminders.snooze': ({ core, by }, { ids, untilMs }) => {
    const done = core.due.reminders.snooze(ids, untilMs, by);
    if (done.ok) core.due.keeper.now();
    return done;
  },
};
