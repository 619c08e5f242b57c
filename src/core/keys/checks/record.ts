// Writes what was learnt into the records beside the keys. One record per key, whose id is derived from the key: two processes that
// begin one at the same time collide, and the second of them reads the first one's and tries again.
import type { KeyLog } from '../../model/key-log.ts';
import type { RecordId } from '../../model/ids.ts';
import type { AuditInput, Change } from '../../vault/vault-types.ts';
import type { Book, HeldKey } from '../book.ts';
import { create, noteKey, overwrite, type Edit, type Work } from '../edit.ts';
import { stateWords } from './sentence.ts';
import { withAnswer, withUse, type Asked } from './log.ts';

type LogWork = Pick<Work, 'book' | 'fingerprint'>;

/** The id that a key's log is first written under. */
export const logIdOf = (work: Pick<Work, 'fingerprint'>, keyId: RecordId): RecordId =>
  work.fingerprint(new TextEncoder().encode(`key-log ${keyId}`));

const putLog = (work: LogWork, body: KeyLog): Change => {
  const held = work.book.logs.get(body.keyId);
  return held === undefined ? create(logIdOf(work, body.keyId), body) : overwrite(held, body);
};

const logOf = (book: Book, keyId: RecordId): KeyLog | undefined => book.logs.get(keyId)?.body;

const stateBefore = (book: Book, { keyId, versionId }: Asked): string | undefined =>
  logOf(book, keyId)?.runs.findLast((run) => run.versionId === versionId)?.state;

/** A line where the state became another one; the first answer is none. */
const lineOf = (work: Work, held: HeldKey, asked: Asked): readonly AuditInput[] => {
  const before = stateBefore(work.book, asked);
  if (before === undefined || before === asked.state) return [];
  const what = `was ${stateWords(before)}, is ${stateWords(asked.state)}: ${asked.reason}`;
  return [noteKey('key-state-changed', work, what, held)];
};

/** Keys that are gone meanwhile are passed over. Of several answers about one key all are kept, in their order. */
export const recordAnswers = (work: Work, answers: readonly Asked[]): Edit<undefined> => {
  const logs = new Map<RecordId, KeyLog>();
  const audit: AuditInput[] = [];
  for (const asked of answers) {
    const held = work.book.keys.get(asked.keyId);
    if (held === undefined) continue;
    if (!logs.has(asked.keyId)) audit.push(...lineOf(work, held, asked));
    logs.set(asked.keyId, withAnswer(logs.get(asked.keyId) ?? logOf(work.book, asked.keyId), asked));
  }
  return { value: undefined, changes: [...logs.values()].map((log) => putLog(work, log)), audit };
};

/** Notes that values left: to the hour, and nothing where that hour is noted already. */
export const useChanges = (work: LogWork, keyIds: readonly RecordId[], nowMs: number): readonly Change[] =>
  [...new Set(keyIds)].flatMap((keyId) => {
    if (!work.book.keys.has(keyId)) return [];
    const log = withUse(logOf(work.book, keyId), keyId, nowMs);
    return log === null ? [] : [putLog(work, log)];
  });
