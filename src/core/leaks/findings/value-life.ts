// Whether a value is still accepted, as far as the vault knows: by what its provider said of that version, or by a turn that ended it.
import type { RecordId } from '../../model/ids.ts';
import type { AskedState } from '../../model/key-log.ts';
import type { Finding } from '../../model/finding.ts';
import { currentVersion, type Book } from '../../keys/book.ts';
import { currentRuns, statusOf, tellingRun } from '../../keys/status.ts';
import type { ValueFacts } from '../severity.ts';

const deadStates: ReadonlySet<string> = new Set(['invalid', 'expired']);
/** A blocked key is one that its provider knows. */
const aliveStates: ReadonlySet<string> = new Set(['valid', 'blocked']);

const aliveOf = (state: string | null): boolean | null => {
  if (state === null) return null;
  if (deadStates.has(state)) return false;
  return aliveStates.has(state) ? true : null;
};

type Life = { readonly state: string | null; readonly alive: boolean | null };

const turnedDead = (book: Book, keyId: RecordId, versionId: RecordId): boolean =>
  book.turnsOf(keyId).some(({ body }) => body.oldVersionId === versionId && body.deadAtMs !== null);

const runState = (book: Book, keyId: RecordId, versionId: RecordId): AskedState | null => {
  const runs = book.logs.get(keyId)?.body.runs.filter((run) => run.versionId === versionId) ?? [];
  return tellingRun(runs)?.state ?? null;
};

/** The newer of what was asked about this finding's value and what the key's log says of that version. */
const askedOrLogged = (book: Book, finding: Finding, logged: AskedState | null): string | null => {
  const { asked, keyId, versionId } = finding;
  if (asked === null) return logged;
  const runs = keyId === null ? [] : (book.logs.get(keyId)?.body.runs ?? []);
  const last = runs.findLast((run) => run.versionId === versionId);
  return last !== undefined && last.toMs > asked.atMs ? logged : asked.state;
};

/** State of a value at its provider as last known, and whether that means it is accepted. Null: not known. */
export const lifeOf = (book: Book, finding: Finding, nowMs: number): Life => {
  const { keyId, versionId } = finding;
  const held = keyId === null ? undefined : book.keys.get(keyId);
  if (keyId === null || versionId === null || held === undefined) {
    const state = finding.asked?.state ?? null;
    return { state, alive: aliveOf(state) };
  }
  if (turnedDead(book, keyId, versionId)) return { state: 'invalid', alive: false };
  if (currentVersion(held.body).id === versionId) {
    const log = book.logs.get(keyId)?.body;
    const asked = currentRuns(held.body, log).length > 0 ? null : finding.asked;
    const state = asked?.state ?? statusOf(held.body, nowMs, log).state;
    return { state, alive: aliveOf(state) };
  }
  const state = askedOrLogged(book, finding, runState(book, keyId, versionId));
  return { state, alive: aliveOf(state) };
};

/** What severity wants to know of the value. */
export const valueFacts = (book: Book, finding: Finding, nowMs: number): ValueFacts => {
  const held = finding.keyId === null ? undefined : book.keys.get(finding.keyId);
  return { movesMoney: held?.body.movesMoney ?? false, alive: lifeOf(book, finding, nowMs).alive };
};
