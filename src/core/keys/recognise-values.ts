// What the values of a key tell about it without a person: provider, kind, class. A provider that a person chose stands.
import type { KeyKind } from '../model/key.ts';
import { judgeValue } from '../providers/check-value.ts';
import { builtInCatalogue, type Catalogue } from '../providers/whole-catalogue.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import { recognise } from '../providers/recognise.ts';

export type RecognisedValues = {
  readonly provider: ProviderDefinition | undefined;
  readonly kind: KeyKind;
  /** The provider's own class id. */
  readonly classId?: string | undefined;
};

type Values = Readonly<Record<string, string>>;

const byProvider = (
  provider: ProviderDefinition,
  values: Values,
  { providers }: Catalogue,
): RecognisedValues => {
  for (const [field, value] of Object.entries(values)) {
    const { kind, format, malformed } = judgeValue(provider, field, value, providers);
    if (kind !== 'unknown')
      return { provider, kind, classId: malformed.length === 0 ? format?.classId : undefined };
  }
  return { provider, kind: 'unknown' };
};

/**
 * Only a value that begins like a key and holds nothing else names a provider; a likely shape is for a person to judge. One
 * character too few names it too: only so can the warnings say what is wrong with the value.
 */
export const recogniseValues = (
  chosen: ProviderDefinition | undefined,
  values: Values,
  catalogue: Catalogue = builtInCatalogue,
): RecognisedValues => {
  if (chosen !== undefined) return byProvider(chosen, values, catalogue);
  for (const value of Object.values(values)) {
    const { candidates, single } = recognise(value, {}, catalogue.providers);
    const [found] = candidates;
    if (!single || found?.confidence !== 'certain') continue;
    const provider = catalogue.find(found.provider);
    const format = provider?.formats.find(({ id }) => id === found.format);
    return {
      provider,
      kind: found.kind,
      classId: found.malformed.length === 0 ? format?.classId : undefined,
    };
  }
  return { provider: undefined, kind: 'unknown' };
};
