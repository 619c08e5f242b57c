// Begins a turn: the choice settled, what stands in the way said, the record written. Driving it is the runner's.
import { fail } from '../../core/model/app-error.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { Result } from '../../core/model/result.ts';
import type { RotationReason } from '../../core/model/rotation.ts';
import { beginTurn } from '../../core/keys/turns/begin-turn.ts';
import { putTurnCare } from '../../core/keys/turns/turn-care.ts';
import type { Choice, Wishes } from '../../core/rotation/plan/choose.ts';
import { localObstacles } from '../../core/rotation/plan/obstacles.ts';
import type { Session } from '../session.ts';
import { beginning, chooseFor, surroundingsOf, type PlanParts } from './plan.ts';

export type Start = {
  readonly keyId: RecordId;
  readonly wishes: Wishes;
  readonly reason: RotationReason;
  /** When a leak was found; null for other reasons. */
  readonly foundAtMs: number | null;
  readonly removeFirst: string | null;
  readonly by: string;
  /** Nobody is there: what needs a person is not begun. */
  readonly alone: boolean;
};

/** Gives the id of the turn that was begun. `refused` with the first obstacle, `bad-input`, `not-found`, `conflict`. */
export type Starter = (session: Session, start: Start) => Result<RecordId>;

const needsPerson = ({ shape, held }: Choice): string | undefined => {
  if (shape === 'guided') return 'It is turned by hand, in the portal.';
  return held.body.consumers.length > 0 ? 'Somebody must be given the new key.' : undefined;
};

/** What a person chose is what a later turn takes, until they choose otherwise. */
const remembered = ({ care, wayId, managerKeyId, inputs }: Choice): Choice['care'] => ({
  ...care,
  way: wayId,
  managerKeyId,
  inputs,
});

export const createStarter =
  (parts: Omit<PlanParts, 'session' | 'random'>): Starter =>
  (session, start) => {
    const chosen = chooseFor({ session, nowMs: parts.nowMs }, start.keyId, start.wishes);
    if (!chosen.ok) return chosen;
    const choice = chosen.value;
    const [obstacle] = localObstacles(session.book(), choice, surroundingsOf(session, parts.asking, choice));
    if (obstacle !== undefined) return fail('refused', obstacle.message, obstacle.next);
    const person = start.alone ? needsPerson(choice) : undefined;
    if (person !== undefined) return fail('refused', person, 'Begin it yourself.');
    const { reason, foundAtMs, removeFirst, by } = start;
    const { newId, nowMs } = parts;
    const rotation = beginning(choice, { reason, foundAtMs, by, removeFirst, newId, nowMs: nowMs() });
    const work = session.work(by);
    const edit = beginTurn(work, rotation);
    if (!edit.ok) return edit;
    const care = choice.way === undefined || start.alone ? [] : putTurnCare(work, remembered(choice));
    return session.commit({ ...edit.value, changes: [...edit.value.changes, ...care] });
  };
