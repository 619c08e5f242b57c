// The first step: reads the provider, changes nothing, and ends the turn where it cannot come to a good end.
import type { Rotation } from '../model/rotation.ts';
import type { Desk, Heard } from './desk.ts';
import { begun, ended, finished, isOutOfPatience, tryAgain } from './record.ts';
import { save, type Move, type Step } from './turn.ts';

/** Questions without an answer are repeated so often. */
const mostTries = 6;

const stay = (desk: Desk, reason: string, next: string): Move =>
  save(
    desk,
    ended(
      desk.rotation(),
      desk.nowMs(),
      'unchanged',
      `${reason} Nothing was changed: the old key is the current one and works as before.`,
      next,
    ),
  );

/** What came in place of an answer: asked again a few times, then the turn ends as it began. */
const withoutAnswer = (desk: Desk, heard: Exclude<Heard<never>, { kind: 'done' }>): Move => {
  const rotation = desk.rotation();
  const nowMs = desk.nowMs();
  if (heard.kind === 'refused' && heard.means === 'wait' && !isOutOfPatience(rotation, nowMs, 86_400))
    return save(desk, tryAgain(rotation, nowMs, heard.reason, heard.againInMs ?? 0));
  if (heard.kind === 'lost' && rotation.tries < mostTries)
    return save(desk, tryAgain(rotation, nowMs, heard.reason));
  return stay(desk, heard.reason, heard.next);
};

/** Frees a slot, as the person chose. Undefined once it is free. */
const freeSlot = async (desk: Desk, id: string): Promise<Move | undefined> => {
  for (let index = 0; index < desk.remote.revokeCalls; index += 1) {
    const heard = await desk.remote.revoke(index, id, 'old');
    if (heard.kind !== 'done' && !(heard.kind === 'refused' && heard.means === 'gone'))
      return withoutAnswer(desk, heard);
  }
  return undefined;
};

const used = async (desk: Desk): Promise<Heard<{ readonly used: number; readonly max: number } | null>> => {
  const { list, quota } = desk.remote;
  if (list === null) return { kind: 'done', value: null };
  const heard = await list();
  if (heard.kind !== 'done') return heard;
  const max = heard.value.max ?? quota;
  return { kind: 'done', value: max === null ? null : { used: heard.value.entries.length, max } };
};

const isMine = (rotation: Rotation, id: string): boolean =>
  id === rotation.oldRemoteId || id === rotation.newRemoteId;

export const planStep: Step = async (desk, rotation) => {
  if (save(desk, begun(rotation, desk.nowMs(), 'reads the provider')) === 'rest') return 'rest';
  const looked = await desk.remote.look();
  if (looked.kind !== 'done') return withoutAnswer(desk, looked);
  const oldRemoteId = desk.rotation().oldRemoteId ?? looked.value.oldRemoteId;
  if (oldRemoteId === null && desk.remote.needsOldId)
    return stay(
      desk,
      'It could not be told which key at the provider is the old one, so it could not be revoked later.',
      'Begin again and choose it in the plan.',
    );
  const { removeFirst } = desk.rotation();
  if (removeFirst !== null && isMine({ ...rotation, oldRemoteId }, removeFirst))
    return stay(
      desk,
      'The key to be removed first is the one that is turned.',
      'Choose another one to free a slot.',
    );
  if (removeFirst !== null) {
    const stopped = await freeSlot(desk, removeFirst);
    if (stopped !== undefined) return stopped;
    if (save(desk, { ...desk.rotation(), removeFirst: null }) === 'rest') return 'rest';
  }
  const quota = rotation.shape === 'overlap' && rotation.order === 'overlap' ? await used(desk) : null;
  if (quota !== null && quota.kind !== 'done') return withoutAnswer(desk, quota);
  if (quota !== null && quota.value !== null && quota.value.used >= quota.value.max)
    return stay(
      desk,
      `All ${String(quota.value.max)} places for keys are taken at the provider, so a new one cannot stand beside the old one.`,
      'Remove a key there that nobody uses, then turn this one again: the plan proposes one.',
    );
  const now = desk.rotation();
  const learnt = { ...now.learnt, ...looked.value.learnt };
  return save(desk, finished({ ...now, learnt, oldRemoteId }, desk.nowMs(), 'the provider was read'));
};
