// Changing what is known about a key, and giving it a new value. Old versions stay until a person empties them.
import { fail } from '../model/app-error.ts';
import type { RecordId } from '../model/ids.ts';
import type { KeyFacts, StoredKey } from '../model/key.ts';
import { ok, type Result } from '../model/result.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import { checkName, checkPlaces, checkProvider } from './add-key.ts';
import { currentVersion, type HeldKey } from './book.ts';
import { followProvider } from './defaults.ts';
import { findLiving, noteKey, overwrite, type Edit, type Work } from './edit.ts';
import { changedFacts, chooseFacts, type GivenFacts } from './facts.ts';
import { makeVersion, nextNumber, type GivenValues } from './fields.ts';
import { arrangeValues } from './arrange-values.ts';
import { recogniseValues } from './recognise-values.ts';
import { putTurnCare } from './turns/turn-care.ts';
import type { Change } from '../vault/vault-types.ts';

export type KeyEdit = {
  readonly id: RecordId;
  /** The revision that the person looked at; another one is a conflict. */
  readonly revision?: number | undefined;
  readonly facts?: GivenFacts | undefined;
  readonly environmentIds?: readonly RecordId[] | undefined;
  readonly variables?: Readonly<Record<string, string | null>> | undefined;
  readonly correction?: boolean | undefined;
};

const checkExpiry = (held: HeldKey, edit: KeyEdit, changed: readonly string[]): Result<undefined> => {
  if (!changed.includes('expiresOn') || !held.body.expiryFixed || edit.correction === true)
    return ok(undefined);
  // A fixed expiry that nobody has entered yet may be entered once.
  if (held.body.expiresOn === null) return ok(undefined);
  return fail(
    'refused',
    `${held.body.name} keeps the expiry it was created with: its provider does not let it change.`,
    'Create a new key at the provider. If the date was entered wrongly, say that this is a correction.',
    { field: 'expiresOn' },
  );
};

const withVariables = (
  key: StoredKey,
  variables: Readonly<Record<string, string | null>>,
): Result<StoredKey['versions']> => {
  const current = currentVersion(key);
  const unknown = Object.keys(variables).find((name) => !current.fields.some((field) => field.name === name));
  if (unknown !== undefined) {
    return fail('bad-input', `The key has no field called ${unknown}.`, 'Choose one of its fields.', {
      field: unknown,
    });
  }
  const fields = current.fields.map((field) => {
    const chosen = variables[field.name];
    return chosen === undefined ? field : { ...field, variable: chosen };
  });
  return ok([...key.versions.slice(0, -1), { ...current, fields }]);
};

/** Facts whose old and new words stand in the history: what a provider lets change without a new value, and dates. */
const toldFacts = ['portalName', 'ipAllowlist', 'roles', 'class', 'createdOn', 'expiresOn'] as const;

const maxToldLength = 120;

const wordsOf = (value: string | readonly string[] | null | undefined): string => {
  const text = typeof value === 'string' ? value : (value ?? []).join(', ');
  if (text === '') return 'none';
  return text.length > maxToldLength ? `${text.slice(0, maxToldLength)}…` : text;
};

const changeWords = (name: string, before: KeyFacts, given: GivenFacts): string => {
  const told = toldFacts.find((each) => each === name);
  return told === undefined ? name : `${name} from ${wordsOf(before[told])} to ${wordsOf(given[told])}`;
};

const describe = (edit: KeyEdit, facts: readonly string[], before: KeyFacts): string => {
  const parts = [
    ...facts.map((name) => changeWords(name, before, edit.facts ?? {})),
    ...(edit.environmentIds === undefined ? [] : ['environments']),
    ...(edit.variables === undefined ? [] : ['variables']),
  ];
  const fixed =
    facts.includes('expiresOn') && edit.correction === true ? ' (the expiry as a correction)' : '';
  return `${parts.join(', ')}${fixed}`;
};

const follow = (work: Work, held: HeldKey, given: GivenFacts): Partial<KeyFacts> => {
  const providerOf = (id: string | null): ProviderDefinition | undefined =>
    id === null ? undefined : work.provider(id);
  const { body } = held;
  const after = given.provider === undefined ? body.provider : given.provider;
  const kind = given.kind ?? body.kind;
  const createdOn = given.createdOn === undefined ? body.createdOn : given.createdOn;
  if (after === body.provider && kind === body.kind && createdOn === body.createdOn) return {};
  const facts = followProvider(body, providerOf(body.provider), { kind, createdOn }, providerOf(after));
  return given.expiresOn === null ? { ...facts, expiresOn: null } : facts;
};

