// Calls that ask providers, and calls about what was learnt. docs/checking.md.
import * as v from 'valibot';
import { agentCall } from '../call.ts';
import * as c from '../check-shapes.ts';
import * as s from '../shapes.ts';

const oneKey = v.strictObject({ id: s.id });
const changed = v.strictObject({ id: s.id, revision: s.count, warnings: v.array(s.warning) });

export const checkCalls = {
  /** Asks now. Progress comes as `task.progress`, `task.cancel` stops it. No ids: every key that can be asked. */
  'keys.check': agentCall(
    v.strictObject({
      ids: v.exactOptional(v.pipe(v.array(s.id), v.minLength(1), v.maxLength(s.limits.keys))),
      projectId: v.exactOptional(s.id),
      /** The caller's own id for the task, by which it is cancelled; one is made where none is given. */
      taskId: v.exactOptional(s.id),
    }),
    c.checkSummary,
  ),
  'keys.checks': agentCall(oneKey, c.keyChecks),
  /** Writes what a provider told into the key's facts. */
  'keys.takeTold': agentCall(
    v.strictObject({ id: s.id, facts: v.pipe(v.array(c.toldFact), v.minLength(1), v.maxLength(20)) }),
    changed,
  ),
} as const;
