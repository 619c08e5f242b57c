// Drafts: what was pasted stays here; the answer says what it was taken for and what is still missing.
import { ok, type Result } from '../../core/model/result.ts';
import type { KeyWarning } from '../../core/model/warning.ts';
import type { CallOutput } from '../../contract/contract.ts';
import type { StoredKey } from '../../core/model/key.ts';
import { completeFacts, factsFromProvider } from '../../core/keys/defaults.ts';
import { hintsOf, plainLabel } from '../../core/keys/detail.ts';
import { beginDraft, chooseProvider, fillField, suggestName, type Draft } from '../../core/keys/draft.ts';
import { isSecretField, makeVersion, ordinaryVariable } from '../../core/keys/fields.ts';
import { entryWarnings } from '../../core/keys/list-warnings.ts';
import { maskField } from '../../core/providers/mask.ts';
import type { Catalogue } from '../../core/providers/whole-catalogue.ts';
import type { ProviderDefinition } from '../../core/providers/provider.ts';
import type { SessionContext, SessionGroup } from '../handler.ts';
import { wipeChanges } from '../session.ts';
import { findDraft } from './key-handlers.ts';
import { viewProvider } from './views.ts';

type View = CallOutput<'draft.begin'>;

const viewCandidates = (draft: Draft, catalogue: Catalogue): View['candidates'] =>
  draft.candidates.flatMap((candidate) =>
    [candidate, ...candidate.alternatives].flatMap(({ provider: id, format, kind }) => {
      const provider = catalogue.find(id);
      if (provider === undefined) return [];
      return [{ provider: viewProvider(provider), format, kind, confidence: candidate.confidence }];
    }),
  );

/** The provider's fields in its order; one value where there is none. Fields that were filled beside them come last. */
const fieldNames = (provider: ProviderDefinition | undefined, draft: Draft): readonly string[] => {
  const known = provider?.fields.map(({ name }) => name) ?? ['secret'];
  return [...known, ...Object.keys(draft.values).filter((name) => !known.includes(name))];
};

const viewField = (
  provider: ProviderDefinition | undefined,
  draft: Draft,
  name: string,
): View['fields'][number] => {
  const definition = provider?.fields.find((field) => field.name === name);
  const value = draft.values[name];
  const secret = isSecretField(provider, name);
  const fromText = name === draft.mainField ? draft.variable : undefined;
  return {
    name,
    label: definition?.label ?? plainLabel(name),
    help: definition?.help ?? '',
    variable: fromText ?? ordinaryVariable(provider, suggestName(draft), name),
    secret,
    required: definition?.required ?? name === 'secret',
    filled: value !== undefined,
    masked: value === undefined ? '' : secret ? maskField(provider, name, value) : value,
  };
};

/** Warnings of the values alone: no environment has been chosen yet. */
const warningsOf = (context: SessionContext, draft: Draft): readonly KeyWarning[] => {
  if (Object.keys(draft.values).length === 0) return [];
  const work = context.work();
  const provider = draft.chosen === null ? undefined : work.provider(draft.chosen);
  const made = makeVersion(work, {
    provider,
    keyName: suggestName(draft),
    values: draft.values,
    variables: {},
    number: 1,
  });
  wipeChanges(made.changes);
  const facts = completeFacts({ name: suggestName(draft) }, provider, draft);
  const key: StoredKey = {
    ...facts,
    type: 'key',
    projectId: '',
    environmentIds: [],
    consumers: [],
    versions: [made.version],
    removedAtMs: null,
    addedAtMs: work.nowMs,
    changedAtMs: work.nowMs,
  };
  return entryWarnings(work.book, key, undefined, draft.values, work.nowMs);
};

const several = (draft: Draft): readonly string[] => {
  const count = draft.candidates.length;
  return count < 2
    ? []
    : [
        `The text holds ${String(count)} keys; this is the first. Import the text as a file to take all of them.`,
      ];
};

const view = (context: SessionContext, draft: Draft): View => {
  const catalogue = context.session.book().catalogue();
  const provider = draft.chosen === null ? undefined : catalogue.find(draft.chosen);
  const facts = factsFromProvider(provider, draft.kind, null, draft.classId);
  return {
    draftId: draft.id,
    candidates: viewCandidates(draft, catalogue),
    chosen: draft.chosen,
    kind: draft.kind,
    suggestedName: suggestName(draft),
    fields: fieldNames(provider, draft).map((name) => viewField(provider, draft, name)),
    facts: { provider: draft.chosen, kind: draft.kind, ...facts },
    hints: [...several(draft), ...hintsOf(provider, { ...facts, kind: draft.kind })],
    warnings: [...warningsOf(context, draft)],
  };
};

/** Holds a draft for the calls that go on with it, and shows what it was taken for. */
export const keepDraft = (context: SessionContext, draft: Draft): Result<View> => {
  context.session.drafts.put(draft.id, draft);
  return ok(view(context, draft));
};

const catalogueOf = ({ session }: SessionContext): Catalogue => session.book().catalogue();

/** Bytes are wiped by the door once the call is over. */
const textIn = (text: string | Uint8Array): string =>
  typeof text === 'string' ? text : new TextDecoder().decode(text);

export const draftHandlers: Pick<
  SessionGroup<'draft'>,
  'draft.begin' | 'draft.field' | 'draft.provider' | 'draft.discard'
> = {
  'draft.begin': (context, { text, provider }) =>
    keepDraft(context, beginDraft(context.core.newId(), textIn(text), provider, catalogueOf(context))),
  'draft.field': (context, { draftId, field, text }) => {
    const draft = findDraft(context.session, draftId);
    return draft.ok
      ? keepDraft(context, fillField(draft.value, field, textIn(text), catalogueOf(context)))
      : draft;
  },
  'draft.provider': (context, { draftId, provider, kind }) => {
    const draft = findDraft(context.session, draftId);
    return draft.ok
      ? keepDraft(context, chooseProvider(draft.value, provider, kind, catalogueOf(context)))
      : draft;
  },
  'draft.discard': ({ session }, { draftId }) => {
    session.drafts.drop(draftId);
    return ok(undefined);
  },
};
