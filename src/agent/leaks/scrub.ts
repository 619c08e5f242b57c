// Takes a value out of a file where it was pasted: replaced in a working file, its entry removed from a shell's history. The file's former bytes
// are sealed in the vault before anything is written, and put back on request. Never the history of a repository.
import { basename } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { LeakScrub } from '../../core/model/leak-care.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { SecretBytes } from '../../core/model/secret-bytes.ts';
import type { CallOutput } from '../../contract/contract.ts';
import type { HeldFinding, HeldScrub } from '../../core/keys/book.ts';
import { create, erase, find, note, overwrite, type Work } from '../../core/keys/edit.ts';
import { historyEntry, historyFormatOf, type Span } from '../../core/leaks/scrub/history-entry.ts';
import { replacementFor, withSpan } from '../../core/leaks/scrub/replacement.ts';
import { maskLine } from '../../core/leaks/mask-line.ts';
import { afterGone, afterSeen } from '../../core/leaks/states.ts';
import { lifeOf } from '../../core/leaks/findings/value-life.ts';
import type { Change } from '../../core/vault/vault-types.ts';
import type { SessionContext } from '../handler.ts';
import type { Session } from '../session.ts';
import { scrubOf } from './finding-view.ts';
import { locate } from './locate.ts';
import { readForScrub, replaceScrubbed, type FileAsRead } from './scrub-file.ts';

type View = CallOutput<'leaks.scrub'>;

/** A record of the vault holds at most 4 MiB. */
const partBytes = 2 * 1024 * 1024;
/** Former bytes hold the value: they are not kept for ever. */
const keptMs = 30 * 86_400_000;

type Plan = {
  readonly held: HeldFinding;
  readonly what: 'replace' | 'remove-line';
  readonly file: FileAsRead;
  readonly span: Span;
  readonly next: Uint8Array;
  readonly before: string;
  readonly after: string;
};

const wipePlan = ({ file, next }: Plan): void => {
  file.bytes.fill(0);
  next.fill(0);
};

const cannot = fail(
  'refused',
  'Keyturn does not change what is there.',
  'Change it by hand; the commands of the finding say how, where there are some.',
);
const notThere = fail(
  'not-found',
  'The value does not stand there any more.',
  'Scan again to see where the key is now.',
);

const planFor = (context: SessionContext, held: HeldFinding): Result<Plan> => {
  const what = scrubOf(held.body);
  if (what === null) return cannot;
  const { path } = held.body.place;
  const file = readForScrub(path);
  if (!file.ok) return file;
  const { bytes } = file.value;
  const spans = locate(context, held.body, bytes);
  const [found] = spans;
  if (found === undefined) {
    bytes.fill(0);
    return notThere;
  }
  const { before: left, after: right } = maskLine(bytes, found, spans);
  const span = what === 'replace' ? found : historyEntry(historyFormatOf(basename(path)), bytes, found);
  const instead = what === 'replace' ? replacementFor(held.body.encoding, bytes, found) : new Uint8Array(0);
  const shown =
    what === 'replace' ? `${left}${new TextDecoder().decode(instead).replaceAll('\0', '')}${right}` : '';
  return ok({
    held,
    what,
    file: file.value,
    span,
    next: withSpan(bytes, span, instead),
    before: `${left}${held.body.masked}${right}`,
    after: shown,
  });
};

const viewOf = (id: RecordId, { held, what, before, after }: Plan, canUndo: boolean): View => ({
  scrubId: id,
  path: held.body.place.path,
  what,
  before,
  after,
  canUndo,
});

/** What would be done; nothing is. */
export const planScrub = (context: SessionContext, held: HeldFinding): Result<View> => {
  const plan = planFor(context, held);
  if (!plan.ok) return plan;
  wipePlan(plan.value);
  return ok(viewOf(held.id, plan.value, true));
};

const aboutKey = ({ session }: SessionContext, { body }: HeldFinding) => {
  const key = body.keyId === null ? undefined : session.book().keys.get(body.keyId);
  return key === undefined ? undefined : { id: key.id, name: key.body.name };
};

const partsOf = (
  work: Work,
  bytes: Uint8Array,
): readonly Extract<Change, { readonly table: 'secret'; readonly op: 'put' }>[] => {
  const parts: Extract<Change, { readonly table: 'secret'; readonly op: 'put' }>[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += partBytes) {
    const part = SecretBytes.own(bytes.slice(at, at + partBytes));
    parts.push({ op: 'put', table: 'secret', id: work.newId(), bytes: part, expected: 0 });
  }
  return parts;
};

