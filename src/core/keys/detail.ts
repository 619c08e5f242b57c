// One key with everything that is known about it but its secret: facts, versions, consumers, the provider's pages and hints.
import type { Consumer, KeyFacts, KeyField, KeyVersion, StoredKey } from '../model/key.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import { currentVersion } from './book.ts';

/** The contract's fieldView. */
export type FieldView = {
  readonly name: string;
  readonly label: string;
  readonly variable: string | null;
  readonly secret: boolean;
  readonly value: string | null;
  readonly masked: string;
};

export const viewField = (provider: ProviderDefinition | undefined, field: KeyField): FieldView => ({
  name: field.name,
  label: provider?.fields.find(({ name }) => name === field.name)?.label ?? plainLabel(field.name),
  variable: field.variable,
  secret: field.secret,
  value: field.value,
  masked: field.masked,
});

/** `secretAccessKey` as "Secret access key"; a key of one value has a "Value". */
export const plainLabel = (field: string): string => {
  if (field === 'secret') return 'Value';
  const words = field
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The contract's versionView. */
export type VersionView = {
  readonly id: string;
  readonly number: number;
  readonly current: boolean;
  readonly addedAtMs: number;
  readonly addedBy: string;
  readonly replacedAtMs: number | null;
  readonly fields: FieldView[];
};

const viewVersion = (
  provider: ProviderDefinition | undefined,
  version: KeyVersion,
  current: boolean,
): VersionView => ({
  id: version.id,
  number: version.number,
  current,
  addedAtMs: version.addedAtMs,
  addedBy: version.addedBy,
  replacedAtMs: version.replacedAtMs,
  fields: version.fields.map((field) => viewField(provider, field)),
});

/** Newest first. */
export const viewVersions = (provider: ProviderDefinition | undefined, key: StoredKey): VersionView[] =>
  key.versions.map((version) => viewVersion(provider, version, version === currentVersion(key))).reverse();

export const copyConsumers = (key: StoredKey): Consumer[] =>
  key.consumers.map((consumer) => ({ ...consumer }));

export type PortalView = { readonly id: string; readonly label: string; readonly url: string };

const isWebAddress = (url: string): boolean => /^https:\/\/[^\s/@]+(?:\/|$)/.test(url);

const slug = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** Pages where the key is managed: a person's own link first, then the provider's for its kind. https only. */
export const portalsOf = (provider: ProviderDefinition | undefined, facts: KeyFacts): PortalView[] => {
  const known = (provider?.portals ?? [])
    .filter(({ kinds }) => facts.kind === 'unknown' || kinds.includes(facts.kind))
    .map((portal) => ({
      id: slug(portal.environment),
      label: `${provider?.name ?? ''}, ${portal.environment}: ${portal.path}`,
      url: portal.url,
    }));
  const own = { id: 'own', label: 'Your link', url: facts.portalUrl };
  const isOwn = isWebAddress(own.url) && !known.some(({ url }) => url === own.url);
  return [...(isOwn ? [own] : []), ...known.filter(({ url }) => isWebAddress(url))];
};

const revealHints = {
  once: 'The portal shows this value only once: the vault may hold the only copy.',
  again: '',
  unknown: '',
} as const;

/** A limit of a provider, in words. */
export const limitWords = ({ max, per, approximate }: ProviderDefinition['limits'][number]): string =>
  `At most ${approximate ? 'about ' : ''}${String(max)} keys per ${per}.`;

const expiryHint = (provider: ProviderDefinition): string =>
  provider.expiry.rule === 'fixed-at-creation'
    ? `The expiry is fixed when the key is created. ${provider.expiry.prolong}`
    : '';

/** Sentences of the provider file that matter for a key with these facts. */
export const hintsOf = (
  provider: ProviderDefinition | undefined,
  facts: Pick<KeyFacts, 'kind' | 'revealable' | 'movesMoney'>,
): string[] => {
  if (provider === undefined) return [];
  return [
    facts.movesMoney ? provider.movesMoney.why : '',
    revealHints[facts.revealable],
    expiryHint(provider),
    `Created by ${provider.managedBy.create}.`,
    `Revoked by ${provider.managedBy.revoke}.`,
    ...provider.limits.map(limitWords),
    provider.requestLimit === undefined ? '' : `Requests: ${provider.requestLimit}.`,
    ...provider.lifecycle.map(({ text, who }) => `${text} Who can help: ${who}.`),
    provider.auth.note ?? '',
  ].filter((text) => text !== '');
};
