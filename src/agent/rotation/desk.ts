// The machine's desk on the open vault: the record read and saved, values lent, files brought up to date. One desk for one drive; who may have
// one is the runner's to say. docs/rotation.md §2.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { Rotation } from '../../core/model/rotation.ts';
import type { Stop } from '../../core/ports.ts';
import { find, type Edit } from '../../core/keys/edit.ts';
import type { HeldKey, HeldRotation } from '../../core/keys/book.ts';
import type { Asked as Answer } from '../../core/keys/checks/log.ts';
import { saveTurn, versionOf } from '../../core/keys/turns/save-turn.ts';
import type { Delivery, Desk, Effect, Remote } from '../../core/rotation/desk.ts';
import { waitUnlessStopped } from '../checking/stopping.ts';
import { lockedMeanwhile } from '../locked-meanwhile.ts';
import { wipeChanges, type Session } from '../session.ts';
import { deliverFiles } from './env-files.ts';
import { valueOfTurn } from './lent-values.ts';

export type DeskParts = {
  readonly session: Session;
  readonly id: RecordId;
  /** Who does it, in words of the audit trail. */
  readonly by: string;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly remote: Remote;
  readonly stop: Stop;
};

/** Another process that wins more often than this is not editing keys but everything. */
const maxTries = 5;

const changedMeanwhile = fail(
  'conflict',
  'Somebody else changed the turn meanwhile.',
  'Look at it again, then go on.',
);

type Pair = { readonly key: HeldKey; readonly turn: HeldRotation };

const pairOf = ({ session, id }: DeskParts): Result<Pair> => {
  const turn = find(session.book().rotations, id, 'turn');
  if (!turn.ok) return turn;
  const key = find(session.book().keys, turn.value.body.keyId, 'key');
  return key.ok ? ok({ key: key.value, turn: turn.value }) : key;
};

/** The only copy of a new value is in memory: it is kept whatever somebody else wrote into the record meanwhile. */
const mustBeKept = (effect: Effect | undefined): boolean =>
  effect?.type === 'keep' || effect?.type === 'keep-current';

const compute = (
  parts: DeskParts,
  { key, turn }: Pair,
  next: Rotation,
  effect: Effect | undefined,
  answers: readonly Answer[],
): Edit<Rotation> => saveTurn(parts.session.work(parts.by), { key, turn, next, effect, answers });

/**
 * Saves, and once more where somebody else changed the key meanwhile. A turn's record that somebody else changed is another thing: then nobody
 * goes on from here.
 * @param base revision of the record that `next` was made from
 */
const saveNow = (
  parts: DeskParts,
  base: number,
  next: Rotation,
  effect: Effect | undefined,
  answers: readonly Answer[],
): Result<Rotation> => {
  const { session } = parts;
  for (let tries = 1; ; tries += 1) {
    if (session.ended()) return lockedMeanwhile;
    const pair = pairOf(parts);
    if (!pair.ok) return pair;
    const edit = compute(parts, pair.value, next, effect, answers);
    if (pair.value.turn.revision !== base && !mustBeKept(effect)) {
      wipeChanges(edit.changes);
      return changedMeanwhile;
    }
    const result = session.commit(edit);
    if (result.ok || result.error.kind !== 'conflict' || tries >= maxTries) return result;
    session.refresh();
  }
};

/** Values of the wrong side must never be lent on the way out of files: the version that stands in them names the variables. */
const deliver = (parts: DeskParts, rotation: Rotation, whose: 'old' | 'new'): readonly Delivery[] => {
  const { session } = parts;
  const held = session.book().keys.get(rotation.keyId);
  const version = held === undefined ? undefined : versionOf(held.body, rotation, 'old');
  const [old, made] = [valueOfTurn(session, rotation, 'old'), valueOfTurn(session, rotation, 'new')];
  if (held === undefined || version === undefined || !old.ok || !made.ok) return [];
  return whose === 'new'
    ? deliverFiles(session, held, version, old.value, made.value)
    : deliverFiles(session, held, version, made.value, old.value);
};

/** A desk for one drive of one turn; undefined where the turn is not there. */
export const createDesk = (parts: DeskParts): Desk | undefined => {
  const { session, id, nowMs, stop } = parts;
  const first = session.book().rotations.get(id);
  if (first === undefined) return undefined;
  let present: Rotation = first.body;
  let base = first.revision;
  let answers: Answer[] = [];

  const remember = (
    whose: 'old' | 'new',
    { state, reason, next }: Pick<Answer, 'state' | 'reason' | 'next'>,
  ): void => {
    const held = session.book().keys.get(present.keyId);
    const version = held === undefined ? undefined : versionOf(held.body, present, whose);
    if (version === undefined) return;
    const versionId = version.id;
    answers.push({
      keyId: present.keyId,
      versionId,
      state,
      reason,
      next,
      httpStatus: null,
      atMs: nowMs(),
      told: [],
    });
  };

  const save: Desk['save'] = (next, effect) => {
    const saved = saveNow(parts, base, next, effect, answers);
    if (!saved.ok) return saved;
    answers = [];
    present = saved.value;
    base = session.book().rotations.get(id)?.revision ?? base;
    return ok(undefined);
  };

  return {
    nowMs,
    newId: parts.newId,
    keyName: () => session.book().keys.get(present.keyId)?.body.name ?? '',
    rotation: () => present,
    save,
    remote: {
      ...parts.remote,
      ask: async (whose) => {
        const asked = await parts.remote.ask(whose);
        if (asked !== null && !session.ended()) remember(whose, asked);
        return asked;
      },
    },
    deliver: (whose) => Promise.resolve(session.ended() ? [] : deliver(parts, present, whose)),
    wait: (ms) => waitUnlessStopped(ms, stop),
    wanted: () => stop.wanted() && !session.ended(),
  };
};
