// Calls about findings: reading, judging and acting on them. docs/scanning.md §4.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { Finding } from '../../core/model/finding.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import type { HeldFinding } from '../../core/keys/book.ts';
import { find, note, overwrite } from '../../core/keys/edit.ts';
import { accept, reopen } from '../../core/leaks/states.ts';
import { byWeight, viewFinding, type FindingView } from '../leaks/finding-view.ts';
import { askFinding, valueAt } from '../leaks/ask-finding.ts';
import { lookAtClipboard } from '../leaks/clipboard-look.ts';
import { contextOf } from '../leaks/context.ts';
import { blastOf, heatOf } from '../leaks/overviews.ts';
import { planScrub, scrubFinding, undoScrub } from '../leaks/scrub.ts';
import { beginDraft } from '../../core/keys/draft.ts';
import { keepDraft } from './draft-handlers.ts';
import type { SessionContext, SessionGroup } from '../handler.ts';

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

/** Looks the finding up, then acts on it. */
const withFinding =
  <T>(act: (context: SessionContext, held: HeldFinding) => Result<T> | Promise<Result<T>>) =>
  async (context: SessionContext, { id }: { readonly id: RecordId }): Promise<Result<T>> => {
    const held = findFinding(context, id);
    return held.ok ? act(context, held.value) : held;
  };

const take = async (
  context: SessionContext,
  { body }: HeldFinding,
): Promise<Result<CallOutput<'leaks.take'>>> => {
  if (body.keyId !== null)
    return fail('already-exists', 'This key is in the vault already.', 'Turn it, since it was pasted.');
  const value = await valueAt(context, body);
  if (!value.ok) return value;
  const catalogue = context.session.book().catalogue();
  const provider = body.provider ?? undefined;
  return keepDraft(context, beginDraft(context.core.newId(), value.value, provider, catalogue));
};

export const leakHandlers: SessionGroup<'leaks'> = {
  'leaks.list': list,
  'leaks.context': withFinding((context, held) => contextOf(context, held.body)),
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
  'leaks.take': withFinding(take),
  'leaks.ask': withFinding(askFinding),
  'leaks.planScrub': withFinding(planScrub),
  'leaks.scrub': withFinding(scrubFinding),
  'leaks.undoScrub': (context, { scrubId }) => undoScrub(context, scrubId),
  'leaks.where': (context, { id }) => {
    const held = findFinding(context, id);
    if (!held.ok) return held;
    const { path, line, column } = held.value.body.place;
    return ok({ path, line, column });
  },
  'leaks.clipboard': ({ session }, { text }) =>
    ok(lookAtClipboard(session, typeof text === 'string' ? text : new TextDecoder().decode(text))),
};
