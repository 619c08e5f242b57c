// The catalogue as far as looking for keys needs it: what is read of a provider to find and to name its keys, without how it is asked or
// turned. The guard is built with this in the place of the whole (vite.guard.config.ts): a commit waits for every line that it loads.
import type { ProviderDefinition } from '../../core/providers/provider.ts';

const looked = [
  'id',
  'name',
  'domain',
  'hosts',
  'otherNames',
  'envNames',
  'fields',
  'formats',
  'publishedSamples',
] as const;

/** Plain data alone, that JSON carries. */
export const slimCatalogue = (providers: readonly ProviderDefinition[]): readonly ProviderDefinition[] =>
  providers.map(
    (provider) =>
      Object.fromEntries(
        looked.flatMap((name) => (provider[name] === undefined ? [] : [[name, provider[name]]])),
      ) as unknown as ProviderDefinition,
  );
