// Which turns run now: one drive per turn, one process per vault. Goes on, lets go on request, follows to the next rest. What is waited for longer
// than a minute is the scheduler's. docs/rotation.md §2.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { Rotation } from '../../core/model/rotation.ts';
import type { VaultPorts } from '../../core/vault/vault-types.ts';
import { find } from '../../core/keys/edit.ts';
import type { Desk } from '../../core/rotation/desk.ts';
import { drive } from '../../core/rotation/machine.ts';
import type { Asking } from '../checking/ask-key.ts';
import { createStopping, type Stopping } from '../checking/stopping.ts';
import { lockedMeanwhile } from '../locked-meanwhile.ts';
import type { Session } from '../session.ts';
import { createDesk } from './desk.ts';
import { createMaking, type Making } from './making.ts';
import { promisedBy, remoteFor, wayOf } from './remote.ts';
import type { TurnLock } from './turn-lock.ts';

export type Runner = Pick<Making, 'isMaking' | 'made'> & {
  /** Whether something is being asked or waited for about this turn right now. */
  readonly isRunning: (id: RecordId) => boolean;
  /** Goes on with a turn; answers once it rests. `busy` where another process turns keys. */
  readonly run: (session: Session, id: RecordId, by: string) => Promise<Result<Rotation>>;
  /** Answers once it rests; at once where it does not run. */
  readonly follow: (id: RecordId) => Promise<void>;
  /** Lets the present drive come to its next rest, changes the turn, and leaves it there. Nobody else drives it meanwhile. */
  readonly change: <T>(
    session: Session,
    id: RecordId,
    by: string,
    act: (desk: Desk) => Result<T>,
  ) => Promise<Result<T>>;
  /** Keeps every turn where it is until it is let go: nobody may write meanwhile. `busy` where one is under way. */
  readonly hold: () => Result<() => void>;
};

type Parts = {
  readonly asking: Asking;
  readonly ports: VaultPorts;
  readonly lock: TurnLock;
  readonly newId: () => string;
  /** Told when a turn begins or ends to run: what is seen of it changes then. */
  readonly onChange: () => void;
  /** Told of a mistake of Keyturn: it must not end the agent. */
  readonly onBug: (session: Session, id: RecordId) => void;
};

type Run = { readonly stopping: Stopping; readonly done: Promise<Result<Rotation>> };

const oneIsUnderWay = fail(
  'busy',
  'A key is being turned right now.',
  'Wait until the turn rests, then try again.',
);

const notThere = fail('not-found', 'There is no such turn.', 'Look at the list again.');

const deskFor = (
  { asking, newId, ports }: Parts,
  making: Making,
  session: Session,
  id: RecordId,
  who: { readonly by: string; readonly stopping: Stopping; readonly ending: Stopping },
): Desk | undefined => {
  const rotation = (): Rotation => {
    const held = session.book().rotations.get(id);
    if (held === undefined) throw new Error('a turn that is driven is not in the vault');
    return held.body;
  };
  if (!session.book().rotations.has(id)) return undefined;
  const remote = remoteFor({ asking, session, rotation, stop: who.ending, random: ports.random });
  return createDesk({
    session,
    id,
    by: who.by,
    nowMs: ports.clock.nowMs,
    newId,
    remote: making.watch(remote),
    stop: who.stopping,
  });
};

export const createRunner = (parts: Parts): Runner => {
  const runs = new Map<RecordId, Run>();
  const making = createMaking();
  let isHeld = false;

  /** With the lock, on the newest record. */
  const withDesk = async <T>(
    session: Session,
    id: RecordId,
    by: string,
    stopping: Stopping,
    use: (desk: Desk) => Promise<Result<T>> | Result<T>,
  ): Promise<Result<T>> => {
    if (session.ended()) return lockedMeanwhile;
    if (isHeld) return oneIsUnderWay;
    const lock = parts.lock.take();
    if (!lock.ok) return lock;
    // A person who pauses a turn does not cut a call whose answer may hold the only copy of a value: only the end of the session does.
    const ending = createStopping();
    const forget = session.onEnd(() => {
      stopping.stop();
      ending.stop();
    });
    try {
      const refreshed = session.refresh();
      if (!refreshed.ok) return refreshed;
      const desk = deskFor(parts, making, session, id, { by, stopping, ending });
      return desk === undefined ? notThere : await use(desk);
    } finally {
      forget();
      lock.value();
    }
  };

  const driveOn = async (session: Session, desk: Desk): Promise<Result<Rotation>> => {
    const way = wayOf(session, desk.rotation());
    const rotation = await drive(desk, promisedBy(way));
    return session.ended() ? lockedMeanwhile : ok(rotation);
  };

  const begin = (session: Session, id: RecordId, by: string): Run => {
    const stopping = createStopping();
    const done = (async (): Promise<Result<Rotation>> => {
      try {
        return await withDesk(session, id, by, stopping, (desk) => driveOn(session, desk));
      } catch (problem) {
        parts.onBug(session, id);
        throw problem;
      } finally {
        runs.delete(id);
        parts.onChange();
      }
    })();
    return { stopping, done };
  };

  const run: Runner['run'] = (session, id, by) => {
    const known = runs.get(id);
    if (known !== undefined) return known.done;
    const begun = begin(session, id, by);
    runs.set(id, begun);
    // Whoever awaits it hears of a mistake; where nobody does, it stands in the trail.
    begun.done.catch(() => undefined);
    parts.onChange();
    return begun.done;
  };

  const settle = async (id: RecordId): Promise<void> => {
    try {
      await runs.get(id)?.done;
    } catch {
      return;
    }
  };

  return {
    isRunning: (id) => runs.has(id),
    isMaking: making.isMaking,
    made: making.made,
    hold: () => {
      if (runs.size > 0 || isHeld) return oneIsUnderWay;
      const lock = parts.lock.take();
      if (!lock.ok) return lock;
      isHeld = true;
      return ok(() => {
        isHeld = false;
        lock.value();
      });
    },
    run,
    follow: settle,
    change: async (session, id, by, act) => {
      const found = find(session.book().rotations, id, 'turn');
      if (!found.ok) return found;
      runs.get(id)?.stopping.stop();
      await settle(id);
      return withDesk(session, id, by, createStopping(), act);
    },
  };
};
