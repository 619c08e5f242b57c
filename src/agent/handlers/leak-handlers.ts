// Calls about findings: reading, judging and acting on them. docs/scanning.md §4.
import { ok, type Result } from '../../core/model/result.ts';
import type { Finding } from '../../core/model/finding.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import type { HeldFinding } from '../../core/keys/book.ts';
import { find, note, overwrite } from '../../core/keys/edit.ts';
import { accept, reopen } from '../../core/leaks/states.ts';
import { byWeight, viewFinding, type FindingView } from '../leaks/finding-view.ts';
import { blastOf, heatOf } from '../leaks/overviews.ts';
import type { SessionContext, SessionGroup } from '../handler.ts';
import { notYet } from './not-yet.ts';

const findFinding = ({ session }: SessionContext, id: RecordId): Result<HeldFinding> =>
  find(session.book().findings, id, 'finding');

const list = (
  { session, core }: SessionContext,
  { keyId, states }: CallInput<'leaks.list'>,
): Result<CallOutput<'leaks.list'>> => {
  const book = session.book();
  const nowMs = core.nowMs();
  const all = [...book.findings.values()];
  const wanted = all.filter(
    ({ body }) =>
      (keyId === undefined || body.keyId === keyId) && (states === undefined || states.includes(body.state)),
  );
  return ok({
    findings: wanted.map((held) => viewFinding(book, held, nowMs)).sort(byWeight),
    total: all.length,
  });
};

const nameOf = ({ session }: SessionContext, finding: Finding): string => {
  const held = finding.keyId === null ? undefined : session.book().keys.get(finding.keyId);
  return held?.body.name ?? 'an unknown key';
};

/** Writes a finding as it is from now on, with a line in the trail. */
const change = (
  context: SessionContext,
  id: RecordId,
  event: string,
  words: (finding: Finding) => string,
  step: (finding: Finding) => Result<Finding>,
): Result<FindingView> => {
  const held = findFinding(context, id);
  if (!held.ok) return held;
  const next = step(held.value.body);
  if (!next.ok) return next;
  const { keyId } = next.value;
  const about = keyId === null ? undefined : { id: keyId, name: nameOf(context, next.value) };
  const written = context.session.commit({
    value: undefined,
    changes: [overwrite(held.value, next.value)],
    audit: [note(event, context.by, words(next.value), about)],
  });
  if (!written.ok) return written;
  context.core.leaks.tell();
  const after = findFinding(context, id);
  return after.ok ? ok(viewFinding(context.session.book(), after.value, context.core.nowMs())) : after;
};

export const leakHandlers: SessionGroup<'leaks'> = {
  'leaks.list': list,
  'leaks.context': notYet,
  'leaks.heat': ({ session, core }) => ok(heatOf(session.book(), core.nowMs())),
  'leaks.blast': ({ session }, { atMs }) => ok(blastOf(session.book(), atMs)),
  'leaks.accept': (context, { id, reason, untilMs }) =>
    change(
      context,
      id,
      'finding-accepted',
      (finding) => `A place of ${nameOf(context, finding)} was accepted: ${reason}`,
      (finding) => accept(finding, { reason, untilMs }, context.core.nowMs()),
    ),
  'leaks.reopen': (context, { id }) =>
    change(
      context,
      id,
      'finding-reopened',
      (finding) => `A place of ${nameOf(context, finding)} is open again`,
      (finding) => reopen(finding, context.core.nowMs()),
    ),
  'leaks.take': notYet,
  'leaks.ask': notYet,
  'leaks.planScrub': notYet,
  'leaks.scrub': notYet,
  'leaks.undoScrub': notYet,
  'leaks.where': (context, { id }) => {
    const held = findFinding(context, id);
    if (!held.ok) return held;
    const { path, line, column } = held.value.body.place;
    return ok({ path, line, column });
  },
  'leaks.clipboard': notYet,
};
