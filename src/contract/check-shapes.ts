// What asking providers looks like from outside the agent: results, what was told, providers as a page shows them. Texts that came
// from a provider are bounded, cleaned and redacted before they get here; they are text and never markup.
import * as v from 'valibot';
import { providerView } from './key-shapes.ts';
import * as s from './shapes.ts';

export const askedState = v.picklist([
  'valid',
  'blocked',
  'invalid',
  'malformed',
  'not-activated',
  'expired',
  'unreachable',
  'not-checkable',
]);

export const toldFact = v.picklist([
  'expiresAt',
  'createdAt',
  'lastUsedAt',
  'scopes',
  'owner',
  'account',
  'organisation',
  'name',
  'quota',
]);

/** One key, asked now. */
export const checkResult = v.strictObject({
  id: s.id,
  name: v.string(),
  provider: v.nullable(s.providerId),
  state: askedState,
  reason: v.string(),
  next: v.string(),
  httpStatus: v.nullable(s.count),
  checkedAt: s.timeMs,
  /** What was known before: the state of the key, so that a summary tells what changed. */
  before: s.keyState,
  /** As told by the provider, else as recorded: YYYY-MM-DD or ISO 8601 in UTC. */
  expiresAt: v.nullable(v.string()),
  scopes: v.array(v.string()),
  /** Facts that differ from what is recorded. */
  differs: v.array(toldFact),
});

export const checkSummary = v.strictObject({
  results: v.array(checkResult),
  /** True where a person stopped it; what was asked by then is in `results`. */
  stopped: v.boolean(),
  /** What changed, in one sentence. */
  sentence: v.string(),
});

export const checkRun = v.strictObject({
  state: askedState,
  reason: v.string(),
  next: v.string(),
  httpStatus: v.nullable(s.count),
  /** Number of the version that was asked about; null where that version was deleted. */
  version: v.nullable(s.count),
  fromMs: s.timeMs,
  toMs: s.timeMs,
  count: s.count,
  timesMs: v.array(s.timeMs),
});

export const toldEntry = v.strictObject({
  fact: toldFact,
  label: v.string(),
  /** In words, as it is shown. */
  told: v.string(),
  /** What is recorded in the key; null where nothing is. */
  recorded: v.nullable(v.string()),
  differs: v.boolean(),
  /** Whether `keys.takeTold` can write it into the key. */
  canTake: v.boolean(),
  atMs: s.timeMs,
});

/** What is known from asking about one key. */
export const keyChecks = v.strictObject({
  runs: v.array(checkRun),
  told: v.array(toldEntry),
  /** Null where it can be asked; else why not, and what to do. */
  cannotAsk: v.nullable(v.strictObject({ reason: v.string(), next: v.string() })),
  /** What asking costs, in words; the address that is asked, without anything secret. */
  cost: v.string(),
  asks: v.nullable(v.string()),
  unattended: v.strictObject({
    /** The person's word. */
    consent: v.picklist(['as-provided', 'yes', 'no']),
    /** What comes of it, and why, in words. */
    happens: v.boolean(),
    why: v.string(),
    nextAtMs: v.nullable(s.timeMs),
  }),
});

const dayCount = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3_650));
export const leadDays = v.nullable(v.pipe(v.array(dayCount), v.maxLength(20)));

/** What a person wants watched about a key. */
const careEntries = {
  scheduled: v.picklist(['as-provided', 'yes', 'no']),
  leadDays,
  rotateEveryDays: v.nullable(dayCount),
  ownDates: v.pipe(v.array(v.strictObject({ label: s.name, day: s.day })), v.maxLength(50)),
  snoozedUntilMs: v.nullable(s.timeMs),
  ownerLeft: v.boolean(),
  /** Nobody has its current value any more. */
  lost: v.boolean(),
  waiting: v.nullable(v.strictObject({ who: s.line, what: s.line, sinceMs: s.timeMs })),
} as const;
export const keyCare = v.strictObject(careEntries);
export const someCare = v.partial(keyCare);

