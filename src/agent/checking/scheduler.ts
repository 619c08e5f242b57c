// Checks that happen on their own: one question a second at most, only while the vault is unlocked and the person wants it, only where the
// provider file lets it happen. It decides nothing: core/keys/checks/plan.ts says who is due.
import type { RecordId } from '../../core/model/ids.ts';
import type { Settings } from '../../core/model/settings.ts';
import { note } from '../../core/keys/edit.ts';
import type { Asked } from '../../core/keys/checks/log.ts';
import { countsInWords } from '../../core/keys/checks/sentence.ts';
import { dueToAsk } from '../../core/keys/checks/plan.ts';
import type { Clock } from '../../core/ports.ts';
import type { Mutex } from '../mutex.ts';
import type { Session } from '../session.ts';
import { askKey, type Asking } from './ask-key.ts';
import type { Lanes } from './lanes.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { createStopping, type Stopping } from './stopping.ts';

/** Who is due is looked up so often: it changes by the hour. */
const lookMs = 60_000;
/** After an unlock a person wants the machine for themselves. */
const restMs = 30_000;
/** Answers wait so long for others, so that they are written together. */
const gatherMs = 10_000;
const by = 'keyturn';

type Parts = {
  readonly session: () => Session | null;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly exclusive: Mutex;
  readonly asking: Asking;
  readonly lanes: Lanes;
};

/** One unlocked vault, from its opening to its end. */
type Round = {
  readonly session: Session;
  readonly stopping: Stopping;
  readonly recorder: Recorder;
  readonly queue: RecordId[];
  readonly asked: Asked[];
  underway: number;
  lookedAtMs: number;
};

const isWanted = ({ offline, scheduledChecks }: Settings): boolean => scheduledChecks && !offline;

export type Scheduler = { readonly tick: () => void };

export const createScheduler = (parts: Parts): Scheduler => {
  const { clock } = parts;
  let round: Round | null = null;

  const begin = (session: Session): Round => {
    const stopping = createStopping();
    session.onEnd(stopping.stop);
    return {
      session,
      stopping,
      recorder: createRecorder(session, by, parts.exclusive, gatherMs),
      queue: [],
      asked: [],
      underway: 0,
      lookedAtMs: clock.monotonicMs() - lookMs + restMs,
    };
  };

  const look = (current: Round): void => {
    if (current.queue.length + current.underway > 0) return;
    if (clock.monotonicMs() - current.lookedAtMs < lookMs) return;
    current.lookedAtMs = clock.monotonicMs();
    current.queue.push(...dueToAsk(current.session.work(by)).map(({ id }) => id));
  };

  /** A line for all that were asked in a row. */
  const sumUp = (current: Round): void => {
    if (current.queue.length + current.underway > 0 || current.asked.length === 0) return;
    const asked = current.asked.splice(0);
    const what = `${String(asked.length)} asked on their own: ${countsInWords(asked)}`;
    void current.recorder.finish(note('keys-checked', by, what));
  };

  const ask = async (current: Round, id: RecordId): Promise<void> => {
    const { session, stopping } = current;
    const lane = session.book().keys.get(id)?.body.provider ?? '';
    current.underway += 1;
    try {
      await parts.lanes.run(lane, async () => {
        if (!stopping.wanted() || !isWanted(parts.settings())) return;
        const asked = await askKey(parts.asking, session, id, stopping, true);
        if (asked === null) return;
        current.asked.push(asked);
        current.recorder.add(asked);
      });
    } finally {
      current.underway -= 1;
      sumUp(current);
    }
  };

  /** A bug ends asking on its own until the next unlock, and stands in the trail; it must not end the agent. */
  const askOrGiveUp = async (current: Round, id: RecordId): Promise<void> => {
    try {
      await ask(current, id);
    } catch {
      current.stopping.stop();
      current.queue.length = 0;
      if (!current.session.ended())
        current.session.note(note('checks-ended', by, 'Keyturn made a mistake while asking on its own'));
    }
  };

  return {
    tick: () => {
      const session = parts.session();
      if (session === null) {
        round = null;
        return;
      }
      if (round?.session !== session) round = begin(session);
      if (!round.stopping.wanted() || !isWanted(parts.settings())) {
        round.queue.length = 0;
        return;
      }
      look(round);
      const id = round.queue.shift();
      if (id !== undefined) void askOrGiveUp(round, id);
    },
  };
};
