// The step after which there is no way back: the new key must work at that moment, and nobody may still need the old one.
import type { Rotation } from '../model/rotation.ts';
import type { Desk, Heard } from './desk.ts';
import {
  begun,
  finished,
  isOutOfPatience,
  openTasks,
  openWords,
  tryAgain,
  waiting,
  withTask,
} from './record.ts';
import { lacksProof } from './prove-steps.ts';
import { revokeTask } from './tasks.ts';
import { save, type Move, type Step } from './turn.ts';

const restFor = (desk: Desk, rotation: Rotation, what: string): Move => {
  save(desk, waiting(rotation, desk.nowMs(), what, null));
  return 'rest';
};

const hasRevokeTask = ({ tasks }: Rotation): boolean => tasks.some(({ kind }) => kind === 'revoke');

/** Undefined where the old key may go. */
const mayNotGo = async (desk: Desk, rotation: Rotation): Promise<Move | undefined> => {
  if (rotation.order === 'revoke-first') return undefined;
  const open = openTasks(rotation, 'file', 'consumer', 'confirm');
  if (open.length > 0) return restFor(desk, rotation, openWords(open));
  const lacking = await lacksProof(desk);
  if (lacking === undefined) return undefined;
  if (lacking === 'stopped') return 'rest';
  const now = desk.rotation();
  if (lacking.state !== 'unreachable' && isOutOfPatience(now, desk.nowMs(), 0))
    return restFor(
      desk,
      now,
      `the new key does not work now, so the old one is not revoked: ${lacking.reason}`,
    );
  return save(desk, tryAgain(now, desk.nowMs(), `the new key must work first: ${lacking.reason}`));
};

/** By hand, because there is no call for it or the call was refused. */
const byPerson = (desk: Desk, known: Rotation): Move => {
  const rotation = hasRevokeTask(known)
    ? known
    : withTask(known, revokeTask(desk.newId(), 'The provider has no call for it.', null));
  if (openTasks(rotation, 'revoke').length > 0)
    return restFor(desk, rotation, 'revoke the old key in the portal, then say so');
  return save(desk, finished(rotation, desk.nowMs(), 'a person says that the old key is revoked'));
};

const afterNo = (desk: Desk, heard: Exclude<Heard<null>, { kind: 'done' }>): Move => {
  const rotation = desk.rotation();
  const nowMs = desk.nowMs();
  if (heard.kind === 'refused' && heard.means !== 'wait') {
    const portal = rotation.tasks.find((task) => task.portal !== null)?.portal ?? null;
    return byPerson(desk, withTask(rotation, revokeTask(desk.newId(), heard.reason, portal)));
  }
  const leastMs = heard.kind === 'refused' ? (heard.againInMs ?? 0) : 0;
  return save(desk, tryAgain(rotation, nowMs, heard.reason, leastMs));
};

const byCalls = async (desk: Desk): Promise<Move> => {
  const { revokeCalls } = desk.remote;
  for (let index = desk.rotation().revoked; index < revokeCalls; index += 1) {
    const words = `revokes the old key${revokeCalls === 1 ? '' : ` (${String(index + 1)} of ${String(revokeCalls)})`}`;
    if (save(desk, begun(desk.rotation(), desk.nowMs(), words)) === 'rest') return 'rest';
    const heard = await desk.remote.revoke(index, desk.rotation().oldRemoteId, 'old');
    const isGone = heard.kind === 'refused' && heard.means === 'gone';
    if (heard.kind !== 'done' && !isGone) return afterNo(desk, heard);
    if (save(desk, { ...desk.rotation(), revoked: index + 1 }) === 'rest') return 'rest';
  }
  return save(desk, finished(desk.rotation(), desk.nowMs(), 'the provider revoked the old key'));
};

export const revokeStep: Step = async (desk, rotation) => {
  if (rotation.revoked === 0) {
    const stopped = await mayNotGo(desk, rotation);
    if (stopped !== undefined) return stopped;
  }
  return hasRevokeTask(desk.rotation()) || desk.remote.revokeCalls === 0
    ? byPerson(desk, desk.rotation())
    : byCalls(desk);
};
