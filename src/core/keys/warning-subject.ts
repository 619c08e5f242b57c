// A stored key as the warnings look at it.
import type { RecordId } from '../model/ids.ts';
import type { StoredKey } from '../model/key.ts';
import type { KeyWarning } from '../model/warning.ts';
import { unknownProviderId } from '../providers/catalogue.ts';
import { judgeValue } from '../providers/check-value.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import type { Catalogue } from '../providers/whole-catalogue.ts';
import { recognise } from '../providers/recognise.ts';
import { currentVersion, type Book, type HeldEnvironment, type HeldKey } from './book.ts';
import type { Warning, WarningEnvironment, WarningField, WarningPeer, WarningSubject } from './warning.ts';

/** Said of a part that is no secret and is there; such values are never compared. */
const present = 'present';

// What follows runs for each of 10,000 keys before the first list is shown: it makes one object of one form, and what keys share once.

const seenEnvironments = new WeakMap<HeldEnvironment, WarningEnvironment>();

const asSeen = (held: HeldEnvironment): WarningEnvironment => {
  const known = seenEnvironments.get(held);
  if (known !== undefined) return known;
  const seen = { id: held.id, name: held.body.name, kind: held.body.kind };
  seenEnvironments.set(held, seen);
  return seen;
};

const environmentsIn = (book: Book, key: StoredKey): readonly WarningEnvironment[] => {
  const found: WarningEnvironment[] = [];
  for (const id of key.environmentIds) {
    const held = book.environments.get(id);
    if (held !== undefined) found.push(asSeen(held));
  }
  return found;
};

const fieldsOf = (key: StoredKey): readonly WarningField[] => {
  const { fields, fingerprints } = currentVersion(key);
  return fields.map(({ name, secret }) => ({
    name,
    secret,
    fingerprint: secret ? fingerprints[name] : present,
  }));
};

const given = (text: string): string | undefined => (text === '' ? undefined : text);

export const toPeer = (book: Book, { id, body }: HeldKey): WarningPeer => ({
  id,
  name: body.name,
  provider: body.provider ?? unknownProviderId,
  kind: body.kind,
  account: given(body.account) ?? given(body.organisation),
  environments: environmentsIn(book, body),
  fields: fieldsOf(body),
  ended: body.removedAtMs !== null,
});

const accessOf = {
  standard: 'full',
  restricted: 'limited',
  'read-only': 'read-only',
  unknown: 'unknown',
} as const;

const classIdOf = (definition: ProviderDefinition | undefined, key: StoredKey): string => {
  if (definition === undefined) return key.class;
  const { classes } = definition;
  const access = accessOf[key.class];
  return (
    (classes.find(({ id }) => id === key.class) ?? classes.find((each) => each.access === access))?.id ??
    key.class
  );
};

const addressesOf = (key: StoredKey): readonly string[] => {
  const found: string[] = key.portalUrl === '' ? [] : [key.portalUrl];
  for (const { value } of currentVersion(key).fields) if (value?.includes('://') === true) found.push(value);
  return found;
};

/** The names of the variables of the current version. */
export const variablesIn = (key: StoredKey): string[] => {
  const found: string[] = [];
  for (const { variable } of currentVersion(key).fields) if (variable !== null) found.push(variable);
  return found;
};

/** @param id undefined while the key is being added */
export const toSubject = (book: Book, key: StoredKey, id: RecordId | undefined): WarningSubject => {
  const definition = key.provider === null ? undefined : book.catalogue().find(key.provider);
  const exception = key.consumers.find((consumer) => consumer.exception !== null)?.exception;
  return {
    id,
    name: key.name,
    provider: key.provider ?? unknownProviderId,
    kind: key.kind,
    account: given(key.account) ?? given(key.organisation),
    environments: environmentsIn(book, key),
    fields: fieldsOf(key),
    ended: key.removedAtMs !== null,
    definition,
    classId: classIdOf(definition, key),
    createdOn: key.createdOn ?? undefined,
    expiresOn: key.expiresOn ?? undefined,
    // An empty list may be one that nobody has filled in: it counts as unknown.
    ipAllowlist: key.ipAllowlist.length === 0 ? undefined : key.ipAllowlist,
    allowlistException: exception ?? undefined,
    consumers: key.consumers.map(({ name }) => name),
    arrivedBy: key.arrival,
    addresses: addressesOf(key),
    variables: variablesIn(key),
  };
};

/** Adds what only the values themselves tell, while they are at hand. */
export const withValues = (
  subject: WarningSubject,
  values: Readonly<Record<string, string>>,
  { providers }: Catalogue,
): WarningSubject => {
  const { definition } = subject;
  if (definition === undefined) return subject;
  const judged = new Map(
    Object.entries(values).map(
      ([name, value]) => [name, judgeValue(definition, name, value, providers)] as const,
    ),
  );
  const other = [...judged.values()].find(({ otherProvider }) => otherProvider !== undefined)?.otherProvider;
  const sample = Object.values(values).some((value) =>
    recognise(value, {}, providers).candidates.some(({ publishedSample }) => publishedSample),
  );
  return {
    ...subject,
    fields: subject.fields.map((field) => ({ ...field, malformed: judged.get(field.name)?.malformed ?? [] })),
    ...(other === undefined ? {} : { recognisedAs: other }),
    publishedSample: sample,
  };
};

/** A warning as it leaves: the model's four words. */
export const plainWarning = ({ code, severity, message, next }: Warning): KeyWarning => ({
  code,
  severity,
  message,
  next,
});
