// What the values of a key tell about it without a person: provider, kind, class. A provider that a person chose stands.
import type { KeyKind } from '../model/key.ts';
import { findProvider } from '../providers/catalogue.ts';
import { judgeValue } from '../providers/check-value.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import { recognise } from '../providers/recognise.ts';

export type RecognisedValues = {
  readonly provider: ProviderDefinition | undefined;
  readonly kind: KeyKind;
  /** The provider's own class id. */
  readonly classId?: string | undefined;
};

type Values = Readonly<Record<string, string>>;

const byProvider = (provider: ProviderDefinition, values: Values): RecognisedValues => {
  for (const [field, value] of Object.entries(values)) {
    const { kind, format, malformed } = judgeValue(provider, field, value);
    if (kind !== 'unknown')
      return { provider, kind, classId: malformed.length === 0 ? format?.classId : undefined };
  }
  return { provider, kind: 'unknown' };
};

/** Only a value that is a key by its prefix and nothing else names a provider; a likely shape is for a person to judge. */
export const recogniseValues = (chosen: ProviderDefinition | undefined, values: Values): RecognisedValues => {
  if (chosen !== undefined) return byProvider(chosen, values);
  for (const value of Object.values(values)) {
    const { candidates, single } = recognise(value);
    const [found] = candidates;
    if (!single || found?.confidence !== 'certain' || found.malformed.length > 0) continue;
    const provider = findProvider(found.provider);
    const format = provider?.formats.find(({ id }) => id === found.format);
    return { provider, kind: found.kind, classId: format?.classId };
  }
  return { provider: undefined, kind: 'unknown' };
};
