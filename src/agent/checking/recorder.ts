// Writes what was learnt while a check goes on: in portions, since one commit for each of 10,000 keys would be 10,000 times the disk.
// Another process that wrote the same record first is read, and the answer put after its own.
import type { Asked } from '../../core/keys/checks/log.ts';
import { recordAnswers } from '../../core/keys/checks/record.ts';
import type { AuditInput } from '../../core/vault/vault-types.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { Mutex } from '../mutex.ts';
import type { Session } from '../session.ts';
import { lockedMeanwhile } from '../locked-meanwhile.ts';

const portion = 100;
const usualGatherMs = 500;
/** Another process that wins more often than this is not writing logs but everything. */
const maxTries = 10;

export type Recorder = {
  readonly add: (asked: Asked) => void;
  /** Writes what is left, with a line about the whole. */
  readonly finish: (line: AuditInput) => Promise<Result<undefined>>;
  /** Lets the session end without it. */
  readonly forget: () => void;
};

const write = (
  session: Session,
  by: string,
  answers: readonly Asked[],
  lines: readonly AuditInput[],
): Result<undefined> => {
  for (let tries = 1; ; tries += 1) {
    if (session.ended()) return lockedMeanwhile;
    const edit = recordAnswers(session.work(by), answers);
    const result = session.commit({ ...edit, audit: [...edit.audit, ...lines] });
    const again = !result.ok && (result.error.kind === 'conflict' || result.error.kind === 'busy');
    if (!again || tries >= maxTries) return result;
    session.refresh();
  }
};

/**
 * @param exclusive the agent's own order of changes
 * @param gatherMs how long an answer waits for others
 */
export const createRecorder = (
  session: Session,
  by: string,
  exclusive: Mutex,
  gatherMs = usualGatherMs,
): Recorder => {
  const waiting: Asked[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let result: Result<undefined> = ok(undefined);

  const take = (): readonly Asked[] => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    return waiting.splice(0);
  };

  const flush = async (lines: readonly AuditInput[] = []): Promise<void> => {
    const answers = take();
    if (answers.length === 0 && lines.length === 0) return;
    const written = await exclusive(() => write(session, by, answers, lines));
    if (result.ok) result = written;
  };

  // A lock waits for nobody: what has been learnt by then is written before the vault is let go.
  const forget = session.onEnding(() => {
    const answers = take();
    if (answers.length > 0) write(session, by, answers, []);
  });

  return {
    add: (asked) => {
      waiting.push(asked);
      if (waiting.length >= portion) void flush();
      else timer ??= setTimeout(() => void flush(), gatherMs);
    },
    finish: async (line) => {
      await flush([line]);
      return result;
    },
    forget,
  };
};
