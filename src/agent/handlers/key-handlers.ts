// Keys: listed, read, made, changed, removed, handed over.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import { composeKey, type Composed } from '../../core/keys/add-key.ts';
import { currentVersion, type HeldKey } from '../../core/keys/book.ts';
import { handOver, takeBack } from '../../core/keys/consumers.ts';
import { copyConsumers, hintsOf, portalsOf, viewField, viewVersions } from '../../core/keys/detail.ts';
import type { Draft } from '../../core/keys/draft.ts';
import { find, findLiving } from '../../core/keys/edit.ts';
import { editKey, replaceValue } from '../../core/keys/edit-key.ts';
import type { GivenFacts } from '../../core/keys/facts.ts';
import { readGivenFields, type GivenValues } from '../../core/keys/fields.ts';
import { entryWarnings } from '../../core/keys/list-warnings.ts';
import { quotasOf } from '../../core/keys/quotas.ts';
import { emptyRemoved, emptyVersions, removeKey, undoRemove } from '../../core/keys/remove-key.ts';
import { listKeys, summaryOf } from '../../core/keys/summary.ts';
import type { SessionContext, SessionHandlers } from '../handler.ts';
import { wipeChanges, type Session } from '../session.ts';
import { commitEdit, commitKey } from './commit-edit.ts';
import { readVersion } from './key-values.ts';
import { viewFacts, viewProvider } from './views.ts';

const historyLength = 200;

export const findDraft = (session: Session, id: string): Result<Draft> => {
  const draft = session.drafts.get(id);
  return draft === undefined
    ? fail('not-found', 'What you pasted is no longer held.', 'Paste it again.')
    : ok(draft);
};

export type Given = Pick<CallInput<'keys.add'>, 'draftId' | 'fields'>;
export type GivenWithDraft = GivenValues & { readonly draft: Draft | null };

/** Values of a draft with given ones laid over. */
export const readGiven = (session: Session, { draftId, fields }: Given): Result<GivenWithDraft> => {
  const given = readGivenFields(fields ?? []);
  if (!given.ok) return given;
  if (draftId === undefined) return ok({ ...given.value, draft: null });
  const draft = findDraft(session, draftId);
  if (!draft.ok) return draft;
  const values = { ...draft.value.values, ...given.value.values };
  const fromText =
    draft.value.variable === undefined ? {} : { [draft.value.mainField]: draft.value.variable };
  return ok({ values, variables: { ...fromText, ...given.value.variables }, draft: draft.value });
};

/** What the draft settled; an unknown kind is left for the values to tell. */
const heldFacts = (draft: Draft): GivenFacts => ({
  provider: draft.chosen,
  ...(draft.kind === 'unknown' ? {} : { kind: draft.kind }),
});

type AddInput = CallInput<'keys.add'>;

const compose = (context: SessionContext, input: AddInput): Result<Composed> => {
  const given = readGiven(context.session, input);
  if (!given.ok) return given;
  const { values, variables, draft } = given.value;
  const held = draft === null ? {} : heldFacts(draft);
  const facts = { ...held, ...definedOnly(input.facts), name: input.facts.name };
  const { projectId, environmentIds } = input;
  return composeKey(context.work(), { projectId, environmentIds, facts, values, variables });
};

const definedOnly = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>;

const read = ({ session, core }: SessionContext, held: HeldKey): Result<CallOutput<'keys.read'>> => {
  const { body } = held;
  const provider = body.provider === null ? undefined : session.book().catalogue().find(body.provider);
  const history = session.audit.ofKey(held.id, historyLength);
  if (!history.ok) return history;
  return ok({
    summary: summaryOf(session.book(), held, core.nowMs()),
    facts: viewFacts(body),
    providerView: provider === undefined ? null : viewProvider(provider),
    fields: currentVersion(body).fields.map((field) => viewField(provider, field)),
    versionList: viewVersions(provider, body),
    consumers: copyConsumers(body),
    history: history.value,
    portals: portalsOf(provider, body),
    quotas: quotasOf(session.book(), held),
    hints: hintsOf(provider, body),
  });
};

