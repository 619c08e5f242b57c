// The catalogue by which the guard judges and names. Built, it is a shortened one as text that is parsed once it is wanted (vite.guard.config.ts,
// slim-catalogue.ts): most commits need none of it.
import { builtInProviders } from '../../core/providers/provider-list.ts';
import type { ProviderDefinition } from '../../core/providers/provider.ts';

export const guardCatalogue = (): readonly ProviderDefinition[] => builtInProviders;
