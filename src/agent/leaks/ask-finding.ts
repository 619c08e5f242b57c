// Whether the value at a place still works: asked of its provider. The current value of a key is checked like any other; an earlier or an unknown
// one is asked about for once, and the answer is kept with the finding.
import { fail } from '../../core/model/app-error.ts';
import type { Finding } from '../../core/model/finding.ts';
import { askedStates, type AskedState } from '../../core/model/key-log.ts';
import type { RecordId } from '../../core/model/ids.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import { currentVersion, type Book, type HeldFinding, type HeldKey } from '../../core/keys/book.ts';
import { find, note, overwrite } from '../../core/keys/edit.ts';
import { afterLife } from '../../core/leaks/states.ts';
import { lifeOf } from '../../core/leaks/findings/value-life.ts';
import { askValues, type Whose } from '../checking/ask-key.ts';
import { checkKeys } from '../checking/check-keys.ts';
import { createStopping } from '../checking/stopping.ts';
import { lockedMeanwhile } from '../locked-meanwhile.ts';
import { wholeVersion } from '../rotation/lent-values.ts';
import type { SessionContext } from '../handler.ts';
import { unknownValueIn } from './locate.ts';
import { readPiece } from './read-piece.ts';

type Answer = CallOutput<'leaks.ask'>;
type Values = Readonly<Record<string, string>>;

/** The value of an unknown finding. As text, which cannot be wiped, values are made only for the moment in which they are asked about. */
export const valueAt = async (context: SessionContext, finding: Finding): Promise<Result<string>> => {
  const read = await readPiece(finding.place);
  if (!read.ok) return read;
  try {
    const value = unknownValueIn(context, finding, read.value);
    if (value === null)
      return fail(
        'not-found',
        'The value does not stand there any more.',
        'Scan again to see where the key is now.',
      );
    const text = new TextDecoder().decode(value);
    value.fill(0);
    return ok(text);
  } finally {
    read.value.fill(0);
  }
};

const fieldOf = (book: Book, { pattern }: Finding): string => {
  const [provider = '', format] = (pattern ?? '').split('/');
  return (
    book
      .catalogue()
      .find(provider)
      ?.formats.find(({ id }) => id === format)?.field ?? 'secret'
  );
};

const unknownValues = async (context: SessionContext, finding: Finding): Promise<Result<Values>> => {
  const value = await valueAt(context, finding);
  return value.ok ? ok({ [fieldOf(context.session.book(), finding)]: value.value }) : value;
};

const earlierValues = ({ session }: SessionContext, key: HeldKey, versionId: RecordId): Result<Values> => {
  const pending = session
    .book()
    .turnsOf(key.id)
    .flatMap(({ body }) => body.pending ?? []);
  const version = [...key.body.versions, ...pending].find(({ id }) => id === versionId);
  return version === undefined
    ? fail('not-found', 'That value is not in the vault any more.', 'It may have been emptied.')
    : wholeVersion(session, version);
};

const isAsked = (state: string): state is AskedState => (askedStates as readonly string[]).includes(state);

const keepAnswer = (context: SessionContext, id: RecordId, { state, reason }: Answer): void => {
  const book = context.session.book();
  const held = book.findings.get(id);
  if (held === undefined || !isAsked(state)) return;
  const nowMs = context.core.nowMs();
  const asked = { ...held.body, asked: { state, reason, atMs: nowMs } };
  const next = afterLife(asked, lifeOf(book, asked, nowMs).alive === false, nowMs);
  const about = held.body.keyId === null ? undefined : book.keys.get(held.body.keyId);
  context.session.commit({
    value: undefined,
    changes: [overwrite(held, next)],
    audit: [
      note(
        'finding-asked',
        context.by,
        `A pasted value was asked about: ${state}`,
        about && { id: about.id, name: about.body.name },
      ),
    ],
  });
  context.core.leaks.tell();
};

const askOnce = async (
  context: SessionContext,
  held: HeldFinding,
  whose: Whose,
  values: Values,
): Promise<Result<Answer>> => {
  const { session, core } = context;
  const stopping = createStopping();
  const forget = session.onEnd(stopping.stop);
  try {
    const outcome = await core.checking.lanes.run(whose.body.provider ?? '', () =>
      askValues(core.checking.asking, session, whose, values, stopping, false),
    );
    if (outcome === null || session.ended()) return lockedMeanwhile;
    const answer = { state: outcome.state, reason: outcome.reason };
    await core.exclusive(() => keepAnswer(context, held.id, answer));
    return ok(answer);
  } finally {
    forget();
  }
};

const askCurrent = async (context: SessionContext, keyId: RecordId): Promise<Result<Answer>> => {
  const checked = await checkKeys(context.core, context.session, [keyId], {
    by: context.by,
    unattended: false,
  });
  if (!checked.ok) return checked;
  const [result] = checked.value.results;
  return result === undefined
    ? fail('not-found', 'That key is not in the vault any more.', 'Look at the list again.')
    : ok({ state: result.state, reason: result.reason });
};

/** Asks about the value of a finding. */
export const askFinding = async (context: SessionContext, held: HeldFinding): Promise<Result<Answer>> => {
  const { keyId, versionId, provider, kind } = held.body;
  if (keyId === null || versionId === null) {
    const values = await unknownValues(context, held.body);
    return values.ok ? askOnce(context, held, { body: { provider, kind } }, values.value) : values;
  }
  const key = find(context.session.book().keys, keyId, 'key');
  if (!key.ok) return key;
  if (currentVersion(key.value.body).id === versionId) return askCurrent(context, keyId);
  const values = earlierValues(context, key.value, versionId);
  return values.ok ? askOnce(context, held, key.value, values.value) : values;
};