const reading: SessionHandlers<'keys.list' | 'keys.read' | 'keys.assess' | 'portal.resolve'> = {
  'keys.list': ({ session, core }, filter) => ok(listKeys(session.book(), filter, core.nowMs())),
  'keys.read': (context, { id }) => {
    const held = find(context.session.book().keys, id, 'key');
    return held.ok ? read(context, held.value) : held;
  },
  'keys.assess': (context, input) => {
    const composed = compose(context, input);
    if (!composed.ok) return composed;
    wipeChanges(composed.value.edit.changes);
    const { key, values } = composed.value;
    return ok([...entryWarnings(context.session.book(), key, undefined, values, context.core.nowMs())]);
  },
  'portal.resolve': ({ session }, { id, portal }) => {
    const held = find(session.book().keys, id, 'key');
    if (!held.ok) return held;
    const { body } = held.value;
    const provider = body.provider === null ? undefined : session.book().catalogue().find(body.provider);
    const found = portalsOf(provider, body).find((each) => each.id === portal);
    return found === undefined
      ? fail('not-found', 'There is no such page for this key.', 'Look at its links again.')
      : ok({ url: found.url });
  },
};

const changing: SessionHandlers<'keys.add' | 'keys.edit' | 'keys.replace'> = {
  'keys.add': (context, input) => {
    const composed = compose(context, input);
    if (!composed.ok) return composed;
    const { id, key, edit, values } = composed.value;
    const { session, core } = context;
    const warnings = entryWarnings(session.book(), key, undefined, values, core.nowMs());
    const result = commitKey(context, id, ok(edit), warnings);
    if (result.ok && input.draftId !== undefined) session.drafts.drop(input.draftId);
    return result;
  },
  'keys.edit': (context, input) => commitKey(context, input.id, editKey(context.work(), input)),
  'keys.replace': (context, input) => {
    const { session, core } = context;
    const held = findLiving(session.book(), input.id);
    if (!held.ok) return held;
    const given = readGiven(session, input);
    if (!given.ok) return given;
    const current = readVersion(session, currentVersion(held.value.body));
    if (!current.ok) return current;
    // A pasted value replaces values; under which variable it is exported stays as it is.
    const variables = given.value.draft === null ? given.value.variables : {};
    const edit = replaceValue(context.work(), input.id, { ...given.value, variables }, current.value);
    const result = commitKey(context, input.id, edit);
    if (!result.ok) return result;
    if (input.draftId !== undefined) session.drafts.drop(input.draftId);
    const after = session.book().keys.get(input.id);
    const values = { ...current.value, ...given.value.values };
    const warnings =
      after === undefined ? [] : entryWarnings(session.book(), after.body, input.id, values, core.nowMs());
    return ok({ ...result.value, warnings: [...warnings] });
  },
};

type Ending =
  | 'keys.remove'
  | 'keys.undoRemove'
  | 'keys.emptyRemoved'
  | 'keys.emptyVersions'
  | 'keys.handOver'
  | 'keys.takeBack';

const ending: SessionHandlers<Ending> = {
  'keys.remove': (context, { id, confirmName }) =>
    commitKey(context, id, removeKey(context.work(), id, confirmName)),
  'keys.undoRemove': (context, { id }) => commitKey(context, id, undoRemove(context.work(), id)),
  'keys.emptyRemoved': (context, { ids }) => commitEdit(context, emptyRemoved(context.work(), ids)),
  'keys.emptyVersions': (context, { id }) => commitEdit(context, emptyVersions(context.work(), id)),
  'keys.handOver': (context, { id, consumer }) =>
    commitKey(context, id, handOver(context.work(), id, consumer)),
  'keys.takeBack': (context, { id, name }) => commitKey(context, id, takeBack(context.work(), id, name)),
};

export const keyHandlers = { ...reading, ...changing, ...ending };
