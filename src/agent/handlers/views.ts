// The domain in the contract's words. Copies, since what leaves must not be what is kept.
import type { CallOutput } from '../../contract/contract.ts';
import { environmentsOf, type Book, type HeldEnvironment } from '../../core/keys/book.ts';
import { factsOf } from '../../core/keys/facts.ts';
import type { StoredKey } from '../../core/model/key.ts';
import type { ConsumerDefinition } from '../../core/providers/consumers.ts';
import type { ProviderDefinition } from '../../core/providers/provider.ts';

type Overview = CallOutput<'overview.read'>;
type ProviderView = Overview['providers'][number];
type ProjectView = Overview['projects'][number];

const monogramOf = (name: string): string => {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const letters = words.length > 1 ? words.map((word) => word.charAt(0)).join('') : (words[0] ?? '?');
  return `${letters.charAt(0).toUpperCase()}${letters.charAt(1).toLowerCase()}`;
};

export const viewProvider = ({ id, name, domain }: ProviderDefinition): ProviderView => ({
  id,
  name,
  domain,
  monogram: monogramOf(name),
});

export const viewConsumer = (consumer: ConsumerDefinition): Overview['consumers'][number] => ({
  name: consumer.name,
  domain: consumer.domain,
  takes: [...consumer.takes],
  readOnly: consumer.access === 'read-only',
  beforehand: [...consumer.beforehand],
  pastePlace: consumer.pastePlace,
  pasteRisk: consumer.pasteRisk,
  dataNote: consumer.dataNote,
  rotationStep: consumer.rotationStep,
  exception: consumer.emptyAllowlistReason ?? null,
  source: consumer.source,
  verifiedOn: consumer.verifiedOn,
});

const count = (ids: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};

/** Projects by name, the default one first; their environments in their order; counts of what is not removed. */
export const viewProjects = (book: Book): ProjectView[] => {
  const living = [...book.keys.values()].filter(({ body }) => body.removedAtMs === null);
  const perEnvironment = count(living.flatMap(({ body }) => body.environmentIds));
  const perProject = count(living.map(({ body }) => body.projectId));
  const variables = count([...book.variables.values()].map(({ body }) => body.environmentId));
  const viewEnvironment = ({ id, body }: HeldEnvironment): ProjectView['environments'][number] => ({
    id,
    projectId: body.projectId,
    name: body.name,
    kind: body.kind,
    order: body.order,
    keys: perEnvironment.get(id) ?? 0,
    variables: variables.get(id) ?? 0,
  });
  return [...book.projects.values()]
    .sort((left, right) => left.body.name.localeCompare(right.body.name))
    .map(({ id, body }) => ({
      id,
      name: body.name,
      keys: perProject.get(id) ?? 0,
      environments: environmentsOf(book, id).map(viewEnvironment),
    }));
};

/** A stored key's facts as the contract has them: lists a receiver may change. */
export const viewFacts = (key: StoredKey): CallOutput<'keys.read'>['facts'] => {
  const facts = factsOf(key);
  return {
    ...facts,
    ipAllowlist: [...facts.ipAllowlist],
    roles: [...facts.roles],
    tags: [...facts.tags],
  };
};
