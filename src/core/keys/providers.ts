// What a vault knows about providers besides what is built in: how one is reached from here, and definitions from outside.
import { fail } from '../model/app-error.ts';
import type { RecordId } from '../model/ids.ts';
import { ok, type Result } from '../model/result.ts';
import { readBaseUrl } from '../providers/ask/address.ts';
import type { ProviderDefinition, SettingDefinition } from '../providers/provider.ts';
import { writeDefinitions } from '../providers/read-definition.ts';
import type { Change } from '../vault/vault-types.ts';
import { create, erase, note, overwrite, type Edit, type Work } from './edit.ts';

const idOf = (work: Work, what: string, provider: string): RecordId =>
  work.fingerprint(new TextEncoder().encode(`${what} ${provider}`));

const findDefinition = (work: Work, id: string): Result<ProviderDefinition> => {
  const definition = work.book.catalogue().find(id);
  return definition === undefined
    ? fail('not-found', `There is no provider "${id}".`, 'See them all in the list of providers.')
    : ok(definition);
};

export type Configuration = {
  /** null takes it away, undefined leaves it. */
  readonly baseUrl?: string | null | undefined;
  readonly values?: Readonly<Record<string, string | null>> | undefined;
};

const notAnAddress = (what: string, field: string): Result<never> =>
  fail(
    'bad-input',
    `${what} must be an https address, or http on this machine: keys travel to it.`,
    'Give it without name, password, ? and #, for example https://gitlab.example.com.',
    { field },
  );

/** A setting that begins an address of the provider is an address itself. */
const isAddress = ({ check }: ProviderDefinition, { name }: SettingDefinition): boolean =>
  check.possible && check.requests.some(({ url }) => url.startsWith(`{${name}}`));

const readValue = (definition: ProviderDefinition, name: string, value: string): Result<string> => {
  const setting = definition.settings.find((each) => each.name === name);
  if (setting === undefined) {
    const names = definition.settings.map((each) => each.name).join(', ');
    return fail(
      'bad-input',
      `${definition.name} has no setting "${name}".`,
      names === '' ? 'It has none; only its base URL can be set.' : `Its settings: ${names}.`,
      { field: name },
    );
  }
  if (setting.choices !== undefined && !setting.choices.includes(value))
    return fail(
      'bad-input',
      `${setting.label} cannot be "${value}".`,
      `Choose one of ${setting.choices.join(', ')}.`,
      {
        field: name,
      },
    );
  if (!isAddress(definition, setting)) return ok(value);
  const address = readBaseUrl(value);
  return address === undefined ? notAnAddress(setting.label, name) : ok(address);
};

const mergeValues = (
  definition: ProviderDefinition,
  before: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string | null>>,
): Result<Readonly<Record<string, string>>> => {
  const values = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === '') {
      values.delete(name);
      continue;
    }
    const read = readValue(definition, name, value);
    if (!read.ok) return read;
    values.set(name, read.value);
  }
  return ok(Object.fromEntries(values));
};

/** Says how a provider is reached from here. `not-found`, `bad-input`. */
export const configureProvider = (
  work: Work,
  id: string,
  { baseUrl, values }: Configuration,
): Result<Edit<undefined>> => {
  const definition = findDefinition(work, id);
  if (!definition.ok) return definition;
  const held = work.book.providerSettings.get(id);
  const address = typeof baseUrl === 'string' && baseUrl !== '' ? readBaseUrl(baseUrl) : null;
  if (address === undefined) return notAnAddress('A base URL', 'baseUrl');
  const merged = mergeValues(definition.value, held?.body.values ?? {}, values ?? {});
  if (!merged.ok) return merged;
  const next = {
    type: 'provider-settings' as const,
    provider: id,
    baseUrl: baseUrl === undefined ? (held?.body.baseUrl ?? null) : address,
    values: merged.value,
  };
  const isEmpty = next.baseUrl === null && Object.keys(next.values).length === 0;
  if (isEmpty && held === undefined) return ok({ value: undefined, changes: [], audit: [] });
  const put = (): Change =>
    held === undefined ? create(idOf(work, 'provider-settings', id), next) : overwrite(held, next);
  const where = next.baseUrl === null ? 'at its own address' : `at ${next.baseUrl}`;
  return ok({
    value: undefined,
    changes: [isEmpty && held !== undefined ? erase(held) : put()],
    audit: [note('provider-configured', work.by, `${definition.value.name} is asked ${where}`)],
  });
};

export type Added = { readonly added: string[]; readonly updated: string[] };

/** Keeps definitions that readDefinitions has taken. @param source name of the file they came from */
export const addProviders = (
  work: Work,
  definitions: readonly ProviderDefinition[],
  source: string,
): Edit<Added> => {
  const before = work.book.catalogue();
  const changes = definitions.map((definition): Change => {
    const held = work.book.ownProviders.get(definition.id);
    const body = {
      type: 'own-provider' as const,
      provider: definition.id,
      definition: writeDefinitions([definition]),
      addedAtMs: work.nowMs,
      source,
    };
    return held === undefined
      ? create(idOf(work, 'own-provider', definition.id), body)
      : overwrite(held, body);
  });
  const isNew = ({ id }: ProviderDefinition): boolean => before.find(id) === undefined;
  const ids = definitions.map(({ id }) => id).join(', ');
  return {
    value: {
      added: definitions.filter(isNew).map(({ id }) => id),
      updated: definitions.filter((each) => !isNew(each)).map(({ id }) => id),
    },
    changes,
    audit: [note('providers-added', work.by, `${ids} from ${source}`)],
  };
};

/** Takes a definition from outside away; a built-in one is then as built. `not-found`, `refused`. */
export const removeProvider = (work: Work, id: string): Result<Edit<undefined>> => {
  const held = work.book.ownProviders.get(id);
  if (held === undefined) {
    return work.book.catalogue().find(id) === undefined
      ? fail('not-found', `There is no provider "${id}".`, 'See them all in the list of providers.')
      : fail('refused', `${id} is built in and stays.`, 'Only definitions that were added can be removed.');
  }
  const audit = [note('provider-removed', work.by, `${id}, which came from ${held.body.source}`)];
  return ok({ value: undefined, changes: [erase(held)], audit });
};
