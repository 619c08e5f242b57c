// What a metadata record of the vault may hold, by `type`, and the strict reading of it. A record of a type or form that
// this version does not know is kept as it is, counted as unreadable, and never dropped or rewritten.
import {
  environmentKinds,
  type Environment,
  type PlainVariable,
  type Project,
} from '../model/environment.ts';
import type { JsonObject } from '../model/json.ts';
import {
  askedStates,
  scheduleConsents,
  toldNames,
  type KeyCare,
  type KeyLog,
  type OwnProvider,
  type Policies,
  type ProviderSettings,
} from '../model/key-log.ts';
import { arrivals, keyClasses, keyKinds, revealabilities, type StoredKey } from '../model/key.ts';
import type { Finding } from '../model/finding.ts';
import type { LeakCare, LeakScrub } from '../model/leak-care.ts';
import type { Rotation, TrackedFile, TurnCare } from '../model/rotation.ts';
import {
  isBoolean,
  isCount,
  isListOf,
  isNullOr,
  isOneOf,
  isRecordOf,
  isShape,
  isText,
  type Guard,
} from './guards.ts';
import { isFinding, isLeakCare, isLeakScrub } from './stored-findings.ts';
import { isId, isRotation, isTrackedFile, isTurnCare, isVersion } from './stored-turns.ts';

export type StoredProject = Omit<Project, 'id'> & { readonly type: 'project' };
export type StoredEnvironment = Omit<Environment, 'id'> & { readonly type: 'environment' };
export type StoredVariable = Omit<PlainVariable, 'id'> & { readonly type: 'variable' };
export type Stored =
  | StoredProject
  | StoredEnvironment
  | StoredVariable
  | StoredKey
  | KeyLog
  | KeyCare
  | ProviderSettings
  | OwnProvider
  | Policies
  | Rotation
  | TurnCare
  | TrackedFile
  | Finding
  | LeakCare
  | LeakScrub;

const isTexts = isListOf(isText);
const isTextOrNull = isNullOr(isText);

const isConsumer = isShape({ name: isText, purpose: isText, handedOn: isText, exception: isTextOrNull });

const isKey: Guard<StoredKey> = isShape({
  type: isOneOf(['key']),
  name: isText,
  portalName: isText,
  provider: isTextOrNull,
  kind: isOneOf(keyKinds),
  class: isOneOf(keyClasses),
  account: isText,
  organisation: isText,
  team: isText,
  owner: isText,
  ipAllowlist: isTexts,
  roles: isTexts,
  createdOn: isTextOrNull,
  expiresOn: isTextOrNull,
  expiryFixed: isBoolean,
  revealable: isOneOf(revealabilities),
  movesMoney: isBoolean,
  quotaPool: isText,
  auditEmail: isText,
  portalUrl: isText,
  arrival: isOneOf(arrivals),
  notes: isText,
  tags: isTexts,
  projectId: isId,
  environmentIds: isListOf(isId),
  consumers: isListOf(isConsumer),
  versions: isListOf(isVersion),
  removedAtMs: isNullOr(isCount),
  addedAtMs: isCount,
  changedAtMs: isCount,
});

const isProject: Guard<StoredProject> = isShape({ type: isOneOf(['project']), name: isText });

const isEnvironment: Guard<StoredEnvironment> = isShape({
  type: isOneOf(['environment']),
  projectId: isId,
  name: isText,
  kind: isOneOf(environmentKinds),
  order: isCount,
});

const isVariable: Guard<StoredVariable> = isShape({
  type: isOneOf(['variable']),
  environmentId: isId,
  name: isText,
  value: isText,
  order: isCount,
});

const isRun = isShape({
  state: isOneOf(askedStates),
  reason: isText,
  next: isText,
  httpStatus: isNullOr(isCount),
  versionId: isId,
  fromMs: isCount,
  toMs: isCount,
  count: isCount,
  timesMs: isListOf(isCount),
});

const isTextOrTexts: Guard<string | readonly string[]> = (value): value is string | readonly string[] =>
  isText(value) || isTexts(value);

const isKeyLog: Guard<KeyLog> = isShape({
  type: isOneOf(['key-log']),
  keyId: isId,
  runs: isListOf(isRun),
  told: isListOf(isShape({ fact: isOneOf(toldNames), value: isTextOrTexts, atMs: isCount })),
  usedAtMs: isNullOr(isCount),
});

const isDaysOrNull = isNullOr(isListOf(isCount));

const careShape = {
  type: isOneOf(['key-care']),
  keyId: isId,
  scheduled: isOneOf(scheduleConsents),
  leadDays: isDaysOrNull,
  rotateEveryDays: isNullOr(isCount),
  ownDates: isListOf(isShape({ label: isText, day: isText })),
  snoozedUntilMs: isNullOr(isCount),
  ownerLeft: isBoolean,
  waiting: isNullOr(isShape({ who: isText, what: isText, sinceMs: isCount })),
} as const;
const isPlainCare = isShape(careShape);
const isCareOfLost = isShape({ ...careShape, lost: isShape({ versionId: isId, sinceMs: isCount }) });

/** The one entry that may be missing: vaults from before it are full of records without it. */
const isKeyCare: Guard<KeyCare> = (value): value is KeyCare => isPlainCare(value) || isCareOfLost(value);

const isProviderSettings: Guard<ProviderSettings> = isShape({
  type: isOneOf(['provider-settings']),
  provider: isText,
  baseUrl: isTextOrNull,
  values: isRecordOf(isText),
});

const isOwnProvider: Guard<OwnProvider> = isShape({
  type: isOneOf(['own-provider']),
  provider: isText,
  definition: isText,
  addedAtMs: isCount,
  source: isText,
});

const isPolicies: Guard<Policies> = isShape({
  type: isOneOf(['policies']),
  rules: isListOf(
    isShape({
      projectId: isNullOr(isId),
      environmentId: isNullOr(isId),
      kind: isNullOr(isOneOf(keyKinds)),
      leadDays: isDaysOrNull,
      rotateEveryDays: isNullOr(isCount),
      unusedAfterDays: isNullOr(isCount),
    }),
  ),
});

const guards: Readonly<Record<Stored['type'], Guard<Stored>>> = {
  project: isProject,
  environment: isEnvironment,
  variable: isVariable,
  key: isKey,
  'key-log': isKeyLog,
  'key-care': isKeyCare,
  'provider-settings': isProviderSettings,
  'own-provider': isOwnProvider,
  policies: isPolicies,
  rotation: isRotation,
  'turn-care': isTurnCare,
  'tracked-file': isTrackedFile,
  finding: isFinding,
  'leak-care': isLeakCare,
  'leak-scrub': isLeakScrub,
};

/** Reads a record's body; null where its type or form is not one that this version knows. */
export const readStored = (body: JsonObject): Stored | null => {
  const type = body['type'];
  if (typeof type !== 'string' || !Object.hasOwn(guards, type)) return null;
  const guard = guards[type as Stored['type']];
  return guard(body) && hasVersion(body) ? body : null;
};

const hasVersion = (stored: Stored): boolean => stored.type !== 'key' || stored.versions.length > 0;

/** The body as the vault takes it. */
export const toBody = (stored: Stored): JsonObject => stored;
