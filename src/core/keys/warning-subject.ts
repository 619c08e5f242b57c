// A stored key as the warnings look at it.
import type { RecordId } from '../model/ids.ts';
import type { StoredKey } from '../model/key.ts';
import type { KeyWarning } from '../model/warning.ts';
import { findProvider, unknownProviderId } from '../providers/catalogue.ts';
import { judgeValue } from '../providers/check-value.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import { recognise } from '../providers/recognise.ts';
import { currentVersion, type Book, type HeldKey } from './book.ts';
import type { Warning, WarningEnvironment, WarningField, WarningPeer, WarningSubject } from './warning.ts';

/** Said of a part that is no secret and is there; such values are never compared. */
const present = 'present';

const environmentsIn = (book: Book, key: StoredKey): readonly WarningEnvironment[] =>
  key.environmentIds.flatMap((id) => {
    const environment = book.environments.get(id)?.body;
    return environment === undefined ? [] : [{ id, name: environment.name, kind: environment.kind }];
  });

const fieldsOf = (key: StoredKey): readonly WarningField[] => {
  const { fields, fingerprints } = currentVersion(key);
  return fields.map(({ name, secret }) => ({
    name,
    secret,
    fingerprint: secret ? fingerprints[name] : present,
  }));
};

const commonPart = (book: Book, key: StoredKey): Omit<WarningPeer, 'id'> => {
  const account = key.account === '' ? key.organisation : key.account;
  return {
    name: key.name,
    provider: key.provider ?? unknownProviderId,
    kind: key.kind,
    ...(account === '' ? {} : { account }),
    environments: environmentsIn(book, key),
    fields: fieldsOf(key),
    ended: key.removedAtMs !== null,
  };
};

export const toPeer = (book: Book, held: HeldKey): WarningPeer => ({
  id: held.id,
  ...commonPart(book, held.body),
});

const classIdOf = (definition: ProviderDefinition | undefined, key: StoredKey): string => {
  const classes = definition?.classes ?? [];
  const access = { standard: 'full', restricted: 'limited', 'read-only': 'read-only', unknown: 'unknown' }[
    key.class
  ];
  return (
    (classes.find(({ id }) => id === key.class) ?? classes.find((each) => each.access === access))?.id ??
    key.class
  );
};

const addressesOf = (key: StoredKey): readonly string[] => [
  ...(key.portalUrl === '' ? [] : [key.portalUrl]),
  ...currentVersion(key).fields.flatMap(({ value }) => (value?.includes('://') === true ? [value] : [])),
];

/** @param id undefined while the key is being added */
export const toSubject = (book: Book, key: StoredKey, id: RecordId | undefined): WarningSubject => {
  const definition = key.provider === null ? undefined : findProvider(key.provider);
  const exception = key.consumers.find((consumer) => consumer.exception !== null)?.exception;
  return {
    ...commonPart(book, key),
    id,
    definition,
    classId: classIdOf(definition, key),
    ...(key.createdOn === null ? {} : { createdOn: key.createdOn }),
    ...(key.expiresOn === null ? {} : { expiresOn: key.expiresOn }),
    // An empty list may be one that nobody has filled in: it counts as unknown.
    ...(key.ipAllowlist.length === 0 ? {} : { ipAllowlist: key.ipAllowlist }),
    ...(exception === undefined || exception === null ? {} : { allowlistException: exception }),
    consumers: key.consumers.map(({ name }) => name),
    arrivedBy: key.arrival,
    addresses: addressesOf(key),
    variables: currentVersion(key).fields.flatMap(({ variable }) => (variable === null ? [] : [variable])),
  };
};

/** Adds what only the values themselves tell, while they are at hand. */
export const withValues = (
  subject: WarningSubject,
  values: Readonly<Record<string, string>>,
): WarningSubject => {
  const { definition } = subject;
  if (definition === undefined) return subject;
  const judged = new Map(
    Object.entries(values).map(([name, value]) => [name, judgeValue(definition, name, value)] as const),
  );
  const other = [...judged.values()].find(({ otherProvider }) => otherProvider !== undefined)?.otherProvider;
  const sample = Object.values(values).some((value) =>
    recognise(value).candidates.some(({ publishedSample }) => publishedSample),
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
