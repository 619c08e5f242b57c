// Many keys, asked: in lanes, with progress, until somebody stops it. What was learnt by then is kept.
import type { RecordId } from '../../core/model/ids.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import type { HeldKey } from '../../core/keys/book.ts';
import { note } from '../../core/keys/edit.ts';
import type { Asked } from '../../core/keys/checks/log.ts';
import { countsInWords, sentenceOf } from '../../core/keys/checks/sentence.ts';
import { toldNow, viewTold } from '../../core/keys/checks/told.ts';
import { statusOf } from '../../core/keys/status.ts';
import type { AgentCore } from '../core.ts';
import { lockedMeanwhile } from '../locked-meanwhile.ts';
import type { Session } from '../session.ts';
import { askKey } from './ask-key.ts';
import { createRecorder } from './recorder.ts';
import { createStopping } from './stopping.ts';

type CheckResult = CallOutput<'keys.check'>['results'][number];

/** Who asks: in words for the trail, and whether a person waits for it. */
export type Asker = {
  readonly by: string;
  readonly unattended: boolean;
  /** The caller's own id for the task. */
  readonly taskId?: string | undefined;
};

const labelOf = (session: Session, held: HeldKey): string => {
  const { provider } = held.body;
  const name = provider === null ? undefined : session.book().catalogue().find(provider)?.name;
  return name === undefined ? 'Looking at a key' : `Asking ${name}`;
};

const resultOf = (session: Session, asked: Asked, before: CheckResult['before']): CheckResult | null => {
  const held = session.book().keys.get(asked.keyId);
  if (held === undefined) return null;
  const log = session.book().logs.get(asked.keyId)?.body;
  const told = toldNow(held.body, log);
  const expiry = told.find(({ fact }) => fact === 'expiresAt')?.value;
  const scopes = told.find(({ fact }) => fact === 'scopes')?.value;
  return {
    id: asked.keyId,
    name: held.body.name,
    provider: held.body.provider,
    state: asked.state,
    reason: asked.reason,
    next: asked.next,
    httpStatus: asked.httpStatus,
    checkedAt: asked.atMs,
    before,
    expiresAt: typeof expiry === 'string' ? expiry : held.body.expiresOn,
    scopes: scopes === undefined ? [] : typeof scopes === 'string' ? [scopes] : [...scopes],
    differs: viewTold(held.body, log).flatMap(({ fact, differs }) => (differs ? [fact] : [])),
  };
};

/** Asks about each of the keys. `locked` where the vault was locked meanwhile. */
export const checkKeys = async (
  core: AgentCore,
  session: Session,
  ids: readonly RecordId[],
  { by, unattended, taskId }: Asker,
): Promise<Result<CallOutput<'keys.check'>>> => {
  const stopping = createStopping();
  const forget = session.onEnd(stopping.stop);
  const task = core.tasks.begin('Asking providers', ids.length, true, taskId);
  const forgetTask = task.onCancel(stopping.stop);
  const recorder = createRecorder(session, by, core.exclusive);
  const learnt: { readonly asked: Asked; readonly before: CheckResult['before'] }[] = [];
  let done = 0;

  const checkOne = async (id: RecordId): Promise<void> => {
    const held = stopping.wanted() ? session.book().keys.get(id) : undefined;
    if (held === undefined) return;
    await core.checking.lanes.run(held.body.provider ?? '', async () => {
      if (!stopping.wanted()) return;
      task.step(done, labelOf(session, held));
      const before = statusOf(held.body, core.nowMs(), session.book().logs.get(id)?.body).state;
      const asked = await askKey(core.checking.asking, session, id, stopping, unattended);
      done += 1;
      if (asked === null) return;
      learnt.push({ asked, before });
      recorder.add(asked);
      task.step(done);
    });
  };

  try {
    await Promise.all(ids.map(checkOne));
  } catch (bug) {
    // The others are not left asking; what they learnt stays, and the door tells of the bug.
    stopping.stop();
    recorder.forget();
    task.end('Keyturn made a mistake. What was learnt by then is kept.');
    throw bug;
  } finally {
    forget();
    forgetTask();
  }
  if (session.ended()) {
    task.end('The vault was locked before everybody had answered.');
    return lockedMeanwhile;
  }
  const stopped = !stopping.wanted();
  const counts = countsInWords(learnt.map(({ asked }) => asked));
  const what = `${String(learnt.length)} asked${counts === '' ? '' : `: ${counts}`}${stopped ? ', then stopped' : ''}`;
  const written = await recorder.finish(note('keys-checked', by, what));
  recorder.forget();
  task.end(stopped ? `Stopped. ${counts}` : counts);
  if (!written.ok) return written;
  const place = new Map(ids.map((id, at) => [id, at]));
  const results = learnt
    .flatMap(({ asked, before }) => resultOf(session, asked, before) ?? [])
    .sort((left, right) => (place.get(left.id) ?? 0) - (place.get(right.id) ?? 0));
  return ok({ results, stopped, sentence: sentenceOf(results, stopped) });
};
