// Turns that go on and begin on their own: those whose time has come, those that were interrupted, and those that a person allowed to be begun when
// nobody is there. Only while the vault is open, in a process that stays. It decides by core/keys/turns/planned.ts. docs/rotation.md §2.6.
import type { Settings } from '../../core/model/settings.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { HeldKey, HeldRotation } from '../../core/keys/book.ts';
import { personDay, personHour } from '../../core/keys/calendar.ts';
import { note, noteKey } from '../../core/keys/edit.ts';
import { plannedFor, type Planned } from '../../core/keys/turns/planned.ts';
import { turnCareOf } from '../../core/keys/turns/turn-care.ts';
import type { Clock } from '../../core/ports.ts';
import type { TurnCare } from '../../core/model/rotation.ts';
import type { Session } from '../session.ts';
import type { Runner } from './runner.ts';
import type { Starter } from './start.ts';

/** A turn that could not go on is looked at again so much later. */
const againMs = 15_000;
/** Who is due by age or end is looked up so often. */
const lookMs = 60_000;
/** After an unlock a person wants the machine for themselves. */
const restMs = 30_000;
/** A key whose turn ended without a new value is left alone so long. */
const failedRestMs = 86_400_000;
const by = 'keyturn';

type Parts = {
  readonly session: () => Session | null;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly runner: Runner;
  readonly start: Starter;
};

/** Whether a turn goes on by itself now. One that waits for a person does not. */
export const isDueNow = ({ body }: HeldRotation, nowMs: number): boolean => {
  if (body.outcome !== null) return false;
  if (body.againAtMs !== null) return nowMs >= body.againAtMs;
  return body.phase !== 'waiting' || body.waitsFor === '';
};

/** Hours that begin after they end go over midnight. */
export const isWithinHours = (hours: TurnCare['hours'], hour: number): boolean => {
  if (hours === null) return true;
  const { from, to } = hours;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
};

const endedInVain = (turn: HeldRotation | undefined, nowMs: number): boolean => {
  const outcome = turn?.body.outcome ?? null;
  if (outcome === null || outcome.kind === 'turned' || outcome.kind === 'old-lives') return false;
  return nowMs - outcome.atMs < failedRestMs;
};

/** Why a key is to be turned now with nobody there; undefined where it is not. */
const dueAlone = (
  { book }: { readonly book: ReturnType<Session['book']> },
  held: HeldKey,
  nowMs: number,
): Planned | undefined => {
  const care = turnCareOf(book, held.id);
  if (!care.unattended || !isWithinHours(care.hours, personHour(nowMs))) return undefined;
  if (endedInVain(book.turnsOf(held.id).at(-1), nowMs)) return undefined;
  const today = personDay(nowMs);
  return plannedFor(book, held).find(
    ({ why, day }) => (why === 'age' || why === 'before-expiry') && day <= today,
  );
};

export type TurnScheduler = { readonly tick: () => void };

export const createTurnScheduler = (parts: Parts): TurnScheduler => {
  const { clock, runner } = parts;
  let known: Session | null = null;
  let lookedAtMs = 0;
  const triedAtMs = new Map<RecordId, number>();

  const goOn = (session: Session): void => {
    const nowMs = clock.nowMs();
    for (const turn of session.book().rotations.values()) {
      if (turn.body.outcome !== null || runner.isRunning(turn.id) || !isDueNow(turn, nowMs)) continue;
      const tried = triedAtMs.get(turn.id);
      if (tried !== undefined && clock.monotonicMs() - tried < againMs) continue;
      triedAtMs.set(turn.id, clock.monotonicMs());
      void runner.run(session, turn.id, by);
    }
  };

  /** One at a time: a machine that was off for a month does not ask everybody at once. */
  const beginOne = (session: Session): void => {
    const nowMs = clock.nowMs();
    const book = session.book();
    for (const { keyId } of [...book.turnCares.values()].map(({ body }) => body)) {
      const held = book.keys.get(keyId);
      const due = held === undefined ? undefined : dueAlone({ book }, held, nowMs);
      if (held === undefined || due === undefined) continue;
      const reason = due.why === 'age' ? 'policy' : 'expiry';
      const started = parts.start(session, {
        keyId,
        reason,
        foundAtMs: null,
        removeFirst: null,
        wishes: {},
        by,
        alone: true,
      });
      if (started.ok) return;
      const { refused } = noteOnce;
      if (refused.has(`${keyId} ${due.day}`)) continue;
      refused.add(`${keyId} ${due.day}`);
      session.note(noteKey('key-turn-not-begun', { by }, started.error.message, held));
    }
  };

  const noteOnce = { refused: new Set<string>() };

  const look = (session: Session): void => {
    if (clock.monotonicMs() - lookedAtMs < lookMs) return;
    lookedAtMs = clock.monotonicMs();
    beginOne(session);
  };

  return {
    tick: () => {
      const session = parts.session();
      if (session === null || session.ended()) {
        known = null;
        return;
      }
      if (session !== known) {
        known = session;
        triedAtMs.clear();
        lookedAtMs = clock.monotonicMs() - lookMs + restMs;
      }
      if (parts.settings().offline) return;
      try {
        goOn(session);
        look(session);
      } catch {
        // A mistake here must not end the agent; it stands in the trail, and the next unlock tries again.
        lookedAtMs = Number.POSITIVE_INFINITY;
        session.note(note('turns-ended', by, 'Keyturn made a mistake while turning on its own'));
      }
    },
  };
};
