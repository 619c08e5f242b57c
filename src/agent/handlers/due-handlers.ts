// What is due, what a person wants watched, and the policies. docs/checking.md §4.
import { ok } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import { careForKey, readCare } from '../../core/keys/care.ts';
import { dueList, type Due } from '../../core/keys/due/due-list.ts';
import { readPolicies, writePolicies } from '../../core/keys/policies.ts';
import type { SessionHandlers } from '../handler.ts';
import { commitEdit, commitKey } from './commit-edit.ts';

const viewDue = (due: Due): CallOutput<'due.list'>[number] => {
  const { id: keyId, body } = due.held;
  return {
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

type Names = 'due.list' | 'keys.readCare' | 'keys.care' | 'policies.read' | 'policies.write';

export const dueHandlers: SessionHandlers<Names> = {
  'due.list': ({ session }, filter) => ok(dueList(session.dueWork(), filter).map(viewDue)),
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
