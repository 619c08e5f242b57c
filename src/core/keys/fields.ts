// From given values to the parts of a version: which are secret, under which variable each is exported, what may be shown.
import { fail } from '../model/app-error.ts';
import type { KeyField, KeyVersion, StoredKey } from '../model/key.ts';
import { ok, type Result } from '../model/result.ts';
import { maskField } from '../providers/mask.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import type { Change } from '../vault/vault-types.ts';
import type { Work } from './edit.ts';
import { textOf, writeSecretBody } from './secret-body.ts';

/** A value as it arrived; the bytes are borrowed. An absent variable means the ordinary one. */
export type GivenField = {
  readonly name: string;
  readonly value: Uint8Array;
  readonly variable?: string | null | undefined;
};

/** Parts that are no secret where no provider file says otherwise: the words of shared/cli.md. */
const plainNames: ReadonlySet<string> = new Set([
  'host',
  'port',
  'user',
  'database',
  'teamId',
  'organizationId',
  'accessKeyId',
  'name',
]);

/** Whether a part must be sealed. */
export const isSecretField = (provider: ProviderDefinition | undefined, name: string): boolean =>
  provider?.fields.find((field) => field.name === name)?.secret ?? !plainNames.has(name);

const toVariable = (text: string): string | null => {
  const name = text
    .normalize('NFKD')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return /^[A-Z]/.test(name) ? name : null;
};

/** The variable a part is exported under unless a person chooses another; null where no name can be made. */
export const ordinaryVariable = (
  provider: ProviderDefinition | undefined,
  keyName: string,
  field: string,
): string | null =>
  provider?.fields.find(({ name }) => name === field)?.variable ??
  toVariable(field === 'secret' ? keyName : `${keyName}_${field}`);

export type GivenValues = {
  readonly values: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string | null>>;
};

/** Given fields as texts. `bad-input` for a value that is empty, given twice or no UTF-8. */
export const readGivenFields = (given: readonly GivenField[]): Result<GivenValues> => {
  const values: Record<string, string> = {};
  const variables: Record<string, string | null> = {};
  for (const { name, value, variable } of given) {
    const text = textOf(value);
    const wrong = (message: string): Result<never> =>
      fail('bad-input', message, 'Correct it.', { field: name });
    if (text === null) return wrong(`The value of ${name} is not text in UTF-8.`);
    if (text === '') return wrong(`The value of ${name} is empty.`);
    if (Object.hasOwn(values, name)) return wrong(`${name} is given twice.`);
    values[name] = text;
    if (variable !== undefined) variables[name] = variable;
  }
  return ok({ values, variables });
};

/** The number of the next version. After a turn that went back the current one is not the newest. */
export const nextNumber = (key: StoredKey): number =>
  1 + Math.max(0, ...key.versions.map(({ number }) => number));

export type Making = {
  readonly provider: ProviderDefinition | undefined;
  readonly keyName: string;
  readonly values: Readonly<Record<string, string>>;
  /** Chosen variables by field; what is absent takes the ordinary one. */
  readonly variables: Readonly<Record<string, string | null>>;
  readonly number: number;
};

const makeField = (making: Making, name: string, value: string): KeyField => {
  const secret = isSecretField(making.provider, name);
  const chosen = making.variables[name];
  return {
    name,
    variable: chosen === undefined ? ordinaryVariable(making.provider, making.keyName, name) : chosen,
    secret,
    value: secret ? null : value,
    masked: secret ? maskField(making.provider, name, value) : value,
  };
};

const fieldOrder = (provider: ProviderDefinition | undefined, name: string): number => {
  const index = provider?.fields.findIndex((field) => field.name === name) ?? -1;
  return index < 0 ? Number.MAX_SAFE_INTEGER : index;
};

/** A new version and the change that seals its secret parts. Whoever commits the change wipes it. */
export const makeVersion = (
  work: Work,
  making: Making,
): { readonly version: KeyVersion; readonly changes: readonly Change[] } => {
  const names = Object.keys(making.values).sort(
    (left, right) => fieldOrder(making.provider, left) - fieldOrder(making.provider, right),
  );
  const fields = names.map((name) => makeField(making, name, making.values[name] ?? ''));
  const secrets = Object.fromEntries(
    fields.filter((field) => field.secret).map(({ name }) => [name, making.values[name] ?? '']),
  );
  const fingerprints = Object.fromEntries(
    Object.entries(secrets).map(([name, value]) => [name, work.fingerprint(new TextEncoder().encode(value))]),
  );
  const id = work.newId();
  const version: KeyVersion = {
    id,
    number: making.number,
    addedAtMs: work.nowMs,
    addedBy: work.by,
    replacedAtMs: null,
    fields,
    fingerprints,
  };
  if (Object.keys(secrets).length === 0) return { version, changes: [] };
  const bytes = writeSecretBody(secrets);
  return { version, changes: [{ op: 'put', table: 'secret', id, bytes, expected: 0 }] };
};
