// How keys, projects and environments look from outside the agent: names, masks and facts, never a value that is secret.
import * as v from 'valibot';
import * as s from './shapes.ts';

export const environmentView = v.strictObject({
  id: s.id,
  projectId: s.id,
  name: s.name,
  kind: s.environmentKind,
  order: s.count,
  keys: s.count,
  variables: s.count,
});

export const projectView = v.strictObject({
  id: s.id,
  name: s.name,
  keys: s.count,
  environments: v.array(environmentView),
});

/** A provider as a list shows it: the domain stands beside the name because names are near one another. */
export const providerView = v.strictObject({
  id: s.providerId,
  name: v.string(),
  domain: v.string(),
  /** Two letters for the tile. */
  monogram: v.string(),
});

export const statusView = v.strictObject({
  state: s.keyState,
  reason: v.string(),
  next: v.string(),
  checkedAt: v.nullable(s.timeMs),
  /** Since when it has been so; null where nobody asked. */
  sinceMs: v.nullable(s.timeMs),
  /** The last time it was seen to work. */
  workedAtMs: v.nullable(s.timeMs),
  /** Since when nobody answers any more; what is told above was known before. Null where the last question was answered. */
  silentSinceMs: v.nullable(s.timeMs),
});

/** What wants a person, besides the state. docs/checking.md §4. */
export const attention = v.picklist([
  'expiring',
  'expired',
  'overdue',
  'unused',
  'never-checked',
  'owner-left',
  'waiting',
  'lost',
]);

export const keySummary = v.strictObject({
  id: s.id,
  revision: s.count,
  name: s.name,
  portalName: v.string(),
  projectId: s.id,
  environmentIds: v.array(s.id),
  provider: v.nullable(s.providerId),
  kind: s.keyKind,
  class: s.keyClass,
  masked: v.string(),
  status: statusView,
  expiresOn: v.nullable(s.day),
  /** When the next version is due by policy. */
  rotateBy: v.nullable(s.day),
  attention: v.array(attention),
  /** Since when it has its current value: what its age is counted from. */
  valueSinceMs: s.timeMs,
  movesMoney: v.boolean(),
  tags: v.array(v.string()),
  handedTo: v.array(v.string()),
  /** Account, organisation, team, owner and audit e-mail, as far as they are known: words by which the key is found. */
  known: v.array(v.string()),
  /** The names of its variables, so that a search for one finds the key. */
  variables: v.array(v.string()),
  warnings: v.array(s.warning),
  versions: s.count,
  changedAtMs: s.timeMs,
  removedAtMs: v.nullable(s.timeMs),
});

export const fieldView = v.strictObject({
  name: s.fieldName,
  label: v.string(),
  variable: v.nullable(s.variableName),
  secret: v.boolean(),
  /** Given for parts that are no secret; null otherwise. */
  value: v.nullable(v.string()),
  masked: v.string(),
});

export const versionView = v.strictObject({
  id: s.id,
  number: s.count,
  current: v.boolean(),
  addedAtMs: s.timeMs,
  addedBy: v.string(),
  replacedAtMs: v.nullable(s.timeMs),
  fields: v.array(fieldView),
});

export const consumer = v.strictObject({
  name: s.name,
  purpose: s.line,
  handedOn: s.day,
  exception: v.nullable(s.line),
});

/** A third party that Keyturn knows: what it takes and what to mind when a key is handed to it. */
export const knownConsumer = v.strictObject({
  name: v.string(),
  domain: v.string(),
  takes: v.array(s.providerId),
  readOnly: v.boolean(),
  beforehand: v.array(v.string()),
  pastePlace: v.string(),
  pasteRisk: v.string(),
  dataNote: v.string(),
  rotationStep: v.string(),
  exception: v.nullable(v.string()),
  source: v.string(),
  verifiedOn: s.day,
});

export const auditEntry = v.strictObject({
  seq: s.count,
  atMs: s.timeMs,
  event: v.string(),
  keyId: v.nullable(v.string()),
  keyName: v.nullable(v.string()),
  by: v.string(),
  detail: v.string(),
});

/** Every fact of a key that a person may set. */
const factEntries = {
  name: s.name,
  portalName: s.line,
  provider: v.nullable(s.providerId),
  kind: s.keyKind,
  class: s.keyClass,
  account: s.line,
  organisation: s.line,
  team: s.line,
  owner: s.line,
  ipAllowlist: s.lines,
  roles: s.lines,
  createdOn: v.nullable(s.day),
  expiresOn: v.nullable(s.day),
  expiryFixed: v.boolean(),
  revealable: v.picklist(['once', 'again', 'unknown']),
  movesMoney: v.boolean(),
  quotaPool: s.line,
  auditEmail: s.line,
  portalUrl: s.url,
  arrival: v.picklist(['created', 'portal', 'file', 'mail', 'chat', 'unknown']),
  notes: s.note,
  tags: s.lines,
} as const;

export const keyFacts = v.strictObject(factEntries);
/** Facts given at entry or in an edit: what is missing keeps its value or takes the provider's. */
export const someFacts = v.partial(keyFacts);

export const keyDetail = v.strictObject({
  summary: keySummary,
  facts: keyFacts,
  providerView: v.nullable(providerView),
  fields: v.array(fieldView),
  versionList: v.array(versionView),
  consumers: v.array(consumer),
  history: v.array(auditEntry),
  /** Links into the provider's portal that `portal.open` will follow, by name. */
  portals: v.array(v.strictObject({ id: v.string(), label: v.string(), url: v.string() })),
  /** Slots of the provider that are taken, this key included. */
  quotas: v.array(
    v.strictObject({ used: s.count, max: s.count, approximate: v.boolean(), rule: v.string() }),
  ),
  /** Sentences of the provider file that matter for this key: who may revoke, what is shown once, limits. */
  hints: v.array(v.string()),
});

/** A field's new value. `value` bytes are UTF-8. A null variable keeps the field out of exports. */
export const fieldInput = v.strictObject({
  name: s.fieldName,
  value: s.secretBytes,
  variable: v.exactOptional(v.nullable(s.variableName)),
});
export const fieldInputs = v.pipe(v.array(fieldInput), v.maxLength(20));

/** What was recognised in a pasted text. The text itself stays in the agent under `draftId`. */
export const draft = v.strictObject({
  draftId: s.id,
  candidates: v.array(
    v.strictObject({
      provider: providerView,
      format: v.string(),
      kind: s.keyKind,
      confidence: v.picklist(['certain', 'possible']),
    }),
  ),
  chosen: v.nullable(s.providerId),
  kind: s.keyKind,
  suggestedName: v.string(),
  fields: v.array(
    v.strictObject({
      name: s.fieldName,
      label: v.string(),
      help: v.string(),
      variable: v.nullable(s.variableName),
      secret: v.boolean(),
      required: v.boolean(),
      filled: v.boolean(),
      masked: v.string(),
    }),
  ),
  /** Facts that the provider file knows for this kind of key. */
  facts: someFacts,
  hints: v.array(v.string()),
  warnings: v.array(s.warning),
});
