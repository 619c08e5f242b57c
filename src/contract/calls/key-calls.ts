// Calls about keys, their environments and their values.
import * as v from 'valibot';
import { agentCall, innerCall, shellCall } from '../call.ts';
import * as k from '../key-shapes.ts';
import * as s from '../shapes.ts';

const oneKey = v.strictObject({ id: s.id });
const oneField = v.strictObject({ id: s.id, field: s.fieldName, version: v.exactOptional(s.id) });
const oneSecret = v.strictObject({ ...oneField.entries, sealTo: v.exactOptional(s.sealTo) });
const changed = v.strictObject({ id: s.id, revision: s.count, warnings: v.array(s.warning) });
const portalId = v.pipe(v.string(), v.maxLength(60));
const held = v.strictObject({ keyId: s.id, field: s.fieldName, clearsAtMs: s.timeMs });

/** How many there are is looked at before what they are. */
const variablesOfFields = v.pipe(
  v.custom<object>(
    (value) => typeof value === 'object' && value !== null && Object.keys(value).length <= s.limits.list,
    'is no table of at most 200 lines',
  ),
  v.record(s.fieldName, v.nullable(s.variableName)),
);

const addInput = v.strictObject({
  projectId: s.id,
  environmentIds: v.pipe(v.array(s.id), v.minLength(1, 'names no environment'), v.maxLength(s.limits.list)),
  facts: v.intersect([k.someFacts, v.looseObject({ name: s.name })]),
  /** Values held by a draft; given ones win. */
  draftId: v.exactOptional(s.id),
  fields: v.exactOptional(k.fieldInputs),
});

export const keyCalls = {
  'overview.read': agentCall(
    s.empty,
    v.strictObject({
      projects: v.array(k.projectView),
      providers: v.array(k.providerView),
      consumers: v.array(k.knownConsumer),
      keys: s.count,
      removed: s.count,
      warnings: s.count,
      /** Entries of the due list that want somebody now. */
      due: s.count,
    }),
  ),
  'project.add': agentCall(v.strictObject({ name: s.name }), oneKey),
  'project.rename': agentCall(v.strictObject({ id: s.id, name: s.name }), s.nothing),
  /** Refused while it holds a key or a variable. */
  'project.remove': agentCall(oneKey, s.nothing),
  'environment.add': agentCall(v.strictObject({ projectId: s.id, name: s.name }), oneKey),
  'environment.rename': agentCall(v.strictObject({ id: s.id, name: s.name }), s.nothing),
  'environment.remove': agentCall(oneKey, s.nothing),

  'keys.list': agentCall(
    v.strictObject({
      projectId: v.exactOptional(s.id),
      environmentId: v.exactOptional(s.id),
      provider: v.exactOptional(s.providerId),
      state: v.exactOptional(s.keyState),
      removed: v.exactOptional(v.boolean()),
      /** The first ones alone, for a list that is wanted at once. */
      limit: v.exactOptional(v.pipe(s.count, v.minValue(1), v.maxValue(s.limits.keys))),
    }),
    v.array(k.keySummary),
  ),
  'keys.read': agentCall(oneKey, k.keyDetail),
  'keys.add': agentCall(addInput, changed),
  /** What would be warned of if this were saved now. */
  'keys.assess': agentCall(addInput, v.array(s.warning)),
  'keys.edit': agentCall(
    v.strictObject({
      id: s.id,
      revision: v.exactOptional(s.count),
      facts: v.exactOptional(k.someFacts),
      environmentIds: v.exactOptional(v.pipe(s.ids, v.minLength(1, 'names no environment'))),
      /** Environment variable of each named field. */
      variables: v.exactOptional(variablesOfFields),
      /** Says that a fixed expiry was entered wrongly; audited. */
      correction: v.exactOptional(v.boolean()),
    }),
    changed,
  ),
  /** A changed secret is a new version; the old one is kept. */
  'keys.replace': agentCall(
    v.strictObject({ id: s.id, draftId: v.exactOptional(s.id), fields: v.exactOptional(k.fieldInputs) }),
    changed,
  ),
  /** Leaves a tombstone. `confirmName` is the key's name, typed by the person. */
  'keys.remove': agentCall(v.strictObject({ id: s.id, confirmName: s.name }), changed),
  'keys.undoRemove': agentCall(oneKey, changed),
  /** Empties the bin: versions and tombstones of removed keys are gone for good. */
  'keys.emptyRemoved': agentCall(
    v.strictObject({ ids: v.exactOptional(v.pipe(v.array(s.id), v.maxLength(s.limits.keys))) }),
    v.strictObject({ emptied: s.count }),
  ),
  /** Deletes the older versions of one key for good. */
  'keys.emptyVersions': agentCall(oneKey, v.strictObject({ emptied: s.count })),
  'keys.handOver': agentCall(v.strictObject({ id: s.id, consumer: k.consumer }), changed),
  'keys.takeBack': agentCall(v.strictObject({ id: s.id, name: s.name }), changed),
  'keys.reveal': agentCall(
    oneSecret,
    v.strictObject({ value: v.string(), sealed: v.exactOptional(s.bytes) }),
    {
      returnsSecret: true,
      callers: ['window', 'command-line'],
    },
  ),
  /** The bytes for the clipboard: the shell alone may ask, and wipes them. */
  'keys.lend': innerCall(
    oneSecret,
    v.strictObject({ value: s.secretBytes, sealed: v.exactOptional(s.bytes) }),
    { returnsSecret: true },
  ),
  'keys.copy': shellCall(oneField, held),
  'clipboard.read': shellCall(s.empty, v.nullable(held), { needs: 'any' }),
  'clipboard.clear': shellCall(s.empty, s.nothing, { needs: 'any' }),

  'draft.begin': agentCall(
    v.strictObject({ text: s.secretText, provider: v.exactOptional(v.nullable(s.providerId)) }),
    k.draft,
  ),
  /** The shell reads the clipboard, so that a pasted value never passes through the window. */
  'draft.paste': shellCall(v.strictObject({ provider: v.exactOptional(v.nullable(s.providerId)) }), k.draft),
  'draft.field': agentCall(
    v.strictObject({ draftId: s.id, field: s.fieldName, text: s.secretText }),
    k.draft,
  ),
  'draft.pasteField': shellCall(v.strictObject({ draftId: s.id, field: s.fieldName }), k.draft),
  'draft.provider': agentCall(
    v.strictObject({ draftId: s.id, provider: v.nullable(s.providerId), kind: v.exactOptional(s.keyKind) }),
    k.draft,
  ),
  'draft.discard': agentCall(v.strictObject({ draftId: s.id }), s.nothing),

  'variables.list': agentCall(
    v.strictObject({ environmentId: s.id }),
    v.array(v.strictObject({ id: s.id, name: s.variableName, value: v.string() })),
  ),
  'variables.put': agentCall(
    v.strictObject({ environmentId: s.id, name: s.variableName, value: s.note }),
    oneKey,
  ),
  'variables.remove': agentCall(oneKey, s.nothing),

  'portal.resolve': innerCall(
    v.strictObject({ id: s.id, portal: portalId }),
    v.strictObject({ url: v.string() }),
  ),
  'portal.open': shellCall(
    v.strictObject({ id: s.id, portal: portalId }),
    v.strictObject({ url: v.string() }),
  ),
} as const;