/** Changes facts, environments and variables. `not-found`, `conflict`, `bad-input`, `already-exists`, `refused`. */
export const editKey = (work: Work, edit: KeyEdit): Result<Edit<undefined>> => {
  const found = findLiving(work.book, edit.id);
  if (!found.ok) return found;
  const held = found.value;
  if (edit.revision !== undefined && edit.revision !== held.revision) {
    return fail(
      'conflict',
      `${held.body.name} was changed meanwhile.`,
      'Look at it again, then repeat your change.',
    );
  }
  const given = edit.facts ?? {};
  const changed = changedFacts(held.body, given);
  const allowed = checkExpiry(held, edit, changed);
  if (!allowed.ok) return allowed;
  const provider = checkProvider(work, given.provider);
  if (!provider.ok) return provider;
  const places = checkPlaces(work, held.body.projectId, edit.environmentIds ?? held.body.environmentIds);
  if (!places.ok) return places;
  const name = checkName(work, given.name ?? held.body.name, places.value, held.id);
  if (!name.ok) return name;
  const versions = withVariables(held.body, edit.variables ?? {});
  if (!versions.ok) return versions;
  const next: StoredKey = {
    ...held.body,
    ...follow(work, held, given),
    ...chooseFacts(given, changed),
    environmentIds: places.value,
    versions: versions.value,
    changedAtMs: work.nowMs,
  };
  const what = describe(edit, changed, held.body);
  return ok({
    value: undefined,
    changes: [overwrite(held, next)],
    audit: [noteKey('key-edited', work, what, held)],
  });
};

const keptVariables = (key: StoredKey): Readonly<Record<string, string | null>> =>
  Object.fromEntries(currentVersion(key).fields.map((field) => [field.name, field.variable]));

/** The provider knows another value by another id: a turn must not revoke by the one before. */
const forgetRemoteId = (work: Work, id: RecordId): readonly Change[] => {
  const care = work.book.turnCares.get(id)?.body;
  return care === undefined || care.remoteId === null ? [] : putTurnCare(work, { ...care, remoteId: null });
};

/**
 * A new version from new values. A field that is not given keeps its value: `current` holds the secret ones.
 * `not-found`, `bad-input`, `refused`.
 */
export const replaceValue = (
  work: Work,
  id: RecordId,
  given: GivenValues,
  current: Readonly<Record<string, string>>,
): Result<Edit<undefined>> => {
  const found = findLiving(work.book, id);
  if (!found.ok) return found;
  const held = found.value;
  const before = currentVersion(held.body);
  if (Object.keys(given.values).length === 0) {
    return fail('bad-input', 'There is no new value.', 'Paste it, or fill in a field.', { field: 'secret' });
  }
  const plain = Object.fromEntries(
    before.fields.filter((field) => field.value !== null).map((field) => [field.name, field.value ?? '']),
  );
  const provider = held.body.provider === null ? undefined : work.provider(held.body.provider);
  const kept = { ...plain, ...current };
  const arranged = arrangeValues(provider, given, kept);
  const values = { ...kept, ...arranged.values };
  const recognised = recogniseValues(provider, values, work.book.catalogue());
  const made = makeVersion(work, {
    provider,
    keyName: held.body.name,
    values,
    variables: { ...keptVariables(held.body), ...arranged.variables },
    number: nextNumber(held.body),
  });
  const next: StoredKey = {
    ...held.body,
    // A value that says what it is is right about it; one that does not leaves what a person chose.
    kind: recognised.kind === 'unknown' ? held.body.kind : recognised.kind,
    versions: [...held.body.versions.slice(0, -1), { ...before, replacedAtMs: work.nowMs }, made.version],
    changedAtMs: work.nowMs,
  };
  const what = `version ${String(made.version.number)} (${Object.keys(arranged.values).join(', ')})`;
  return ok({
    value: undefined,
    changes: [...made.changes, overwrite(held, next), ...forgetRemoteId(work, id)],
    audit: [noteKey('key-replaced', work, what, held)],
  });
};