export const policyRule = v.strictObject({
  projectId: v.nullable(s.id),
  environmentId: v.nullable(s.id),
  kind: v.nullable(s.keyKind),
  leadDays,
  rotateEveryDays: v.nullable(dayCount),
  unusedAfterDays: v.nullable(dayCount),
});
export const policyRules = v.pipe(v.array(policyRule), v.maxLength(s.limits.list));

export const providerEntry = v.strictObject({
  ...providerView.entries,
  category: v.picklist(['saas', 'server', 'internal']),
  /** Names that it is taken for, with their domains. */
  nearNames: v.array(v.strictObject({ name: v.string(), domain: v.string(), difference: v.string() })),
  check: v.boolean(),
  rotate: v.picklist(['api', 'self', 'guided']),
  /** `update`: a built-in one whose facts an update file replaced. */
  origin: v.picklist(['built-in', 'own', 'update']),
  keys: s.count,
  configured: v.boolean(),
});

const words = v.array(v.string());
const fact = v.strictObject({
  text: v.string(),
  source: v.string(),
  verifiedOn: s.day,
  uncertain: v.boolean(),
  /** Looked at too long ago to be taken for sure. */
  old: v.boolean(),
});

/** Everything a provider file says, in words. */
export const providerPage = v.strictObject({
  entry: providerEntry,
  otherNames: words,
  formats: v.array(
    v.strictObject({ label: v.string(), kind: s.keyKind, looks: v.string(), sure: v.boolean() }),
  ),
  fields: v.array(
    v.strictObject({
      name: s.fieldName,
      label: v.string(),
      variable: v.string(),
      secret: v.boolean(),
      help: v.string(),
    }),
  ),
  portals: v.array(v.strictObject({ environment: v.string(), url: v.string(), path: v.string() })),
  create: v.string(),
  revoke: v.string(),
  limits: words,
  reveal: words,
  editable: words,
  expiry: v.string(),
  money: v.strictObject({ moves: v.boolean(), why: v.string() }),
  lifecycle: v.array(v.strictObject({ state: v.string(), text: v.string(), who: v.string() })),
  check: v.strictObject({
    possible: v.boolean(),
    why: v.string(),
    asks: words,
    /** The same for a shell, with names of environment variables in place of values; several lines each. */
    shell: words,
    never: words,
    decisions: v.array(
      v.strictObject({ when: v.string(), state: askedState, reason: v.string(), next: v.string() }),
    ),
    tells: words,
  }),
  rotation: v.strictObject({
    mode: v.picklist(['api', 'self', 'guided']),
    overlap: v.boolean(),
    needs: v.string(),
    steps: words,
  }),
  settings: v.array(
    v.strictObject({
      name: v.string(),
      label: v.string(),
      help: v.string(),
      usual: v.nullable(v.string()),
      value: v.nullable(v.string()),
    }),
  ),
  baseUrl: v.nullable(v.string()),
  facts: v.array(fact),
  /** The newest day on which one of its facts was verified, and whether that is too long ago. */
  verifiedOn: s.day,
  old: v.boolean(),
});

export const dueWhy = v.picklist(['expires', 'rotate', 'date', 'activate']);

/** Something that wants a person. */
export const dueEntry = v.strictObject({
  /** Opaque; the same in the schedule outside the vault. */
  id: s.id,
  keyId: s.id,
  name: v.string(),
  provider: v.nullable(s.providerId),
  kind: s.keyKind,
  environmentIds: v.array(s.id),
  why: dueWhy,
  /** What it is, in words: "expires", "turn it: 94 days old, every 90", a date's own label. */
  what: v.string(),
  /** YYYY-MM-DD */
  due: s.day,
  /** The moment from which it counts, by the earliest reading. */
  dueMs: s.timeMs,
  /** Whole days until then; negative when past. */
  inDays: v.pipe(v.number(), v.integer()),
  /** Within its lead time, and so counted and told. */
  now: v.boolean(),
  snoozedUntilMs: v.nullable(s.timeMs),
  /** How it can be turned, where that is what it wants; the turn that is under way, if one is. */
  turn: v.exactOptional(
    v.strictObject({
      way: v.pipe(v.string(), v.maxLength(60)),
      label: v.pipe(v.string(), v.maxLength(300)),
      rotationId: v.nullable(s.id),
    }),
  ),
});