/** Seals the former bytes. */
const keepFormer = (context: SessionContext, plan: Plan): Result<RecordId> => {
  const work = context.work();
  const parts = partsOf(work, plan.file.bytes);
  const id = work.newId();
  const body: LeakScrub = {
    type: 'leak-scrub',
    findingId: plan.held.id,
    path: plan.held.body.place.path,
    what: plan.what,
    before: plan.before,
    after: plan.after,
    atMs: work.nowMs,
    leftMark: work.fingerprint(plan.next),
    parts: parts.map((part) => part.id),
    undoneAtMs: null,
  };
  const words =
    plan.what === 'replace'
      ? 'A pasted key was replaced in a file'
      : 'A line with a key was removed from a history';
  const written = context.session.commit({
    value: undefined,
    changes: [...parts, create(id, body)],
    audit: [
      note('key-scrubbed', context.by, `${words}: ${basename(body.path)}`, aboutKey(context, plan.held)),
    ],
  });
  return written.ok ? ok(id) : written;
};

const eraseParts = (session: Session, { body }: HeldScrub): readonly Change[] =>
  body.parts.map((id) => ({ op: 'delete', table: 'secret', id, expected: session.vault.secretRevision(id) }));

const forget = (context: SessionContext, id: RecordId): void => {
  const held = context.session.book().scrubs.get(id);
  if (held === undefined) return;
  context.session.commit({
    value: undefined,
    changes: [...eraseParts(context.session, held), erase(held)],
    audit: [],
  });
};

const settleFinding = (context: SessionContext, id: RecordId, there: boolean): void => {
  const book = context.session.book();
  const held = book.findings.get(id);
  if (held === undefined) return;
  const nowMs = context.core.nowMs();
  const dead = lifeOf(book, held.body, nowMs).alive === false;
  const next = there ? afterSeen(held.body, nowMs) : afterGone(held.body, dead, nowMs);
  context.session.commit({ value: undefined, changes: [overwrite(held, next)], audit: [] });
  context.core.leaks.tell();
};

/** Does it. `conflict` where the file changed meanwhile: then nothing was written. */
export const scrubFinding = (context: SessionContext, held: HeldFinding): Result<View> => {
  const plan = planFor(context, held);
  if (!plan.ok) return plan;
  try {
    const kept = keepFormer(context, plan.value);
    if (!kept.ok) return kept;
    const written = replaceScrubbed(held.body.place.path, plan.value.file, plan.value.next);
    if (!written.ok) {
      forget(context, kept.value);
      return written;
    }
    settleFinding(context, held.id, false);
    return ok(viewOf(kept.value, plan.value, true));
  } finally {
    wipePlan(plan.value);
  }
};

const readFormer = ({ session }: SessionContext, { body }: HeldScrub): Result<Uint8Array> => {
  const read: Uint8Array[] = [];
  for (const id of body.parts) {
    const part = session.vault.readSecret(id);
    if (!part.ok) {
      for (const bytes of read) bytes.fill(0);
      return part;
    }
    read.push(part.value.use((bytes) => bytes.slice()));
    part.value.wipe();
  }
  const whole = new Uint8Array(read.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const bytes of read) {
    whole.set(bytes, at);
    at += bytes.length;
    bytes.fill(0);
  }
  return ok(whole);
};

const putBack = (context: SessionContext, held: HeldScrub): Result<undefined> => {
  const now = readForScrub(held.body.path);
  if (!now.ok) return now;
  const isOurs = context.session.vault.fingerprint(now.value.bytes) === held.body.leftMark;
  now.value.bytes.fill(0);
  if (!isOurs)
    return fail(
      'conflict',
      'The file has changed since.',
      'Change it by hand: what it held before stays in the vault for 30 days.',
    );
  const former = readFormer(context, held);
  if (!former.ok) return former;
  try {
    return replaceScrubbed(held.body.path, now.value, former.value);
  } finally {
    former.value.fill(0);
  }
};

/** Puts the former bytes back. `conflict` where the file is not what was left behind any more. */
export const undoScrub = (context: SessionContext, id: RecordId): Result<undefined> => {
  const held = find(context.session.book().scrubs, id, 'change of a file');
  if (!held.ok) return held;
  if (held.value.body.undoneAtMs !== null)
    return fail('refused', 'That was taken back already.', 'Look at the list again.');
  const back = putBack(context, held.value);
  if (!back.ok) return back;
  const body = { ...held.value.body, parts: [], undoneAtMs: context.core.nowMs() };
  const written = context.session.commit({
    value: undefined,
    changes: [...eraseParts(context.session, held.value), overwrite(held.value, body)],
    audit: [note('scrub-undone', context.by, `A file is as it was before: ${basename(body.path)}`)],
  });
  settleFinding(context, body.findingId, true);
  return written;
};

/** Changes that forget what files held before, once that is long ago. */
export const oldScrubs = (session: Session, nowMs: number): readonly Change[] =>
  [...session.book().scrubs.values()].flatMap((held) =>
    nowMs - held.body.atMs < keptMs ? [] : [...eraseParts(session, held), erase(held)],
  );
